import { typeError, valueError } from '../../jinja/errors.js';
import {
  dictEntries,
  floatRepr,
  isDict,
  isFloat,
  isInt,
  isUndefined,
  makeFloat,
  makeInt,
  PyDict,
  PyTuple,
  pyStr,
  toDouble,
  typeName,
} from '../../jinja/values.js';

/** Python's `json.dumps` with its default separators: `{"a": [1, 2.0]}`, non-ASCII as `\uXXXX`. */
export function jsonDumps(value: unknown, sortKeys = false): string {
  return dump(value, sortKeys, []);
}

function dump(value: unknown, sortKeys: boolean, within: object[]): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return dumpText(value);
  if (typeof value === 'boolean') return String(value);
  if (isInt(value)) return String(value);
  if (isFloat(value)) return floatText(toDouble(value));
  const list = Array.isArray(value) ? value : value instanceof PyTuple ? value.items : undefined;
  if (list) {
    return guarded(list, within, () => `[${list.map((item) => dump(item, sortKeys, within)).join(', ')}]`);
  }
  if (isDict(value)) return guarded(value, within, () => dumpDict(value, sortKeys, within));
  const type = isUndefined(value) ? 'Undefined' : typeName(value);
  throw typeError(`Object of type ${type.slice(type.lastIndexOf('.') + 1)} is not JSON serializable`);
}

function dumpDict(dict: Parameters<typeof dictEntries>[0], sortKeys: boolean, within: object[]): string {
  const entries = [...dictEntries(dict)].map(([key, item]): [string, unknown] => [dumpKey(key), item]);
  if (sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${dumpText(key)}: ${dump(item, sortKeys, within)}`).join(', ')}}`;
}

function guarded(container: object, within: object[], body: () => string): string {
  if (within.includes(container)) throw valueError('Circular reference detected');
  within.push(container);
  const text = body();
  within.pop();
  return text;
}

function dumpKey(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (isInt(key) || isFloat(key)) return pyStr(key);
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function floatText(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(x);
}

function dumpText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Python's `json.loads`: ints stay exact, `1.0` stays a float, `NaN` and `Infinity` are read. Raises ValueError. */
export function jsonLoads(text: string): unknown {
  const reader = new JsonReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#space();
  }

  value(): unknown {
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '[') return this.#array();
    if (char === '{') return this.#object();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        this.#space();
        return value;
      }
    }
    const match = this.#match(NUMBER);
    if (!match) throw this.#error('Expecting value');
    this.#space();
    return match[1] || match[2] ? makeFloat(Number(match[0])) : makeInt(BigInt(match[0]));
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#error('Extra data');
  }

  #string(): string {
    const match = this.#match(STRING);
    if (!match) throw this.#error('Unterminated string or invalid escape');
    this.#space();
    return JSON.parse(match[0]) as string;
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#take('[');
    if (this.#taken(']')) return items;
    for (;;) {
      items.push(this.value());
      if (this.#taken(']')) return items;
      this.#take(',');
    }
  }

  #object(): PyDict {
    const dict = new PyDict();
    this.#take('{');
    if (this.#taken('}')) return dict;
    for (;;) {
      if (this.#text[this.#at] !== '"') throw this.#error('Expecting property name enclosed in double quotes');
      const key = this.#string();
      this.#take(':');
      dict.set(key, this.value());
      if (this.#taken('}')) return dict;
      this.#take(',');
    }
  }

  #taken(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    this.#space();
    return true;
  }

  #take(char: string): void {
    if (!this.#taken(char)) throw this.#error(`Expecting '${char}' delimiter`);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #error(message: string): Error {
    return valueError(`${message}: char ${this.#at}`);
  }
}
