import { DbtError } from '../diagnostics/errors.js';
import { LineIndex, type SourceSpan } from '../diagnostics/span.js';
import { isDict } from '../jinja/values.js';
import { readFast } from './yaml/fast.js';
import { explainProblem } from './yaml/problems.js';
import type { Dates } from './yaml/timestamp.js';
import { locate, readTree, type TextRange, YamlProblem } from './yaml/tree.js';

/** A key that a mapping has twice: the last value holds, as with dbt, which warns. */
export interface DuplicateKey {
  readonly key: string;
  readonly span: SourceSpan;
}

/** A YAML text and what PyYAML's SafeLoader would make of it. */
export interface YamlDocument {
  /** The file as in diagnostics. */
  readonly file: string;
  /** The text as given. */
  readonly text: string;
  /**
   * The value: plain objects for mappings whose keys are all strings and none integer-like or `__proto__` (else a
   * `PyDict`), arrays, strings, booleans, null, ints as number or bigint, floats as number or `PyFloat`, dates and
   * times as ISO 8601 text, or as `PyDate` and `PyDateTime` if asked for. Aliases give the same object again.
   */
  readonly value: unknown;
  readonly duplicates: readonly DuplicateKey[];
  /**
   * The place of the key or item at a path, or of the deepest part of the path that exists; the start of the file
   * without one. Reads the text anew: for diagnostics only.
   */
  span(path: readonly (string | number)[], what?: 'key' | 'value'): SourceSpan;
}

export interface YamlOptions {
  /** dbt strips white space around a file's text before it reads it (not profiles.yml, not `--vars`). Default true. */
  readonly strip?: boolean;
  /** Default `text`. */
  readonly dates?: Dates;
}

/** What Python's `str.strip` takes away; unlike JavaScript's `trim` not the byte order mark. */
const LEADING = /^[\s\x1c-\x1f\x85]+/;
const SPACE = /[\s\x1c-\x1f\x85]/;

/**
 * Reads YAML as dbt does: by the rules of PyYAML's SafeLoader (YAML 1.1 with its own patterns). Throws a DbtError
 * `yaml-syntax` with the place.
 */
export function readYaml(text: string, file: string, options: YamlOptions = {}): YamlDocument {
  const source = new YamlSource(text, file, options.strip ?? true);
  const fast = readFast(source.body, options.dates);
  if (fast) return new ReadDocument(source, fast.value, []);
  try {
    const tree = readTree(source.body, options.dates);
    const duplicates = tree.duplicates.map(({ key, at }) => ({ key, span: source.span(at) }));
    return new ReadDocument(source, tree.value, duplicates);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    const { message, hint, at } = explainProblem(error, source.body);
    const span = source.span(at);
    throw new DbtError('yaml-syntax', `Syntax error near line ${span.line}: ${message}`, {
      span,
      sourceText: text,
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** The text that is parsed and the way back to places in the text that was given. */
class YamlSource {
  readonly body: string;
  readonly #lines: number;
  readonly #columns: number;
  #index: LineIndex | undefined;

  constructor(
    readonly text: string,
    readonly file: string,
    strip: boolean,
  ) {
    let body = text;
    let lead = '';
    if (strip) {
      lead = body.startsWith('\ufeff') ? '' : (LEADING.exec(body)?.[0] ?? '');
      // A pattern that ends in `+$` would try each run of blanks within the text anew from each of its characters.
      let end = body.length;
      while (end > lead.length && SPACE.test(body.charAt(end - 1)) && body.charAt(end - 1) !== '\ufeff') end -= 1;
      body = body.slice(lead.length, end);
    }
    if (body.startsWith('\ufeff')) body = body.slice(1);
    // Line numbers stay as they are: a CRLF is one line break, as is a lone CR.
    this.body = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
    const skipped = lead.split(/\r\n|\n|\r/);
    this.#lines = skipped.length - 1;
    this.#columns = skipped.at(-1)?.length ?? 0;
  }

  span(at: TextRange): SourceSpan {
    const start = this.#place(at.start);
    const end = this.#place(Math.max(at.end, at.start + 1));
    return { file: this.file, ...start, endLine: end.line, endColumn: end.column };
  }

  #place(offset: number): { line: number; column: number } {
    this.#index ??= new LineIndex(this.body);
    const { line, column } = this.#index.at(offset);
    return { line: line + this.#lines, column: line === 1 ? column + this.#columns : column };
  }
}

class ReadDocument implements YamlDocument {
  readonly #source: YamlSource;

  constructor(
    source: YamlSource,
    readonly value: unknown,
    readonly duplicates: readonly DuplicateKey[],
  ) {
    this.#source = source;
  }

  get file(): string {
    return this.#source.file;
  }

  get text(): string {
    return this.#source.text;
  }

  span(path: readonly (string | number)[], what: 'key' | 'value' = 'key'): SourceSpan {
    const at = locate(this.#source.body, path, what);
    return at ? this.#source.span(at) : { file: this.file, line: 1, column: 1 };
  }
}

/** The items of a mapping as a plain record, or undefined when the value is no mapping. Keys are as Python's `str`. */
export function asRecord(value: unknown): { readonly [key: string]: unknown } | undefined {
  if (!isDict(value)) return undefined;
  if (Object.getPrototypeOf(value) === Object.prototype) return value as { readonly [key: string]: unknown };
  const out: Record<string, unknown> = {};
  for (const [key, item] of value as Iterable<[unknown, unknown]>) {
    Object.defineProperty(out, String(key), { value: item, enumerable: true, writable: true, configurable: true });
  }
  return out;
}
