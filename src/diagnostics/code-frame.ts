import type { SourceSpan } from './span.js';

/** Lines shown before and after the line concerned. */
const CONTEXT_LINES = 2;

/**
 * Draws the lines around a span with a caret under it:
 *
 * ```
 *   2 | select *
 * > 3 | from {{ reff('a') }}
 *     |         ^^^^
 * ```
 * Tabs are kept in the caret line so that it stays aligned. Returns '' when the span is outside the text.
 * `firstLine` is the 1-based line of the file at which the text begins.
 */
export function codeFrame(text: string, span: SourceSpan, firstLine = 1): string {
  const lines = text.split(/\r\n|\n|\r/);
  const target = lines[span.line - firstLine];
  if (target === undefined) return '';
  const first = Math.max(firstLine, span.line - CONTEXT_LINES);
  const last = Math.min(firstLine + lines.length - 1, span.line + CONTEXT_LINES);
  const width = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const mark = number === span.line ? '>' : ' ';
    const line = lines[number - firstLine] ?? '';
    out.push(`${mark} ${String(number).padStart(width)} | ${line}`.trimEnd());
    if (number === span.line) {
      const column = Math.min(Math.max(1, span.column), target.length + 1);
      const pad = target.slice(0, column - 1).replace(/[^\t]/g, ' ');
      const end = span.endLine === undefined || span.endLine === span.line ? span.endColumn : target.length + 1;
      const length = Math.max(1, Math.min((end ?? column + 1) - column, target.length - column + 1));
      out.push(`  ${' '.repeat(width)} | ${pad}${'^'.repeat(length)}`);
    }
  }
  return out.join('\n');
}
