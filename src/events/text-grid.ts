import type { EvidenceCell } from '../contracts/test-evidence.js';
import type { Paint } from './level.js';
import { displayWidth } from './text-width.js';

/** One cell on its way to the terminal. */
export interface GridCell {
  readonly text: string;
  readonly style?: ((text: string) => string) | undefined;
}

/** Columns of a table in a terminal: the lines, and how many columns did not fit. */
export interface Grid {
  readonly lines: readonly string[];
  readonly leftOut: number;
}

const BETWEEN = ' │ ';
/** A column is not made narrower than this; then columns are left out. */
const NARROW = 8;
/** A column is wider than this only when there is room for all of them. */
const WIDE = 60;

/**
 * A cell as one line of printable text: what would move the cursor is escaped; text that could be taken for NULL, or whose
 * blanks at the ends could not be seen, is quoted.
 */
export function cellText(cell: EvidenceCell): string {
  if (cell === null) return 'NULL';
  const quoted = cell === '' || cell === 'NULL' || cell.trim() !== cell;
  const text = quoted ? JSON.stringify(cell) : cell;
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);
}

function escaped(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** NULL is told from text by its shade. */
export function gridCell(cell: EvidenceCell, paint: Paint): GridCell {
  return { text: cellText(cell), style: cell === null ? paint.dim : undefined };
}

/**
 * A table of `width` columns of the terminal at most. Cells of numbers stand to the right. Before the columns of `doubled`
 * there is a double line.
 */
export function drawGrid(
  names: readonly string[],
  rows: readonly (readonly GridCell[])[],
  width: number,
  doubled: readonly number[] = [],
): Grid {
  const wanted = names.map((name, i) => Math.max(1, ...[name, ...rows.map((r) => r[i]?.text ?? '')].map(displayWidth)));
  const widths = fitWidths(wanted, width);
  const joined = (parts: readonly string[], between: string, double: string): string =>
    parts.reduce((text, part, i) => text + (i === 0 ? '' : doubled.includes(i) ? double : between) + part, '');
  const line = (cells: readonly GridCell[], right: (i: number) => boolean): string =>
    joined(
      widths.map((w, i) => {
        const { text, style } = cells[i] ?? { text: '' };
        const cut = cutText(text, w);
        const blank = ' '.repeat(Math.max(0, w - displayWidth(cut)));
        const shown = style ? style(cut) : cut;
        return right(i) ? blank + shown : shown + blank;
      }),
      BETWEEN,
      ' ║ ',
    ).trimEnd();
  const numeric = widths.map((_, i) => rows.length > 0 && rows.every((r) => isNumber(r[i]?.text ?? '')));
  const rule = joined(
    widths.map((w) => '─'.repeat(w)),
    '─┼─',
    '─╫─',
  );
  const right = (i: number): boolean => numeric[i] === true;
  const head = names.map((name) => ({ text: name === '' ? '' : cellText(name) }));
  return {
    lines: [line(head, right), rule, ...rows.map((row) => line(row, right))],
    leftOut: names.length - widths.length,
  };
}

/** Widths of as many columns as fit: the widest give way first. At least one column is there. */
export function fitWidths(wanted: readonly number[], width: number): number[] {
  const total = (list: readonly number[]): number =>
    list.reduce((sum, w) => sum + w, 0) + BETWEEN.length * (list.length - 1);
  let widths = [...wanted];
  if (total(widths) > width) widths = widths.map((w) => Math.min(w, WIDE));
  const least = (list: readonly number[]): number => total(list.map((w) => Math.min(w, NARROW)));
  while (widths.length > 1 && least(widths) > width) widths.pop();
  for (let over = total(widths) - width; over > 0; over = total(widths) - width) {
    const widest = Math.max(...widths);
    if (widest <= Math.min(NARROW, width)) break;
    const next = Math.max(NARROW, ...widths.filter((w) => w < widest));
    const many = widths.filter((w) => w === widest).length;
    const by = Math.max(1, Math.min(widest - next, Math.ceil(over / many)));
    widths = widths.map((w) => (w === widest ? Math.max(1, w - by) : w));
  }
  return widths;
}

/** The text in at most `width` columns of the terminal, `…` for what is cut off. */
export function cutText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, width * 8))) {
    used += displayWidth(segment);
    if (used > width) break;
    out += segment;
  }
  return `${out}…`;
}

function isNumber(text: string): boolean {
  return text === 'NULL' || /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}
