import { PyError, valueError } from '../../jinja/errors.js';

/** Python's flags, as numbers. */
export const RE_FLAGS: Readonly<Record<string, number>> = {
  A: 256,
  ASCII: 256,
  I: 2,
  IGNORECASE: 2,
  L: 4,
  LOCALE: 4,
  M: 8,
  MULTILINE: 8,
  S: 16,
  DOTALL: 16,
  X: 64,
  VERBOSE: 64,
  U: 32,
  UNICODE: 32,
  NOFLAG: 0,
};

/** Patterns by their text; what is kept is bounded. */
const cache = new Map<string, RegExp>();
const MAX_CACHED = 1000;

/** A Python pattern as a JavaScript one that finds all matches with their places. */
export function compilePattern(pattern: string, flags: number): RegExp {
  const key = `${flags}/${pattern}`;
  let compiled = cache.get(key);
  if (!compiled) {
    compiled = translate(pattern, flags);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, compiled);
  }
  compiled.lastIndex = 0;
  return compiled;
}

function translate(pattern: string, flags: number): RegExp {
  let all = flags;
  let body = pattern;
  for (;;) {
    const inline = /^\(\?([aiLmsux]+)\)/.exec(all & 64 ? body.trimStart() : body);
    if (!inline) break;
    for (const letter of inline[1] ?? '') all |= RE_FLAGS[letter.toUpperCase()] ?? 0;
    body = body.trimStart().slice(inline[0].length);
  }
  if (all & 64) body = withoutComments(body);
  let js = 'g';
  if (all & 2) js += 'i';
  if (all & 8) js += 'm';
  if (all & 16) js += 's';
  try {
    return new RegExp(toJavaScript(body), js);
  } catch (error) {
    throw new PyError('ValueError', `invalid regular expression '${pattern}': ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Rewrites what Python spells differently. Character classes are copied as they are. */
function toJavaScript(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i, i + 4);
    const char = pattern[i] as string;
    if (char === '\\') {
      const next = pattern[i + 1];
      if (next === undefined) throw valueError('bad escape (end of pattern)');
      i += 1;
      if (next === 'A' && !inClass) result += '(?<![\\s\\S])';
      else if (next === 'Z' && !inClass) result += '(?![\\s\\S])';
      else result += char + next;
    } else if (inClass) {
      result += char === '[' ? '\\[' : char;
      if (char === ']') inClass = false;
    } else if (char === '[') {
      inClass = true;
      result += char;
      const negated = pattern[i + 1] === '^' ? 1 : 0;
      if (negated) result += '^';
      if (pattern[i + 1 + negated] === ']') result += '\\]';
      i += negated + (pattern[i + 1 + negated] === ']' ? 1 : 0);
    } else if (rest.startsWith('(?P<')) {
      result += '(?<';
      i += 3;
    } else if (rest.startsWith('(?P=')) {
      const end = pattern.indexOf(')', i);
      result += `\\k<${pattern.slice(i + 4, end)}>`;
      i = end;
    } else if (rest.startsWith('(?#')) {
      i = pattern.indexOf(')', i);
    } else if (char === '{' && pattern[i + 1] === ',') {
      result += '{0';
    } else result += char;
  }
  return result;
}

function withoutComments(pattern: string): string {
  return pattern.replace(
    /(\\[\s\S])|(\[(?:\\[\s\S]|[^\]])*\])|#[^\n]*|\s+/g,
    (_, escaped = '', inClass = '') => escaped + inClass,
  );
}
