/** What Python's `str.split()` and `str.strip()` take for whitespace; JavaScript's \s differs in both directions. */
const SPACE = '\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** A run of whitespace in Python's sense. */
export const WHITESPACE_RUN = new RegExp(`[${SPACE}]+`, 'u');
const LEADING = new RegExp(`^[${SPACE}]+`, 'u');
const SPACE_CHAR = new RegExp(`[${SPACE}]`, 'u');

/** Strips whitespace in Python's sense from the sides asked for. */
export function stripWhitespace(text: string, left: boolean, right: boolean): string {
  let out = text;
  if (left) out = out.replace(LEADING, '');
  if (right) {
    let end = out.length;
    while (end > 0 && SPACE_CHAR.test(out[end - 1] ?? '')) end -= 1;
    out = out.slice(0, end);
  }
  return out;
}

/** Strips any of the given characters from the sides asked for. */
export function stripChars(text: string, chars: string, left: boolean, right: boolean): string {
  const set = new Set(chars);
  const all = Array.from(text);
  let start = 0;
  let end = all.length;
  if (left) while (start < end && set.has(all[start] ?? '')) start += 1;
  if (right) while (end > start && set.has(all[end - 1] ?? '')) end -= 1;
  return all.slice(start, end).join('');
}

/** Python's `str.lower`. */
export function lower(text: string): string {
  return text.toLowerCase();
}

/** Python's `str.capitalize`: the first character in title case, the rest lower. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = Array.from(text);
  return titleChar(first) + rest.join('').toLowerCase();
}

/** Python's `str.casefold`, near enough: full lower case with the sharp s and ligatures expanded. */
export function casefold(text: string): string {
  return text
    .replace(/[ßẞ]/g, 'ss')
    .replace(/[ﬀ-ﬆ]/g, (char) => char.toUpperCase())
    .toLowerCase()
    .replace(/ς/g, 'σ');
}

/** Letters that are two in one have a title case of their own. */
const TITLE: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǳ: 'ǲ',
};

function titleChar(char: string): string {
  const special = TITLE[char];
  if (special !== undefined) return special;
  const upper = char.toUpperCase();
  if (upper.length <= char.length) return upper;
  const [first = '', ...rest] = Array.from(upper);
  return first + rest.join('').toLowerCase();
}

/** Python's `str.title`: a word starts after anything that is not a letter with case. */
export function titleCase(text: string): string {
  let out = '';
  let inWord = false;
  for (const char of text) {
    out += inWord ? char.toLowerCase() : titleChar(char);
    inWord = /[\p{Lu}\p{Ll}\p{Lt}]/u.test(char);
  }
  return out;
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  return Array.from(text, (char) => {
    if (/\p{Lu}/u.test(char)) return char.toLowerCase();
    return /\p{Ll}/u.test(char) ? char.toUpperCase() : char;
  }).join('');
}

/** Python's `str.splitlines`, with its many line boundaries. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const out: string[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g)) {
    const end = match.index + match[0].length;
    out.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) out.push(text.slice(start));
  return out;
}

/** Python's `str.expandtabs`. */
export function expandTabs(text: string, size: number): string {
  let column = 0;
  let out = '';
  for (const char of text) {
    if (char === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      out += ' '.repeat(Math.min(width, 10_000));
      column += width;
    } else {
      out += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

/** Python's `str.isidentifier`. */
export function isIdentifier(text: string): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
}
