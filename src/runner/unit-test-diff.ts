import { createRequire } from 'node:module';
import type { Table } from '../adapters/base/table.js';
import { pyCompare, pyStr } from '../jinja/values.js';

/** A cell as it is compared: text, or null. */
type Cell = string | null;

/** What a unit test's query gave, taken apart. */
export interface UnitTestRows {
  /** In lower case, without the mark of the side. */
  readonly columns: readonly string[];
  /** Sorted, nulls last. */
  readonly actual: readonly (readonly Cell[])[];
  readonly expected: readonly (readonly Cell[])[];
}

const SIDE = 'actual_or_expected';

/** Splits the one result of both sides. The order in which rows came does not count. */
export function unitTestRows(table: Table): UnitTestRows {
  const names = table.columnNames.map((name) => name.toLowerCase());
  const at = names.indexOf(SIDE);
  const side = (wanted: string): readonly (readonly Cell[])[] =>
    table.rows
      .filter((row) => row.values[at] === wanted)
      .map((row) => row.values.filter((_, i) => i !== at))
      .sort(byCells)
      .map((row) => row.map((value) => (value === null ? null : pyStr(value))));
  return { columns: names.filter((_, i) => i !== at), actual: side('actual'), expected: side('expected') };
}

/**
 * dbt's table of the differences, made by the library that dbt uses: `+++` rows that were not expected, `---` rows that
 * did not come, `→` cells as expected and as they came. Null when both sides have the same rows.
 */
export function differences({ columns, actual, expected }: UnitTestRows): string | null {
  const key = (rows: readonly (readonly Cell[])[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  if (key(actual).join('\n') === key(expected).join('\n')) return null;
  const daff = createRequire(import.meta.url)('daff') as Daff;
  const view = (rows: readonly (readonly Cell[])[]): unknown =>
    new daff.TableView([columns, ...rows].map((r) => [...r]));
  const flags = new daff.CompareFlags();
  flags.ordered = false;
  const alignment = daff.compareTables(view(expected), view(actual), flags).align();
  const diff = new daff.TableDiff(alignment, flags);
  const shown = new daff.TableView([]);
  diff.hilite(shown);
  return new daff.TerminalDiffRender().render(shown).replace(/\u001b\[[0-9;]*m/g, '');
}

/** The part of daff that is used; it has no types of its own. */
interface Daff {
  readonly TableView: new (rows: unknown[][]) => unknown;
  readonly CompareFlags: new () => { ordered: boolean };
  readonly TableDiff: new (alignment: unknown, flags: unknown) => { hilite(output: unknown): boolean };
  readonly TerminalDiffRender: new () => { render(view: unknown): string };
  compareTables(before: unknown, after: unknown, flags: unknown): { align(): unknown };
}

function byCells(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const order = pyCompare(left, right);
    if (order !== 0) return order;
  }
  return 0;
}
