import { Table } from '../adapters/base/table.js';
import { pyStr, toArray } from '../jinja/values.js';

/** The first value of each row of what a macro returned: a table, or a list of rows. */
export function firstColumn(rows: unknown): string[] {
  if (rows instanceof Table) return rows.rows.flatMap((row) => (row.values[0] === null ? [] : [pyStr(row.values[0])]));
  if (rows === null || rows === undefined || typeof rows === 'string') return [];
  return toArray(rows).map((row) => pyStr(toArray(row)[0]));
}
