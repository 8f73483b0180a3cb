import type { DbtError } from '../../diagnostics/errors.js';
import type { TemplateSource } from './source.js';

/** A statement tag, as far as the search for blocks reads it. */
export interface BlockTag {
  readonly kind: string;
  readonly name: string;
  /** With the whitespace that a `-` strips. */
  readonly start: number;
  readonly end: number;
}

const OPEN = /\{[%{#]/g;
const BLOCK_START = /\{%-?\s*([A-Za-z_][A-Za-z_0-9]*)(?:\s+([A-Za-z_][A-Za-z_0-9]*))?/y;
const QUOTE_OR_TAG_END = /['"]|-%\}\s*|%\}/g;
const QUOTE_OR_EXPRESSION_END = /['"]|\s*\}\}/g;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const RAW_END = /\{%-?\s*endraw\s*(?:-%\}\s*|%\})/g;

/** Goes through a file's statement tags; strings, comments, expressions and raw blocks hide what they hold. */
export function* scanTags(source: TemplateSource): Generator<BlockTag> {
  const { text } = source;
  let at = 0;
  for (;;) {
    OPEN.lastIndex = at;
    const open = OPEN.exec(text)?.index;
    if (open === undefined) return;
    if (text[open + 1] === '#') {
      const end = text.indexOf('#}', open + 2);
      if (end === -1) throw unexpectedEnd(source, '#}', open);
      at = end + 2;
    } else if (text[open + 1] === '{') {
      at = closing(source, QUOTE_OR_EXPRESSION_END, open + 2, '}}', open);
    } else {
      BLOCK_START.lastIndex = open;
      const match = BLOCK_START.exec(text);
      if (!match) {
        at = open + 2;
        continue;
      }
      let start = open;
      if (text[open + 2] === '-') while (start > at && /\s/.test(text[start - 1] ?? '')) start -= 1;
      const [, kind = '', name = ''] = match;
      if (kind === 'raw') {
        RAW_END.lastIndex = BLOCK_START.lastIndex;
        if (!RAW_END.exec(text)) throw unexpectedEnd(source, '{% raw %}...{% endraw %}', open);
        at = RAW_END.lastIndex;
      } else at = closing(source, QUOTE_OR_TAG_END, BLOCK_START.lastIndex, 'tag close ("%}")', open);
      yield { kind, name, start, end: at };
    }
  }
}

/** The offset after the end of a tag or expression, strings skipped. */
function closing(source: TemplateSource, pattern: RegExp, from: number, wanted: string, open: number): number {
  const { text } = source;
  let at = from;
  for (;;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw unexpectedEnd(source, wanted, open);
    if (match[0] !== "'" && match[0] !== '"') return match.index + match[0].length;
    STRING.lastIndex = match.index;
    if (!STRING.exec(text)) throw unexpectedEnd(source, 'string', match.index);
    at = STRING.lastIndex;
  }
}

function unexpectedEnd(source: TemplateSource, wanted: string, from: number): DbtError {
  const rest = source.text.slice(from, from + 40);
  const shown = source.text.length > from + 40 ? `${rest}…` : rest;
  return source.error('jinja-syntax', `unexpected EOF, expected ${wanted}, got "${shown}"`, from, from + 2);
}
