import { createHash } from 'node:crypto';
import { toPlain } from '../jinja/values.js';
import { PACKAGE_LOCK_FILE, type PackageSpec } from './packages.js';
import { readYamlFile } from './read-file.js';
import { plainTag } from './yaml/scalars.js';
import { asRecord } from './yaml.js';

/** A local package of package-lock.yml. */
export interface LockedPackage {
  /** The path as in packages.yml, relative to the root project. */
  readonly local: string;
  /** The name of the package's project. */
  readonly name: string;
}

/** package-lock.yml: what was resolved, and the hash of the packages.yml that it was resolved from. */
export interface PackageLock {
  /** Null when an entry is none that tsdbt installs. */
  readonly packages: readonly LockedPackage[] | null;
  readonly hash: string | null;
}

/** Reads package-lock.yml; undefined when there is none. */
export function readPackageLock(root: string): PackageLock | undefined {
  const document = readYamlFile(root, PACKAGE_LOCK_FILE, root);
  if (!document) return undefined;
  const lock = asRecord(document.value) ?? {};
  const entries = Array.isArray(lock['packages']) ? lock['packages'].map((entry) => asRecord(entry) ?? {}) : [];
  const packages = entries.flatMap(({ local, name }) =>
    typeof local === 'string' && typeof name === 'string' ? [{ local, name }] : [],
  );
  return {
    packages: packages.length === entries.length ? packages : null,
    hash: typeof lock['sha1_hash'] === 'string' ? lock['sha1_hash'] : null,
  };
}

/** The hash that dbt keeps of a list of packages: SHA-1 of their JSON, sorted. */
export function hashPackages(packages: readonly PackageSpec[]): string {
  const texts = packages.map(({ fields, unrendered }) => pythonJson(toPlain({ ...fields, unrendered })));
  return createHash('sha1').update(texts.sort().join('\n')).digest('hex');
}

/** Prints package-lock.yml as dbt does. */
export function formatPackageLock(packages: readonly LockedPackage[], hash: string): string {
  const entries = packages.map(({ local, name }) => `  - local: ${scalar(local)}\n    name: ${scalar(name)}\n`);
  return `packages:\n${entries.join('')}sha1_hash: ${scalar(hash)}\n`;
}

/** Python's `json.dumps(value, sort_keys=True)`. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as { readonly [key: string]: unknown };
    const items = Object.keys(record)
      .sort()
      .map((key) => `${pythonJson(key)}: ${pythonJson(record[key])}`);
    return `{${items.join(', ')}}`;
  }
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text as a YAML scalar in PyYAML's choice of style: plain, single quotes, double quotes for what is not ASCII. */
function scalar(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) {
    const escaped = text.replace(/[\\"]/g, '\\$&').replace(/[^\x20-\x7e]/gu, escapeCharacter);
    return `"${escaped}"`;
  }
  const isPlain =
    /^[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^:#]|:(?! |$)|(?<! )#)*(?<! )$/.test(text) && plainTag(text) === 'str';
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}

function escapeCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
