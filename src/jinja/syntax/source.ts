import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { DbtError } from '../../diagnostics/errors.js';
import { LineIndex, type SourceSpan } from '../../diagnostics/span.js';

/**
 * The text of a template with its place in the user's file. Offsets are those of the text with `\n` line ends, as the
 * lexer sees it; lines and columns are right in the original too.
 */
export class TemplateSource {
  /** The text with `\r\n` and `\r` turned into `\n`. */
  readonly text: string;
  readonly #original: string;
  readonly #firstLine: number;
  readonly #firstColumn: number;
  #lines: LineIndex | undefined;

  constructor(
    original: string,
    readonly file: string,
    firstLine = 1,
    firstColumn = 1,
  ) {
    this.#original = original;
    this.text = original.includes('\r') ? original.replace(/\r\n?/g, '\n') : original;
    this.#firstLine = firstLine;
    this.#firstColumn = firstColumn;
  }

  /** The part of the original text between two offsets. */
  slice(start: number, end: number): string {
    if (this.#original.length === this.text.length && this.text === this.#original) return this.text.slice(start, end);
    return this.#original.slice(this.originalOffset(start), this.originalOffset(end));
  }

  /** Maps an offset in the normalised text to the original. */
  originalOffset(offset: number): number {
    let original = 0;
    for (let i = 0; i < offset; i++) {
      original += this.#original.startsWith('\r\n', original) ? 2 : 1;
    }
    return original;
  }

  #position(offset: number): { line: number; column: number } {
    this.#lines ??= new LineIndex(this.text);
    const { line, column } = this.#lines.at(offset);
    return { line: line + this.#firstLine - 1, column: line === 1 ? column + this.#firstColumn - 1 : column };
  }

  /** The place of a part of the text. */
  span(start: number, end: number): SourceSpan {
    const first = this.#position(start);
    const last = this.#position(Math.max(start, end));
    return { file: this.file, line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
  }

  /** An error at a part of the text. */
  error(code: DiagnosticCode, message: string, start: number, end: number, hint?: string): DbtError {
    return new DbtError(code, message, {
      span: this.span(start, Math.max(start + 1, end)),
      ...this.excerpt,
      ...(hint ? { hint } : {}),
    });
  }

  /** The text for a code frame, in its columns, and the line of the file at which it begins. */
  get excerpt(): { readonly sourceText: string; readonly sourceFirstLine: number } {
    return { sourceText: ' '.repeat(this.#firstColumn - 1) + this.#original, sourceFirstLine: this.#firstLine };
  }
}
