import { floatRepr, PyDate, PyDateTime, PyDecimal, pyStr } from '../../jinja/values.js';
import type { PrintableTable } from './table-print.js';

/** The table as CSV, as agate's `print_csv` writes it. */
export function tableCsv(table: PrintableTable): string {
  const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;
  return line(table.columnNames) + table.rows.map((row) => line(row.values.map(csvCell))).join('');
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof PyDateTime || value instanceof PyDate ? isoText(value) : pyStr(value);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The table as a list of objects in JSON, as agate's `print_json` writes it. */
export function tableJson(table: PrintableTable): string {
  const object = (row: PrintableTable['rows'][number]): string =>
    `{${table.columnNames.map((name, i) => `${JSON.stringify(name)}: ${jsonCell(row.values[i])}`).join(', ')}}`;
  return `[${table.rows.map(object).join(', ')}]`;
}

function jsonCell(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (value instanceof PyDecimal) return floatRepr(Number(pyStr(value)));
  if (value instanceof PyDateTime || value instanceof PyDate) return JSON.stringify(isoText(value));
  if (typeof value === 'number' || typeof value === 'bigint') return pyStr(value);
  return JSON.stringify(pyStr(value));
}

function isoText(value: PyDate | PyDateTime): string {
  return value.isoformat();
}
