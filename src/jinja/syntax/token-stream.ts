import type { DbtError } from '../../diagnostics/errors.js';
import type { TemplateSource } from './source.js';
import { describeToken, describeType, type Token, type TokenType } from './token.js';

/** A cursor over a template's tokens. */
export class TokenStream {
  #at = 0;

  constructor(
    readonly source: TemplateSource,
    readonly tokens: readonly Token[],
  ) {
    this.#check();
  }

  /** What the lexer could not read is an error when the parser comes to it. */
  #check(): void {
    const token = this.tokens[this.#at];
    if (token?.type === 'error') throw token.value;
  }

  get current(): Token {
    return this.tokens[this.#at] as Token;
  }

  /** The end of the token before the current one. */
  get lastEnd(): number {
    return this.tokens[this.#at - 1]?.end ?? 0;
  }

  look(): Token {
    return this.tokens[Math.min(this.#at + 1, this.tokens.length - 1)] as Token;
  }

  /** The current token; the cursor goes on to the next. */
  next(): Token {
    const token = this.current;
    if (token.type !== 'eof') {
      this.#at += 1;
      this.#check();
    }
    return token;
  }

  is(type: TokenType): boolean {
    return this.current.type === type;
  }

  isName(name: string): boolean {
    const token = this.current;
    return token.type === 'name' && token.value === name;
  }

  skip(type: TokenType): boolean {
    if (this.current.type !== type) return false;
    this.next();
    return true;
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false;
    this.next();
    return true;
  }

  expect(type: TokenType): Token {
    if (this.current.type !== type) throw this.#expected(describeType(type));
    return this.next();
  }

  expectName(name: string): Token {
    if (!this.isName(name)) throw this.#expected(name);
    return this.next();
  }

  #expected(wanted: string): DbtError {
    const token = this.current;
    if (token.type === 'eof') return this.fail(`unexpected end of template, expected '${wanted}'.`);
    return this.fail(`expected token '${wanted}', got '${describeToken(token)}'`);
  }

  /** A syntax error at a token, the current one unless another is given. */
  fail(message: string, token: { start: number; end: number } = this.current, hint?: string): DbtError {
    return this.source.error('jinja-syntax', message, token.start, token.end, hint);
  }
}
