import type { ManifestNode } from '../contracts/nodes.js';
import type { ComparedRow, ComparedRows, EvidenceCell, SampleRows, TestEvidence } from '../contracts/test-evidence.js';
import { pluralize } from './fancy-line.js';
import type { Paint } from './level.js';
import { PLAIN } from './paint.js';
import { cellText, cutText, drawGrid, type GridCell, gridCell } from './text-grid.js';
import { displayWidth } from './text-width.js';

/** Longer values are cut in events: they are there to recognise a row by. Characters. */
const LONGEST = 300;
/** Rows of a comparison that are told. */
const MOST_ROWS = 20;
const INDENT = '    ';

/**
 * What is told of a test's evidence: secrets are struck out of whole values, before anything is cut; of long values the
 * beginning is kept, or what is different.
 */
export function toldEvidence<E extends TestEvidence>(evidence: E, scrub: (text: string) => string): E {
  const clean = (value: EvidenceCell): EvidenceCell => (value === null ? null : scrub(value));
  const cut = (value: EvidenceCell): EvidenceCell =>
    value !== null && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  const columns = evidence.columns.map(scrub);
  if (evidence.kind === 'sample') {
    return { ...evidence, columns, rows: evidence.rows.map((row) => row.map((value) => cut(clean(value)))) };
  }
  const rows = evidence.rows.map((row): ComparedRow => {
    const expected = row.expected?.map(clean) ?? null;
    const actual = row.actual?.map(clean) ?? null;
    const side = (own: typeof expected, other: typeof expected): typeof expected =>
      own?.map((value, i) =>
        cut(row.changed.includes(i) ? fromDifference(value, other?.[i] ?? null, LONGEST / 2) : value),
      ) ?? null;
    return { ...row, expected: side(expected, actual), actual: side(actual, expected) };
  });
  return { ...evidence, columns, rows };
}

/** The value from shortly before the place where the other one is different, when that is not within `within` characters. */
function fromDifference(value: EvidenceCell, other: EvidenceCell, within: number): EvidenceCell {
  if (value === null || other === null) return value;
  let at = 0;
  while (at < value.length && value[at] === other[at]) at += 1;
  return at < within ? value : `…${value.slice(at - 5)}`;
}

/** `sampled` rows of a failed data test as a table; `failures` is dbt's number, which counts rows when nothing else is asked for. */
export function sampleText(
  sample: SampleRows,
  { failures, counted, paint, width }: { failures: number; counted: boolean; paint: Paint; width: number },
): string {
  if (sample.problem !== null) return `  no sample rows: ${sample.problem.split('\n')[0]}`;
  const { length } = sample.rows;
  if (length === 0) return '  no sample rows: the query of the test gives none';
  const rows = `row${length === 1 ? '' : 's'}`;
  let head = `${length} failing ${rows}:`;
  if (!counted) head = `${sample.more ? 'the first ' : ''}${length} ${rows} of the test's query:`;
  else if (sample.more) head = `${length} of ${failures} failing rows:`;
  const cells = sample.rows.map((row) => row.map((value) => gridCell(value, paint)));
  const grid = drawGrid(sample.columns, cells, width - INDENT.length);
  const lines = grid.lines.map((line, i) => INDENT + (i < 2 ? paint.dim(line) : line));
  return [`  ${head}`, ...lines, ...leftOut(grid.leftOut, sample.columns, width)].join('\n');
}

