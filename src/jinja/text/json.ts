import { PyError, typeError } from '../errors.js';
import { pyCompare } from '../values/compare.js';
import { dictEntries, isDict } from '../values/dict.js';
import { floatRepr, isFloat, isInt, PyFloat, toDouble } from '../values/numbers.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';

/** How Python's `json.dumps` is to print. */
export interface JsonOptions {
  readonly sortKeys?: boolean;
  /** Spaces of one level; everything on one line when missing. */
  readonly indent?: number | undefined;
  /** Whether characters beyond ASCII are escaped, as by default. */
  readonly ensureAscii?: boolean;
}

/** Python's `json.dumps(value)`: separators `, ` and `: `, non-ASCII escaped, its TypeErrors. */
export function jsonDumps(value: unknown, options: JsonOptions = {}): string {
  return new Dumper(options).dump(value, 0, []);
}

class Dumper {
  readonly #options: JsonOptions;

  constructor(options: JsonOptions) {
    this.#options = options;
  }

  dump(value: unknown, level: number, within: object[]): string {
    if (value === null) return 'null';
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'boolean') return String(value);
    if (isInt(value)) return value.toString();
    if (isFloat(value)) return float(toDouble(value));
    if (typeof value !== 'object') throw unserializable(value);
    if (within.includes(value)) throw new PyError('ValueError', 'Circular reference detected');
    if (within.length > 900) throw new PyError('RecursionError', 'maximum recursion depth exceeded');
    within.push(value);
    let text: string;
    if (Array.isArray(value) || value instanceof PyTuple) {
      const items = value instanceof PyTuple ? value.items : value;
      text = this.#wrap(
        '[',
        ']',
        level,
        items.map((item) => this.dump(item, level + 1, within)),
      );
    } else if (isDict(value)) {
      let entries = [...dictEntries(value)];
      if (this.#options.sortKeys) entries = entries.sort(([a], [b]) => pyCompare(a, b));
      const parts = entries.map(([key, item]) => `${this.#text(keyText(key))}: ${this.dump(item, level + 1, within)}`);
      text = this.#wrap('{', '}', level, parts);
    } else {
      throw unserializable(value);
    }
    within.pop();
    return text;
  }

  #wrap(open: string, close: string, level: number, parts: readonly string[]): string {
    const { indent } = this.#options;
    if (parts.length === 0) return open + close;
    if (indent === undefined) return open + parts.join(', ') + close;
    const inner = `\n${' '.repeat(indent * (level + 1))}`;
    return `${open}${inner}${parts.join(`,${inner}`)}\n${' '.repeat(indent * level)}${close}`;
  }

  #text(text: string): string {
    const quoted = JSON.stringify(text);
    if (this.#options.ensureAscii === false) return quoted;
    return quoted.replace(/[^\u0000-\u007f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (isInt(key)) return key.toString();
  if (key instanceof PyFloat || isFloat(key)) return float(toDouble(key as number | PyFloat));
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function unserializable(value: unknown): PyError {
  return typeError(`Object of type ${typeName(value).replace(/^.*\./, '')} is not JSON serializable`);
}
