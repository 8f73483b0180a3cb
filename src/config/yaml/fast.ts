import { hasKey, putKey, type YamlDict } from './mapping.js';
import { foldQuoted, unescapeDouble } from './quoted.js';
import { plainTag, plainValue } from './scalars.js';
import type { Dates } from './timestamp.js';

/**
 * Reads the plain part of YAML that nearly every properties file is written in, some thirty times as fast as the
 * complete parser: block mappings and sequences, scalars of every style, flow collections. It decides nothing that is
 * unusual: anchors, tags, merge keys, tabs, several documents, duplicate keys and every error end it with `undefined`,
 * and the complete parser reads the text from the start.
 */
export function readFast(text: string, dates: Dates = 'text'): { value: unknown } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return { value: new FastReader(text, dates).document() };
  } catch (error) {
    if (error === GIVE_UP) return undefined;
    throw error;
  }
}

/** Characters that the fast reader leaves to the complete one: tabs, odd line breaks, what YAML forbids. */
const UNUSUAL = /[\t\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const GIVE_UP = new Error('left to the complete parser');
const MAX_DEPTH = 100;
/** A key and its colon must be within 1024 characters of each other; longer ones are not worth the thought. */
const MAX_KEY = 1000;

const [NEWLINE, SPACE, QUOTE2, HASH, QUOTE1, COMMA, DASH, COLON] = [10, 32, 34, 35, 39, 44, 45, 58];
const [BRACKET, BRACKET_END, BRACE, BRACE_END, PIPE, GREATER] = [91, 93, 123, 125, 124, 62];
/** Characters that no plain scalar starts with, and `?` and `:` that hardly one does: & * ! % @ ` ? : , ] } # */
const INDICATORS = new Set([...'&*!%@`?:,]}#'].map((c) => c.charCodeAt(0)));

class FastReader {
  readonly #text: string;
  readonly #length: number;
  readonly #dates: Dates;
  #pos = 0;
  #lineStart = 0;
  /** The column of the content at `#pos` when it begins a line; -1 at the end. */
  #col = 0;
  #depth = 0;

  constructor(text: string, dates: Dates) {
    this.#text = text;
    this.#dates = dates;
    this.#length = text.length;
  }

  document(): unknown {
    if (this.#text.startsWith('---\n')) this.#pos = 3;
    this.#nextLine(this.#pos === 3 ? 4 : 0);
    if (this.#col === -1) return null;
    const value = this.#node(-1);
    if (this.#col !== -1) throw GIVE_UP;
    return value;
  }

  /** Goes to the next line with content, from the start of a line on. */
  #nextLine(from: number): void {
    const text = this.#text;
    let start = from;
    for (;;) {
      let pos = start;
      while (text.charCodeAt(pos) === SPACE) pos++;
      if (pos >= this.#length) {
        this.#pos = pos;
        this.#col = -1;
        return;
      }
      const code = text.charCodeAt(pos);
      if (code === NEWLINE) start = pos + 1;
      else if (code === HASH) start = this.#endOfLine(pos) + 1;
      else {
        if (
          pos === start &&
          (code === DASH || code === 46) &&
          /^(?:---|\.\.\.)(?:[ \n]|$)/.test(text.slice(pos, pos + 4))
        )
          throw GIVE_UP;
        this.#pos = pos;
        this.#lineStart = start;
        this.#col = pos - start;
        return;
      }
    }
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#length : end;
  }

  /** After a value: only blanks or a comment may follow on the line. */
  #finishLine(): void {
    const text = this.#text;
    let pos = this.#pos;
    while (text.charCodeAt(pos) === SPACE) pos++;
    if (pos < this.#length && text.charCodeAt(pos) !== NEWLINE) {
      if (text.charCodeAt(pos) !== HASH || pos === this.#pos) throw GIVE_UP;
      pos = this.#endOfLine(pos);
    }
    this.#nextLine(pos + 1);
  }

  /** The node at `#pos`, whose column is `#pos - #lineStart`; `parent` is the column of the block around it. */
  #node(parent: number): unknown {
    if (++this.#depth > MAX_DEPTH) throw GIVE_UP;
    const col = this.#pos - this.#lineStart;
    let value: unknown;
    if (this.#atDash()) value = this.#sequence(col);
    else {
      const key = this.#key();
      value = key === undefined ? this.#scalar(parent) : this.#mapping(col, key);
    }
    this.#depth -= 1;
    return value;
  }

  #atDash(): boolean {
    if (this.#text.charCodeAt(this.#pos) !== DASH) return false;
    const next = this.#pos + 1;
    return next >= this.#length || this.#text.charCodeAt(next) === SPACE || this.#text.charCodeAt(next) === NEWLINE;
  }

  /** Skips blanks; whether something other than a comment is left on the line. */
  #moreOnLine(): boolean {
    const text = this.#text;
    let pos = this.#pos;
    while (text.charCodeAt(pos) === SPACE) pos++;
    const code = pos < this.#length ? text.charCodeAt(pos) : NEWLINE;
    this.#pos = pos;
    return code !== NEWLINE && code !== HASH;
  }

  #sequence(col: number): unknown[] {
    const items: unknown[] = [];
    do {
      this.#pos += 1;
      if (this.#moreOnLine()) items.push(this.#node(col));
      else {
        this.#nextLine(this.#endOfLine(this.#pos) + 1);
        items.push(this.#col > col ? this.#node(col) : null);
      }
    } while (this.#col === col && this.#atDash());
    if (this.#col > col) throw GIVE_UP;
    return items;
  }

  #mapping(col: number, firstKey: { readonly key: unknown }): YamlDict {
    let dict: YamlDict = {};
    let key: { readonly key: unknown } | undefined = firstKey;
    for (;;) {
      if (hasKey(dict, key.key)) throw GIVE_UP;
      dict = putKey(dict, key.key, this.#valueOf(col));
      if (this.#col !== col) break;
      if (this.#atDash()) throw GIVE_UP;
      key = this.#key();
      if (key === undefined) throw GIVE_UP;
    }
    if (this.#col > col) throw GIVE_UP;
    return dict;
  }

  /** The value after a key's colon. */
  #valueOf(col: number): unknown {
    if (this.#moreOnLine()) {
      if (this.#atDash()) throw GIVE_UP;
      return this.#scalar(col);
    }
    this.#nextLine(this.#endOfLine(this.#pos) + 1);
    if (this.#col > col) return this.#node(col);
    return this.#col === col && this.#atDash() ? this.#sequence(col) : null;
  }

  /** The key at `#pos` if the line is `key: …`; then `#pos` is behind the colon. */
  #key(): { readonly key: unknown } | undefined {
    const text = this.#text;
    const start = this.#pos;
    const first = text.charCodeAt(start);
    if (first === BRACKET || first === BRACE || first === PIPE || first === GREATER) return undefined;
    if (first === QUOTE1 || first === QUOTE2) return this.#quotedKey(first);
    if (INDICATORS.has(first)) throw GIVE_UP;
    for (let pos = start; ; pos++) {
      const code = pos < this.#length ? text.charCodeAt(pos) : NEWLINE;
      if (code === NEWLINE || (code === HASH && text.charCodeAt(pos - 1) === SPACE)) return undefined;
      if (code !== COLON) continue;
      const next = pos + 1 < this.#length ? text.charCodeAt(pos + 1) : NEWLINE;
      if (next !== SPACE && next !== NEWLINE) continue;
      if (pos - start > MAX_KEY) throw GIVE_UP;
      const name = withoutBlanks(text.slice(start, pos));
      this.#pos = pos + 1;
      const tag = plainTag(name);
      if (tag === 'merge' || tag === 'value') throw GIVE_UP;
      return { key: tag === 'str' ? name : this.#plainValue(name) };
    }
  }

  #quotedKey(quote: number): { readonly key: unknown } | undefined {
    const start = this.#pos;
    const key = this.#quoted(quote);
    const multiline = this.#text.slice(start, this.#pos).includes('\n');
    let pos = this.#pos;
    while (this.#text.charCodeAt(pos) === SPACE) pos++;
    if (this.#text.charCodeAt(pos) !== COLON) {
      this.#pos = start;
      return undefined;
    }
    const next = pos + 1 < this.#length ? this.#text.charCodeAt(pos + 1) : NEWLINE;
    if (multiline || pos - start > MAX_KEY || (next !== SPACE && next !== NEWLINE)) throw GIVE_UP;
    this.#pos = pos + 1;
    return { key };
  }

  /** A scalar or flow collection as the value in a block of column `parent`; goes to the next line. */
  #scalar(parent: number): unknown {
    const first = this.#text.charCodeAt(this.#pos);
    if (first === PIPE || first === GREATER) return this.#block(parent, first === GREATER);
    if (first === QUOTE1 || first === QUOTE2) {
      const value = this.#quoted(first);
      this.#finishLine();
      return value;
    }
    if (first === BRACKET || first === BRACE) {
      const value = this.#flow(first);
      this.#finishLine();
      return value;
    }
    if (INDICATORS.has(first)) throw GIVE_UP;
    return this.#plain(parent);
  }

  #plain(parent: number): unknown {
    let text = this.#plainLine();
    let end = this.#pos;
    for (;;) {
      const commented = end < this.#length && this.#text.charCodeAt(end) !== NEWLINE;
      const lineEnd = commented ? this.#endOfLine(end) : end;
      this.#nextLine(lineEnd + 1);
      if (this.#col === -1 || this.#col <= parent) return this.#plainValue(text);
      const between = this.#text.slice(lineEnd + 1, this.#lineStart);
      if (commented || between.includes('#')) throw GIVE_UP;
      const blanks = between.split('\n').length - 1;
      text += blanks === 0 ? ' ' : '\n'.repeat(blanks);
      text += this.#plainLine();
      end = this.#pos;
    }
  }

  /** The rest of a line as plain text, up to a comment. */
  #plainLine(): string {
    const text = this.#text;
    const start = this.#pos;
    const lineEnd = this.#endOfLine(start);
    let line = text.slice(start, lineEnd);
    const comment = line.indexOf(' #');
    if (comment !== -1) line = line.slice(0, comment);
    line = withoutBlanks(line);
    if (line.endsWith(':') || line.includes(': ')) throw GIVE_UP;
    this.#pos = comment === -1 ? lineEnd : start + comment;
    return line;
  }

  #quoted(quote: number): string {
    const text = this.#text;
    const start = this.#pos + 1;
    let escaped = false;
    let pos = start;
    for (; ; pos++) {
      if (pos >= this.#length) throw GIVE_UP;
      const code = text.charCodeAt(pos);
      if (code === quote) {
        if (quote !== QUOTE1 || text.charCodeAt(pos + 1) !== QUOTE1) break;
        escaped = true;
        pos += 1;
      } else if (code === 92 && quote === QUOTE2) {
        escaped = true;
        pos += 1;
      }
    }
    this.#pos = pos + 1;
    let raw = text.slice(start, pos);
    if (raw.includes('\n')) {
      if (/\n(?:---|\.\.\.)/.test(raw)) throw GIVE_UP;
      this.#lineStart = text.lastIndexOf('\n', pos) + 1;
      raw = foldQuoted(raw, quote === QUOTE2);
    }
    if (!escaped) return raw;
    if (quote === QUOTE1) return raw.replaceAll("''", "'");
    const value = unescapeDouble(raw);
    if (value === undefined) throw GIVE_UP;
    return value;
  }

  /** Blanks, line breaks and comments inside a flow collection. */
  #skipFlow(): number {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#pos);
      if (code === NEWLINE) {
        this.#lineStart = this.#pos + 1;
        if (/^(?:---|\.\.\.)/.test(text.slice(this.#pos + 1, this.#pos + 4))) throw GIVE_UP;
        this.#pos += 1;
      } else if (code === SPACE) this.#pos += 1;
      else if (code === HASH) {
        const before = text.charCodeAt(this.#pos - 1);
        if (before !== SPACE && before !== NEWLINE) throw GIVE_UP;
        this.#pos = this.#endOfLine(this.#pos);
      } else if (this.#pos >= this.#length) throw GIVE_UP;
      else return code;
    }
  }

  #flow(open: number): unknown {
    if (++this.#depth > MAX_DEPTH) throw GIVE_UP;
    this.#pos += 1;
    const value = open === BRACKET ? this.#flowSequence() : this.#flowMapping();
    this.#pos += 1;
    this.#depth -= 1;
    return value;
  }

  #flowSequence(): unknown[] {
    const items: unknown[] = [];
    while (this.#skipFlow() !== BRACKET_END) {
      items.push(this.#flowNode());
      const code = this.#skipFlow();
      if (code === COMMA) this.#pos += 1;
      else if (code !== BRACKET_END) throw GIVE_UP;
    }
    return items;
  }

  #flowMapping(): YamlDict {
    let dict: YamlDict = {};
    while (this.#skipFlow() !== BRACE_END) {
      const line = this.#lineStart;
      const code = this.#text.charCodeAt(this.#pos);
      if (code === BRACKET || code === BRACE) throw GIVE_UP;
      const key = this.#flowNode(true);
      if (this.#skipFlow() !== COLON || this.#lineStart !== line || hasKey(dict, key)) throw GIVE_UP;
      this.#pos += 1;
      const next = this.#skipFlow();
      const empty = next === COMMA || next === BRACE_END;
      dict = putKey(dict, key, empty ? null : this.#flowNode());
      const after = this.#skipFlow();
      if (after === COMMA) this.#pos += 1;
      else if (after !== BRACE_END) throw GIVE_UP;
    }
    return dict;
  }

  #flowNode(isKey = false): unknown {
    const text = this.#text;
    const start = this.#pos;
    const first = text.charCodeAt(start);
    if (first === BRACKET || first === BRACE) return this.#flow(first);
    if (first === QUOTE1 || first === QUOTE2) return this.#quoted(first);
    if (INDICATORS.has(first) || first === PIPE || first === GREATER) throw GIVE_UP;
    if (first === DASH && !/[0-9A-Za-z.]/.test(text[start + 1] ?? '')) throw GIVE_UP;
    let pos = start;
    for (; ; pos++) {
      if (pos >= this.#length) throw GIVE_UP;
      const code = text.charCodeAt(pos);
      if (code === COMMA || code === BRACKET_END || code === BRACE_END || code === NEWLINE) break;
      if (code === HASH && text.charCodeAt(pos - 1) === SPACE) break;
      if (code === BRACKET || code === BRACE || code === 63) throw GIVE_UP;
      if (code === COLON) {
        const next = text.charCodeAt(pos + 1);
        if (next === SPACE || next === NEWLINE) break;
        if (next === COMMA || next === BRACKET || next === BRACKET_END || next === BRACE || next === BRACE_END) {
          throw GIVE_UP;
        }
      }
    }
    this.#pos = pos;
    const name = withoutBlanks(text.slice(start, pos));
    const tag = isKey ? plainTag(name) : 'str';
    if (tag === 'merge' || tag === 'value') throw GIVE_UP;
    return this.#plainValue(name);
  }

  /** A literal (`|`) or folded (`>`) scalar, as PyYAML's scanner assembles it. */
  #block(parent: number, folded: boolean): string {
    const text = this.#text;
    const headerEnd = this.#endOfLine(this.#pos);
    const header = /^[|>](?:([+-])([1-9])?|([1-9])([+-])?)?(?: +(?:#.*)?)?$/.exec(text.slice(this.#pos, headerEnd));
    if (!header) throw GIVE_UP;
    const chomp = header[1] ?? header[4];
    const digit = header[2] ?? header[3];
    const least = Math.max(parent, 0) + 1;
    let indent = digit === undefined ? -1 : least + Number(digit) - 1;
    if (parent < 0) throw GIVE_UP;

    const chunks: string[] = [];
    let lineBreak = '';
    let breaks = 0;
    let wasText = false;
    let start = headerEnd + 1;
    let widest = 0;
    while (start < this.#length) {
      let pos = start;
      const limit = indent === -1 ? this.#length : start + indent;
      while (pos < limit && text.charCodeAt(pos) === SPACE) pos++;
      const code = pos < this.#length ? text.charCodeAt(pos) : NEWLINE;
      if (code === NEWLINE && (indent === -1 || pos - start <= indent)) {
        if (indent === -1) widest = Math.max(widest, pos - start);
        else if (pos - start === indent && pos >= this.#length) break;
        if (pos >= this.#length) break;
        breaks += 1;
        start = pos + 1;
        continue;
      }
      if (indent === -1) {
        if (widest > pos - start) throw GIVE_UP;
        indent = Math.max(least, pos - start);
      }
      if (pos - start < indent) break;
      const isText = code !== SPACE;
      if (chunks.length === 0) chunks.push('\n'.repeat(breaks));
      else if (folded && wasText && isText) chunks.push(breaks === 0 ? ' ' : '\n'.repeat(breaks));
      else chunks.push(lineBreak, '\n'.repeat(breaks));
      breaks = 0;
      const end = this.#endOfLine(pos);
      chunks.push(text.slice(start + indent, end));
      wasText = isText;
      lineBreak = end < this.#length ? '\n' : '';
      start = end + 1;
    }
    if (chunks.length === 0 && breaks > 0 && chomp !== '+') breaks = 0;
    if (chomp !== '-') chunks.push(lineBreak);
    if (chomp === '+') chunks.push('\n'.repeat(breaks));
    this.#nextLine(Math.min(start, this.#length));
    if (this.#col > parent) throw GIVE_UP;
    return chunks.join('');
  }

  /** The value of a plain scalar; what has none, e.g. the 13th month, is for the complete parser to report. */
  #plainValue(text: string): unknown {
    try {
      return plainValue(text, this.#dates);
    } catch {
      throw GIVE_UP;
    }
  }
}

/** Without blanks at the end; other white space, such as a no-break space, belongs to a value. */
function withoutBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === SPACE) end--;
  return end === text.length ? text : text.slice(0, end);
}
