import type { Table } from '../adapters/base/table.js';
import { printTable } from '../adapters/base/table-print.js';
import { floatRepr, pyStr } from '../jinja/values.js';
import { pythonJson } from './python-json.js';

/** Rows as `show` prints them: a table between pipes of six columns at most, as dbt's. */
export function tableText(table: Table): string {
  return printTable(table, { maxRows: null, maxColumns: 6, maxColumnWidth: 20, maxPrecision: 3 });
}

/** Rows as `show --output json` has them, a JSON list; numbers as Python writes them, all that has no JSON is text. */
export function tableJson(table: Table): string {
  const rows = table.rows.map((row) => {
    const cells = table.columnNames.map((name, i) => `${pythonJson(name)}: ${cell(row.values[i], table, i)}`);
    return `{${cells.join(', ')}}`;
  });
  return `[${rows.join(', ')}]`;
}

function cell(value: unknown, table: Table, index: number): string {
  if (value === null || value === undefined) return 'null';
  const text = pyStr(value);
  switch (table.columnTypes[index]) {
    case 'Integer':
      return text;
    case 'Number':
      return float(Number(text));
    case 'Boolean':
      return value === true ? 'true' : 'false';
    case 'Date':
      return pythonJson(text);
    case 'DateTime':
    case 'ISODateTime':
      return pythonJson(text.replace(' ', 'T'));
    default:
      return pythonJson(text);
  }
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}