/** What a unit test expected beside what came, row by row; `≠` stands before what differs. */
export function comparisonText(comparison: ComparedRows, { paint, width }: { paint: Paint; width: number }): string {
  const { columns, rows, same } = comparison;
  const count = (kind: ComparedRow['kind']): number => rows.filter((r) => r.kind === kind).length;
  const counts = [
    `${pluralize(same, 'row')} as expected`,
    ...(['changed', 'missing', 'unexpected'] as const).filter((k) => count(k) > 0).map((k) => `${count(k)} ${k}`),
  ];
  const shown = rows.slice(0, MOST_ROWS);
  const differs = columns.map((_, i) => rows.some((r) => r.changed.includes(i)));
  const picked = pickColumns(columns, shown, differs, width - INDENT.length);
  const half = picked.length;
  const names = ['', ...picked.map((i) => columns[i] ?? ''), ...picked.map((i) => columns[i] ?? '')];
  const body = shown.map((row): GridCell[] => [
    { text: row.kind, style: row.kind === 'missing' ? paint.red : paint.yellow },
    ...picked.map((i) => sideCell(row, row.expected, row.actual, i, paint, paint.green)),
    ...picked.map((i) => sideCell(row, row.actual, row.expected, i, paint, paint.red)),
  ]);
  const grid = drawGrid(names, body, width - INDENT.length, [1, 1 + half]);
  const [head = '', rule = '', ...rest] = grid.lines;
  const title = sideTitle(rule, half);
  const lines = [title, head, rule].map((line) => INDENT + paint.dim(line));
  const tail: string[] = [];
  const hidden = columns.map((_, i) => i).filter((i) => !picked.includes(i));
  const hiddenDiffs = hidden.filter((i) => differs[i]).map((i) => columns[i]);
  if (hiddenDiffs.length > 0) {
    tail.push(cutText(`${INDENT}… too narrow for more, which differ too: ${hiddenDiffs.join(', ')}`, width));
  } else if (hidden.length > 0)
    tail.push(`${INDENT}… ${pluralize(hidden.length, 'column')} without differences left out`);
  if (shown.length < rows.length) tail.push(`${INDENT}… ${pluralize(rows.length - shown.length, 'row')} more`);
  return [
    `  actual differs from expected: ${counts.join(', ')}`,
    ...lines,
    ...rest.map((line) => INDENT + line),
    ...tail,
  ].join('\n');
}

/** `expected` and `actual` over their halves of the table. */
function sideTitle(rule: string, half: number): string {
  const parts = rule.split(/[┼╫]/).map((part) => part.length);
  const start = (column: number): number => parts.slice(0, column).reduce((sum, n) => sum + n + 1, 0) + 1;
  const left = `${' '.repeat(start(1))}expected`.padEnd(start(1 + half));
  return left.endsWith(' ') ? `${left}actual` : `${left} actual`;
}

function sideCell(
  row: ComparedRow,
  own: readonly EvidenceCell[] | null,
  other: readonly EvidenceCell[] | null,
  index: number,
  paint: Paint,
  color: (text: string) => string,
): GridCell {
  if (!own) return { text: '' };
  const value = own[index] ?? null;
  if (!other) return { text: cellText(value), style: color };
  if (!row.changed.includes(index)) return gridCell(value, paint);
  return { text: `≠ ${cellText(fromDifference(value, other[index] ?? null, 12))}`, style: color };
}

/** The columns for which both sides have room: first what differs, then the others from the left; in their own order. */
function pickColumns(
  columns: readonly string[],
  rows: readonly ComparedRow[],
  differs: readonly boolean[],
  width: number,
): readonly number[] {
  const wanted = columns.map((name, i) => {
    const cells = rows.flatMap((r) => [r.expected, r.actual]).map((row) => (row ? cellText(row[i] ?? null) : ''));
    return Math.min(16, Math.max(...[name, ...cells].map(displayWidth)) + 2) + 3;
  });
  let left = width - 'unexpected'.length - 3;
  const order = columns.map((_, i) => i).sort((a, b) => Number(differs[b]) - Number(differs[a]) || a - b);
  // The first column names the row more often than not.
  if (differs[0] === false && differs.filter(Boolean).length > 0)
    order.splice(1, 0, ...order.splice(order.indexOf(0), 1));
  const picked: number[] = [];
  for (const i of order) {
    const needed = 2 * (wanted[i] ?? 0);
    if (picked.length > 0 && needed > left) continue;
    left -= needed;
    picked.push(i);
  }
  return picked.sort((a, b) => a - b);
}

function leftOut(count: number, columns: readonly string[], width: number): string[] {
  if (count === 0) return [];
  const names = columns.slice(-count).map(cellText).join(', ');
  return [cutText(`${INDENT}… ${pluralize(count, 'column')} left out: ${names}`, width)];
}

/** What is in reports for CI: as on a terminal of 120 columns. */
export function evidenceText(evidence: TestEvidence, node: ManifestNode, failures: number): string {
  const how = { paint: PLAIN, width: 120 };
  if (evidence.kind === 'comparison') return comparisonText(evidence, how).trim();
  return sampleText(evidence, { ...how, failures, counted: countsRows(node) }).trim();
}

/** Whether the number of failures of a data test is that of its rows. */
export function countsRows({ config }: ManifestNode): boolean {
  const { fail_calc: calc = 'count(*)' } = config as { readonly fail_calc?: string };
  return /^\s*count\s*\(\s*\*\s*\)\s*$/i.test(calc);
}
