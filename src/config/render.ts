import { DbtError, isDbtError } from '../diagnostics/errors.js';
import { renderNativeSync } from '../jinja/environment.js';
import { dictEntries, isDict, isUndefined } from '../jinja/values.js';
import { putKey, type YamlDict } from './yaml/mapping.js';
import { isDate } from './yaml/timestamp.js';
import type { YamlDocument } from './yaml.js';

/** The names that templates in YAML see. */
export interface Names {
  get(name: string): unknown;
  names?(): Iterable<string>;
}

/** The way to a value: keys of mappings as text, indexes of lists as numbers. */
export type KeyPath = readonly (string | number)[];

export interface RenderOptions {
  /** The document that the value is from: places of errors come from it. */
  readonly document: YamlDocument;
  /** Where in the document the value is. */
  readonly base?: KeyPath;
  /** Values that stay as they are, e.g. hooks. */
  readonly keep?: (path: KeyPath) => boolean;
  /** Text whose template fails stays as it is, e.g. passwords. */
  readonly forgive?: (path: KeyPath) => boolean;
  /** Called with each rendered value that is no list or mapping; what it returns takes its place. */
  readonly after?: (value: unknown, path: KeyPath) => unknown;
}

const LITERAL_HINT = "as_bool and as_number read Python's literals: True, False, 12, 1.5.";
const JINJA_MARK = /\{[{%#]/;

/** Renders every text in YAML as dbt does: natively, so that `{{ 1 }}` is a number. New lists and dicts are made. */
export function renderYaml(value: unknown, names: Names, options: RenderOptions): unknown {
  return render(value, options.base ?? [], names, options);
}

function render(value: unknown, path: KeyPath, names: Names, options: RenderOptions): unknown {
  if (Array.isArray(value)) return value.map((item, i) => render(item, [...path, i], names, options));
  if (isDict(value)) {
    let out: YamlDict = {};
    for (const [key, item] of dictEntries(value)) {
      out = putKey(out, key, render(item, [...path, String(key)], names, options));
    }
    return out;
  }
  const rendered = options.keep?.(path) ? value : renderLeaf(value, path, names, options);
  return options.after ? options.after(rendered, path) : rendered;
}

function renderLeaf(value: unknown, path: KeyPath, names: Names, options: RenderOptions): unknown {
  if (typeof value === 'string') return renderText(value, path, names, options);
  return isDate(value) ? value.isoformat() : value;
}

function renderText(text: string, path: KeyPath, names: Names, options: RenderOptions): unknown {
  if (!JINJA_MARK.test(text)) return text.endsWith('\n') ? text.slice(0, -1) : text;
  const { document } = options;
  try {
    const result = renderNativeSync(text, names, { file: document.file });
    if (!isUndefined(result)) return result;
    throw new DbtError('jinja-undefined', `${quoteUndefined(text)} is undefined`);
  } catch (error) {
    if (!isDbtError(error)) throw error;
    if (options.forgive?.(path)) return text;
    throw withPlace(error, text, path, document);
  }
}

/** An error of a template in YAML with its place in the file: that of the value, moved on by the place in the text. */
function withPlace(error: DbtError, text: string, path: KeyPath, document: YamlDocument): DbtError {
  const value = document.span(path, 'value');
  const {
    span: inner,
    sourceText: _own,
    sourceFirstLine: _first,
    code: _code,
    severity: _severity,
    message,
    ...rest
  } = error.diagnostic;
  const within = inner?.file === document.file && !text.includes('\n') ? inner : undefined;
  // One column for an opening quote.
  const quote = /["']/.test(document.text.split(/\r\n|\n|\r/)[value.line - 1]?.[value.column - 1] ?? '') ? 1 : 0;
  const span =
    within && within.line === 1
      ? { file: value.file, line: value.line, column: value.column + quote + within.column - 1 }
      : value;
  const literal = message.startsWith('Could not convert value') ? LITERAL_HINT : undefined;
  return new DbtError(error.code, `Could not render ${text.trim()}: ${message}`, {
    ...(literal ? { hint: literal } : {}),
    ...rest,
    span,
    sourceText: document.text,
    cause: error,
  });
}

function quoteUndefined(text: string): string {
  return `'${text.replace(/^\s*\{\{-?\s*|\s*-?\}\}\s*$/g, '')}'`;
}
