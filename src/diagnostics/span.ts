/**
 * A place in a file of the user's project.
 *
 * `file` is the path relative to the project's root with `/` separators; `line` and `column` are 1-based and count
 * lines and UTF-16 code units. `endLine`/`endColumn` point one past the last character.
 */
export interface SourceSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The place in the rendered (compiled) text, when the diagnostic came from there. */
  readonly expanded?: { readonly file?: string; readonly line: number; readonly column: number };
}

/** Prints a span as `path:line:column`, the form that editors and terminals make clickable. */
export function formatSpan(span: SourceSpan): string {
  return `${span.file}:${span.line}:${span.column}`;
}

/** Maps an offset (UTF-16 code units, 0-based) in `text` to a 1-based line and column. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  const end = Math.min(offset, text.length);
  for (let i = text.indexOf('\n'); i !== -1 && i < end; i = text.indexOf('\n', i + 1)) {
    line += 1;
    lineStart = i + 1;
  }
  return { line, column: end - lineStart + 1 };
}

/** The lines of a text, found once: for many places in it, where `positionAt` would read the text for each. */
export class LineIndex {
  readonly #starts = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1);
  }

  /** As `positionAt`. */
  at(offset: number): { line: number; column: number } {
    const end = Math.min(offset, this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= end) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: end - (this.#starts[low] ?? 0) + 1 };
  }
}
