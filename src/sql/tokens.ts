/** What a stretch of SQL text is. `word` is a keyword, a name or a number; `quoted` a string or a quoted name. */
export type TokenKind = 'space' | 'comment' | 'word' | 'quoted' | 'punctuation';

export interface Token {
  readonly kind: TokenKind;
  /** Offsets in UTF-16 code units, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
const LINE_COMMENT = /--[^\r\n]*/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\x80-\uffff][A-Za-z0-9_\x80-\uffff]*)?\$/y;

/**
 * Cuts SQL into tokens, far enough to know what is text and what is code: comments (block comments nest), strings with
 * doubled quotes, `E'…'` with backslashes, quoted names, dollar quotes. Nothing is ever an error: what is not closed
 * runs to the end.
 */
export function* tokens(sql: string): IterableIterator<Token> {
  let at = 0;
  while (at < sql.length) {
    const token = tokenAt(sql, at);
    yield token;
    at = token.end;
  }
}

function tokenAt(sql: string, start: number): Token {
  const char = sql[start] as string;
  const next = sql[start + 1];
  const space = match(SPACE, sql, start);
  if (space > start) return { kind: 'space', start, end: space };
  if (char === '-' && next === '-') return { kind: 'comment', start, end: match(LINE_COMMENT, sql, start) };
  if (char === '/' && next === '*') return { kind: 'comment', start, end: blockEnd(sql, start) };
  if (char === "'" || char === '"') return { kind: 'quoted', start, end: quoteEnd(sql, start, char, false) };
  if ((char === 'e' || char === 'E') && next === "'") {
    return { kind: 'quoted', start, end: quoteEnd(sql, start + 1, "'", true) };
  }
  const dollar = char === '$' ? match(DOLLAR_QUOTE, sql, start) : start;
  if (dollar > start) {
    const close = sql.indexOf(sql.slice(start, dollar), dollar);
    return { kind: 'quoted', start, end: close === -1 ? sql.length : close + (dollar - start) };
  }
  const word = match(WORD, sql, start);
  return word > start ? { kind: 'word', start, end: word } : { kind: 'punctuation', start, end: start + 1 };
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function blockEnd(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}

function quoteEnd(sql: string, start: number, quote: string, backslash: boolean): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (backslash && sql[at] === '\\') at += 1;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return sql.length;
}
