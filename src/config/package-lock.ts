import { createHash } from 'node:crypto';
import { dictEntries, dictGet, floatRepr, isDict, isFloat, pyStr, toDouble } from '../jinja/values.js';
import {
  PACKAGE_LOCK_FILE,
  type PackageKind,
  type PackageList,
  type PackageSpec,
  type PackagesOptions,
  renderedPackages,
} from './packages.js';
import { readYamlFile } from './read-file.js';
import { plainTag } from './yaml/scalars.js';

/** An entry of package-lock.yml, in any order of its keys. */
export type LockEntry = { readonly [key: string]: string | readonly string[] };

/** The hash in package-lock.yml, whatever else is in it; null without one. */
export function readLockHash(root: string): string | null {
  const document = readYamlFile(root, PACKAGE_LOCK_FILE, root);
  const hash = document && isDict(document.value) ? dictGet(document.value, 'sha1_hash') : undefined;
  return typeof hash === 'string' ? hash : null;
}

/** Reads package-lock.yml, rendered as packages.yml is; undefined when there is none. Throws `packages-invalid`. */
export function readPackageLock(root: string, options: PackagesOptions): PackageList | undefined {
  const document = readYamlFile(root, PACKAGE_LOCK_FILE, options.displayRoot ?? root);
  if (!document) return undefined;
  const written = isDict(document.value) ? dictGet(document.value, 'packages') : undefined;
  return renderedPackages(document, written ?? [], options);
}

/** What dbt's objects have for the keys that are not given. A `name` that is not given is left out. */
const DEFAULTS: { readonly [kind in PackageKind]: { readonly [key: string]: unknown } } = {
  local: {},
  tarball: {},
  git: { revision: null, 'warn-unpinned': null, subdirectory: null },
  package: { install_prerelease: false },
  private: { provider: null, revision: null, 'warn-unpinned': null, subdirectory: null },
  npm: {},
};

/** The hash that dbt keeps of a list of packages: SHA-1 of their JSON, sorted. */
export function hashPackages(packages: readonly PackageSpec[]): string {
  const texts = packages.map(({ kind, fields, unrendered }) => {
    const { name, ...rest } = fields;
    return pythonJson({
      ...DEFAULTS[kind],
      ...rest,
      ...(name === undefined || name === null ? {} : { name }),
      unrendered,
    });
  });
  return createHash('sha1').update(texts.sort(byCodePoint).join('\n')).digest('hex');
}

/** Prints package-lock.yml as dbt does. */
export function formatPackageLock(packages: readonly LockEntry[], hash: string): string {
  const entries = packages.map((entry) => {
    const keys = Object.keys(entry).sort();
    return keys.map((key, i) => `${i === 0 ? '  - ' : '    '}${key}:${yamlValue(entry[key] ?? '', key)}\n`).join('');
  });
  const list = entries.length === 0 ? ' []\n' : `\n${entries.join('')}`;
  return `packages:${list}sha1_hash: ${scalar(hash, 11, 2)}\n`;
}

function yamlValue(value: string | readonly string[], key: string): string {
  if (typeof value === 'string') return ` ${scalar(value, 6 + key.length, 6)}`;
  return value.map((item) => `\n      - ${scalar(item, 8, 8)}`).join('');
}

/** Python's `json.dumps(value, sort_keys=True)`. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isFloat(value)) return floatRepr(toDouble(value));
  if (typeof value === 'object' && value !== null) {
    const entries = isDict(value) ? [...dictEntries(value)] : Object.entries(value);
    const items = entries
      .map(([key, item]) => [pyStr(key), item] as const)
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item)}`);
    return `{${items.join(', ')}}`;
  }
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null);
  return text.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** PyYAML begins a new line at the first blank behind this column. */
const WIDTH = 80;

/**
 * A text as a YAML scalar in PyYAML's choice of style: plain, single quotes, double quotes for what is not ASCII.
 * `column` is where it begins, `indent` that of the lines that a long one goes on in.
 */
function scalar(text: string, column: number, indent: number): string {
  if (/[^\x20-\x7e]/.test(text)) return doubleQuoted(text, column, indent);
  const isPlain =
    /^[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^:#]|:(?! |$)|(?<! )#)*(?<! )$/.test(text) && plainTag(text) === 'str';
  if (isPlain) return folded(text, column, indent);
  return `'${folded(text.replaceAll("'", "''"), column + 1, indent)}'`;
}

/** A single blank behind the width becomes a line break; at the ends and in runs blanks stay. */
function folded(text: string, column: number, indent: number): string {
  let out = '';
  let at = column;
  for (const [run] of text.matchAll(/ +|[^ ]+/g)) {
    const inner = out !== '' && out.length + run.length < text.length;
    if (run === ' ' && at > WIDTH && inner) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
    } else {
      out += run;
      at += run.length;
    }
  }
  return out;
}

const SHORT_ESCAPES: { readonly [char: string]: string } = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** As PyYAML writes it: stretches of plain characters, escapes between them, lines broken at blanks. */
function doubleQuoted(text: string, column: number, indent: number): string {
  const chars = [...text];
  let out = '"';
  let at = column + 1;
  let start = 0;
  const put = (data: string): void => {
    out += data;
    at += data.length;
  };
  for (let end = 0; end <= chars.length; end++) {
    const char = chars[end];
    const special = char === undefined || /[^\x20-\x7e]|["\\]/.test(char);
    if (special) {
      put(chars.slice(start, end).join(''));
      start = end;
      if (char !== undefined) {
        put(SHORT_ESCAPES[char] ?? escapeCharacter(char));
        start = end + 1;
      }
    }
    const isInner = end > 0 && end < chars.length - 1;
    if (isInner && (char === ' ' || start >= end) && at + (end - start) > WIDTH) {
      put(`${chars.slice(start, end).join('')}\\`);
      if (start < end) start = end;
      out += `\n${' '.repeat(indent)}`;
      at = indent;
      if (chars[start] === ' ') put('\\');
    }
  }
  return `${out}"`;
}

function escapeCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
