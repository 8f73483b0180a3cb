import { makeFloat, makeInt } from '../values/numbers.js';
import { stringRepr } from '../values/text.js';
import type { TemplateSource } from './source.js';
import { unescapeString } from './string-literal.js';
import { OPERATORS, type OperatorType, Token } from './token.js';

const SPACE = /[\s\x1c-\x1f\x85]*/y;
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}_\p{M}\p{Pc}]+/uy;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const RAW_BEGIN = /\{%([-+]?)[\s\x1c-\x1f\x85]*raw[\s\x1c-\x1f\x85]*(?:-%\}[\s\x1c-\x1f\x85]*|%\})/y;
const RAW_END = /\{%([-+]?)[\s\x1c-\x1f\x85]*endraw[\s\x1c-\x1f\x85]*(?:\+%\}|-%\}[\s\x1c-\x1f\x85]*|%\})/g;
const COMMENT_END = /\+#\}|-#\}[\s\x1c-\x1f\x85]*|#\}/g;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Splits a template into tokens. Comments and raw markers are gone, `-` has taken its whitespace. */
export function tokenize(source: TemplateSource): Token[] {
  return new Lexer(source).run();
}

class Lexer {
  readonly #source: TemplateSource;
  readonly #text: string;
  /** Where the text ends for the lexer: one newline at the very end is not part of a template. */
  readonly #length: number;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(source: TemplateSource) {
    this.#source = source;
    this.#text = source.text.endsWith('\n') ? source.text.slice(0, -1) : source.text;
    this.#length = this.#text.length;
  }

  run(): Token[] {
    try {
      while (this.#at < this.#length) this.#root();
    } catch (error) {
      // The parser reports it when it gets there: what is wrong before it comes first.
      this.#push('error', error, this.#at, this.#length);
    }
    this.#push('eof', '', this.#length, this.#length);
    return this.#tokens;
  }

  #push(type: Token['type'], value: unknown, start: number, end: number): void {
    this.#tokens.push(new Token(type, value, start, end));
  }

  /** Text up to the next tag, and the tag. */
  #root(): void {
    const text = this.#text;
    let open = text.indexOf('{', this.#at);
    while (open !== -1) {
      const next = text.charCodeAt(open + 1);
      if (next === 37 || next === 123 || next === 35) break;
      open = text.indexOf('{', open + 1);
    }
    if (open === -1) {
      this.#push('data', text.slice(this.#at), this.#at, this.#length);
      this.#at = this.#length;
      return;
    }
    const kind = text.charCodeAt(open + 1);
    let signAt = open + 2;
    if (kind === 37) {
      RAW_BEGIN.lastIndex = open;
      const raw = RAW_BEGIN.exec(text);
      if (raw) {
        this.#data(open, raw[1] === '-');
        this.#raw(RAW_BEGIN.lastIndex);
        return;
      }
    }
    const sign = text[signAt];
    const start = this.#data(open, sign === '-');
    if (sign === '-' || sign === '+') signAt += 1;
    if (kind === 35) this.#comment(open, signAt);
    else if (kind === 123) this.#tag('variable_begin', start, signAt);
    else this.#tag('block_begin', start, signAt);
  }

  /** Emits the text before a tag; the tag begins where its `-` began to strip. */
  #data(open: number, strip: boolean): number {
    let end = open;
    if (strip) while (end > this.#at && isSpace(this.#text.charCodeAt(end - 1))) end -= 1;
    if (end > this.#at) this.#push('data', this.#text.slice(this.#at, end), this.#at, end);
    return end;
  }

  #raw(bodyStart: number): void {
    RAW_END.lastIndex = bodyStart;
    const match = RAW_END.exec(this.#text);
    if (!match) throw this.#source.error('jinja-syntax', 'Missing end of raw directive', bodyStart, bodyStart);
    this.#at = bodyStart;
    this.#data(match.index, match[1] === '-');
    this.#at = RAW_END.lastIndex;
  }

  #comment(open: number, bodyStart: number): void {
    COMMENT_END.lastIndex = bodyStart;
    if (!COMMENT_END.exec(this.#text)) {
      throw this.#source.error('jinja-syntax', 'Missing end of comment tag', open, bodyStart);
    }
    this.#at = COMMENT_END.lastIndex;
  }

  #space(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code > 32 && code < 128) return at;
    SPACE.lastIndex = at;
    SPACE.exec(this.#text);
    return SPACE.lastIndex;
  }

  /** The tokens of an expression or statement tag, up to and with its end. */
  #tag(type: 'variable_begin' | 'block_begin', start: number, bodyStart: number): void {
    this.#push(type, '', start, bodyStart);
    const block = type === 'block_begin';
    const text = this.#text;
    const open: string[] = [];
    let at = bodyStart;
    for (;;) {
      // The end of the tag counts only outside of brackets, and before whitespace is skipped as after.
      at = this.#space(at);
      if (at >= this.#length) {
        this.#at = this.#length;
        return;
      }
      if (open.length === 0) {
        const end = this.#tagEnd(at, block);
        if (end !== -1) {
          this.#push(block ? 'block_end' : 'variable_end', '', at, end);
          this.#at = end;
          return;
        }
      }
      const code = text.charCodeAt(at);
      if (code === 39 || code === 34) at = this.#string(at);
      else if (isDigit(code)) at = this.#number(at);
      else if (isNameStart(code)) at = this.#name(at);
      else at = this.#operator(at, open);
    }
  }

  #tagEnd(at: number, block: boolean): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    const closer = block ? '%}' : '}}';
    if (code === 45 && text.startsWith(closer, at + 1)) {
      SPACE.lastIndex = at + 3;
      SPACE.exec(text);
      return SPACE.lastIndex;
    }
    if (block && code === 43 && text.startsWith(closer, at + 1)) return at + 3;
    return text.startsWith(closer, at) ? at + 2 : -1;
  }

  #string(at: number): number {
    STRING.lastIndex = at;
    if (!STRING.test(this.#text)) throw this.#unexpected(at);
    const end = STRING.lastIndex;
    const raw = this.#text.slice(at + 1, end - 1);
    const value = raw.includes('\\') ? unescapeString(raw) : raw;
    if (typeof value !== 'string') throw this.#source.error('jinja-syntax', value.problem, at, end);
    this.#push('string', value, at, end);
    return end;
  }

  #number(at: number): number {
    FLOAT.lastIndex = at;
    if (FLOAT.test(this.#text)) {
      const end = FLOAT.lastIndex;
      this.#push('float', makeFloat(Number(this.#text.slice(at, end).replaceAll('_', ''))), at, end);
      return end;
    }
    INTEGER.lastIndex = at;
    if (!INTEGER.test(this.#text)) return this.#name(at);
    const end = INTEGER.lastIndex;
    const digits = this.#text.slice(at, end).replaceAll('_', '').toLowerCase();
    this.#push('integer', digits.length < 15 ? Number(digits) : makeInt(BigInt(digits)), at, end);
    return end;
  }

  #name(at: number): number {
    const text = this.#text;
    let end = at;
    let code = text.charCodeAt(end);
    while (code < 128 && isNameCode(code)) code = text.charCodeAt(++end);
    if (code >= 128) {
      NAME.lastIndex = at;
      if (!NAME.test(text)) throw this.#unexpected(at);
      end = NAME.lastIndex;
      if (!IDENTIFIER.test(text.slice(at, end))) {
        throw this.#source.error('jinja-syntax', 'Invalid character in identifier', at, end);
      }
    }
    this.#push('name', text.slice(at, end), at, end);
    return end;
  }

  #operator(at: number, open: string[]): number {
    const two = this.#text.slice(at, at + 2);
    let symbol = two;
    let type: OperatorType | undefined = two.length === 2 ? OPERATORS.get(two) : undefined;
    if (type === undefined) {
      symbol = two.slice(0, 1);
      type = OPERATORS.get(symbol);
    }
    if (type === undefined) throw this.#unexpected(at);
    const closer = CLOSERS.get(symbol);
    if (closer !== undefined) open.push(closer);
    else if (symbol === ')' || symbol === ']' || symbol === '}') {
      const expected = open.pop();
      if (expected === undefined) throw this.#source.error('jinja-syntax', `unexpected '${symbol}'`, at, at + 1);
      if (expected !== symbol) {
        const message = `unexpected '${symbol}', expected '${expected}'`;
        throw this.#source.error('jinja-syntax', message, at, at + 1);
      }
    }
    this.#push(type, symbol, at, at + symbol.length);
    return at + symbol.length;
  }

  #unexpected(at: number): Error {
    const char = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
    const hint = char === "'" || char === '"' ? 'The string that begins here is not closed.' : undefined;
    return this.#source.error('jinja-syntax', `unexpected char ${stringRepr(char)} at ${at}`, at, at + 1, hint);
  }
}

function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return code >= 0x85 && /[\s\x85]/.test(String.fromCharCode(code));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 95 || (code >= 65 && code <= 90) || isDigit(code);
}

function isNameStart(code: number): boolean {
  return isNameCode(code) || code >= 128;
}
