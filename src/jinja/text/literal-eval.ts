import { DbtError } from '../../diagnostics/errors.js';
import { unescapeString } from '../syntax/string-literal.js';
import { PyDict } from '../values/dict.js';
import { isInt, isNumeric, makeFloat, makeInt, PyFloat } from '../values/numbers.js';
import { PyBytes } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { PyTuple } from '../values/tuple.js';

class NotLiteral extends Error {}

const MAX_DEPTH = 90;

/** The value of a Python literal, as `ast.literal_eval` reads it; undefined when the text is none. */
export function literalEval(text: string): { readonly value: unknown } | undefined {
  const reader = new LiteralReader(text.replace(/^[ \t]+/, ''));
  try {
    return { value: reader.read() };
  } catch (error) {
    if (error instanceof NotLiteral || error instanceof DbtError) return undefined;
    throw error;
  }
}

const STRING = /([rRuUbB]?|[rR][bB]|[bB][rR])('''|"""|'|")/y;
const NUMBER =
  /0[xX][\da-fA-F](?:_?[\da-fA-F])*|0[oO][0-7](?:_?[0-7])*|0[bB][01](?:_?[01])*|(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?/y;

class LiteralReader {
  #at = 0;
  #depth = 0;
  #brackets = 0;

  constructor(readonly text: string) {}

  read(): unknown {
    const value = this.#tuple();
    this.#space();
    if (this.text.slice(this.#at).trim() !== '') throw new NotLiteral();
    return value;
  }

  #space(): void {
    const pattern = this.#brackets > 0 ? /(?:\s|\\\n|#[^\n]*)*/y : /(?:[ \t\f]|\\\n)*/y;
    pattern.lastIndex = this.#at;
    pattern.exec(this.text);
    this.#at = pattern.lastIndex;
  }

  #skip(char: string): boolean {
    this.#space();
    if (!this.text.startsWith(char, this.#at)) return false;
    this.#at += char.length;
    return true;
  }

  /** Comma-separated values without parentheses are a tuple. */
  #tuple(): unknown {
    const first = this.#value();
    this.#space();
    if (this.text[this.#at] !== ',') return first;
    const items = [first];
    while (this.#skip(',')) {
      this.#space();
      if (this.#at >= this.text.length || this.text[this.#at] === ')') break;
      items.push(this.#value());
    }
    return new PyTuple(items);
  }

  #value(): unknown {
    if (++this.#depth > MAX_DEPTH) throw new NotLiteral();
    this.#space();
    const value = this.#one();
    this.#depth -= 1;
    return value;
  }

  #one(): unknown {
    const { text } = this;
    const char = text[this.#at];
    if (char === '-' || char === '+') {
      this.#at += 1;
      const operand = this.#value();
      if (!isNumeric(operand) || typeof operand === 'boolean') throw new NotLiteral();
      if (char === '+') return operand;
      if (isInt(operand)) return makeInt(typeof operand === 'bigint' ? -operand : 0 - operand);
      return makeFloat(-(operand instanceof PyFloat ? operand.value : Number(operand)));
    }
    if (char === '(')
      return this.#enclosed(() => (this.#skip(')') ? new PyTuple([]) : this.#closed(this.#tuple(), ')')));
    if (char === '[') return this.#enclosed(() => this.#items(']'));
    if (char === '{') return this.#enclosed(() => this.#braces());
    STRING.lastIndex = this.#at;
    if (STRING.test(text)) return this.#strings();
    const word = /^[A-Za-z_]\w*/.exec(text.slice(this.#at, this.#at + 10))?.[0];
    if (word !== undefined) return this.#word(word);
    return this.#number();
  }

  #enclosed(read: () => unknown): unknown {
    this.#at += 1;
    this.#brackets += 1;
    const value = read();
    this.#brackets -= 1;
    return value;
  }

  #closed(value: unknown, close: string): unknown {
    if (!this.#skip(close)) throw new NotLiteral();
    return value;
  }

  #items(close: string): unknown[] {
    const items: unknown[] = [];
    while (!this.#skip(close)) {
      if (items.length > 0) {
        if (!this.#skip(',')) throw new NotLiteral();
        if (this.#skip(close)) break;
      }
      items.push(this.#value());
    }
    return items;
  }

  #braces(): unknown {
    if (this.#skip('}')) return new PyDict();
    const first = this.#value();
    if (!this.#skip(':')) {
      if (this.#skip('}')) return new PySet([first]);
      if (!this.#skip(',')) throw new NotLiteral();
      return new PySet([first, ...this.#items('}')]);
    }
    const dict = new PyDict();
    dict.set(first, this.#value());
    while (!this.#skip('}')) {
      if (!this.#skip(',')) throw new NotLiteral();
      if (this.#skip('}')) break;
      const key = this.#value();
      if (!this.#skip(':')) throw new NotLiteral();
      dict.set(key, this.#value());
    }
    return dict;
  }

  #word(word: string): unknown {
    this.#at += word.length;
    if (word === 'True') return true;
    if (word === 'False') return false;
    if (word === 'None') return null;
    if (word === 'set' && this.#skip('(') && this.#skip(')')) return new PySet();
    throw new NotLiteral();
  }

  /** One or more adjacent string literals. */
  #strings(): unknown {
    let out: string | undefined;
    let bytes: boolean | undefined;
    for (;;) {
      STRING.lastIndex = this.#at;
      const match = STRING.exec(this.text);
      if (!match) break;
      const [, prefix = '', quote = ''] = match;
      const isBytes = /b/i.test(prefix);
      if (bytes !== undefined && bytes !== isBytes) throw new NotLiteral();
      bytes = isBytes;
      const start = STRING.lastIndex;
      let end = start;
      while (!this.text.startsWith(quote, end)) {
        if (end >= this.text.length || (quote.length === 1 && this.text[end] === '\n')) throw new NotLiteral();
        end += this.text[end] === '\\' ? 2 : 1;
      }
      const body = this.text.slice(start, end);
      const value = /r/i.test(prefix) ? body : unescapeString(body);
      if (typeof value !== 'string') throw new NotLiteral();
      out = (out ?? '') + value;
      this.#at = end + quote.length;
      this.#space();
    }
    return bytes ? new PyBytes(Buffer.from(out ?? '', 'latin1')) : (out ?? '');
  }

  #number(): unknown {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text)?.[0] ?? '';
    if (!/\d/.test(match) || /[\w.]/.test(this.text[this.#at + match.length] ?? '')) throw new NotLiteral();
    this.#at += match.length;
    const digits = match.replaceAll('_', '');
    if (/^0[xob]/i.test(digits)) return makeInt(BigInt(digits.toLowerCase()));
    if (/[.e]/i.test(digits)) return makeFloat(Number(digits));
    if (/^0+[1-9]/.test(digits) || digits.length > 4300) throw new NotLiteral();
    return makeInt(BigInt(digits));
  }
}
