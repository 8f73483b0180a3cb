import { type Token, tokens } from './tokens.js';

/** A text put into another one: `text` stands before what was at `offset` of the original. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** Words that begin a query: a `with` further on is not the statement's own. */
const QUERY_STARTS = new Set(['select', 'from', 'values', 'table', 'pivot', 'unpivot', 'describe', 'summarize']);

/**
 * Puts common table expressions in front of a query, where dbt puts them: after its own `with` or `with recursive`,
 * else behind a new `with` before the first thing that is not white space. Each of `ctes` is ` name as (…)`.
 *
 * Unlike dbt, `with` counts only where it begins the statement (`timestamp with time zone` is no CTE), a comment may
 * stand between `with` and `recursive`, and what follows a semicolon is kept.
 */
export function injectCtes(sql: string, ctes: readonly string[]): { sql: string; insertions: readonly Insertion[] } {
  if (ctes.length === 0) return { sql, insertions: [] };
  const joined = ctes.join(', ');
  const found = findWith(sql);
  const insertions: Insertion[] =
    found.with === undefined
      ? [{ offset: found.first, text: `with${joined} ` }]
      : [{ offset: skipSpace(sql, found.with), text: `${joined}, ` }];
  let out = '';
  let at = 0;
  for (const { offset, text } of insertions) {
    out += sql.slice(at, offset) + text;
    at = offset;
  }
  return { sql: out + sql.slice(at), insertions };
}

/** The end of the leading `with [recursive]`, and the first token that is not white space. */
function findWith(sql: string): { with: number | undefined; first: number } {
  let first: number | undefined;
  let start: string | undefined;
  let depth = 0;
  let found: Token | undefined;
  for (const token of tokens(sql)) {
    if (token.kind === 'space') continue;
    first ??= token.start;
    if (token.kind === 'comment') continue;
    const text = sql.slice(token.start, token.end);
    if (found) {
      return { with: token.kind === 'word' && text.toLowerCase() === 'recursive' ? token.end : found.end, first };
    }
    if (token.kind === 'punctuation') {
      if (text === '(') depth += 1;
      else if (text === ')') depth -= 1;
      else if (text === ';' && depth === 0) break;
    }
    const word = token.kind === 'word' ? text.toLowerCase() : text;
    if (start === undefined) {
      start = word;
      if (word !== 'with' && (QUERY_STARTS.has(word) || word === '(')) break;
    }
    if (word === 'with' && depth === 0) found = token;
  }
  return { with: found?.end, first: first ?? sql.length };
}

function skipSpace(sql: string, offset: number): number {
  let at = offset;
  while (at < sql.length && /\s/.test(sql[at] as string)) at += 1;
  return at;
}
