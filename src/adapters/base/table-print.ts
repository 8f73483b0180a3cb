import { pyStr } from '../../jinja/values.js';

/** The part of a table that printing needs. */
export interface PrintableTable {
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly string[];
  readonly rows: readonly { readonly values: readonly unknown[] }[];
}

export interface PrintOptions {
  /** Null for all. */
  readonly maxRows: number | null;
  readonly maxColumns: number | null;
  readonly maxColumnWidth: number | null;
  /** Decimal places of numbers. */
  readonly maxPrecision: number | null;
}

const ELLIPSIS = '...';

/** A table between pipes, as agate's `print_table` writes it: texts on the left, the rest on the right. */
export function printTable(table: PrintableTable, options: PrintOptions): string {
  const columnCount = Math.min(options.maxColumns ?? Number.POSITIVE_INFINITY, table.columnNames.length);
  const rowCount = Math.min(options.maxRows ?? Number.POSITIVE_INFINITY, table.rows.length);
  const cutColumns = columnCount < table.columnNames.length;
  const rows = table.rows.slice(0, rowCount);
  const cut = (text: string): string =>
    options.maxColumnWidth !== null && text.length > options.maxColumnWidth
      ? text.slice(0, options.maxColumnWidth - ELLIPSIS.length) + ELLIPSIS
      : text;

  const header = table.columnNames.slice(0, columnCount).map(cut);
  const places = header.map((_, i) =>
    table.columnTypes[i] === 'Number'
      ? decimalPlaces(
          rows.map((row) => row.values[i]),
          options.maxPrecision,
        )
      : null,
  );
  const body = rows.map((row) => {
    const cells = header.map((_, i) => cut(formatCell(row.values[i], places[i] ?? null)));
    return cutColumns ? [...cells, ELLIPSIS] : cells;
  });
  if (cutColumns) header.push(ELLIPSIS);

  const widths = header.map((name, i) => Math.max(name.length, ...body.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => {
      const width = widths[i] ?? cell.length;
      return table.columnTypes[i] === 'Text' ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(' | ')} |\n`;
  };
  const divider = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  const more = rowCount < table.rows.length ? line(header.map(() => ELLIPSIS)) : '';
  return line(header) + divider + body.map(line).join('') + more;
}

/** The names and types of a table's columns, as a table. */
export function tableStructure(table: PrintableTable): string {
  const rows = table.columnNames.map((name, i) => ({ values: [name, table.columnTypes[i]] }));
  return printTable(
    { columnNames: ['column', 'data_type'], columnTypes: ['Text', 'Text'], rows },
    { maxRows: null, maxColumns: 6, maxColumnWidth: null, maxPrecision: 3 },
  );
}

interface Places {
  readonly count: number;
  /** Whether places had to be left out; then an ellipsis follows. */
  readonly cut: boolean;
}

function decimalPlaces(values: readonly unknown[], most: number | null): Places {
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    const fraction = /\.(\d*?)0*$/.exec(pyStr(value));
    count = Math.max(count, fraction?.[1]?.length ?? 0);
  }
  return most !== null && count > most ? { count: most, cut: true } : { count, cut: false };
}

function formatCell(value: unknown, places: Places | null): string {
  if (value === null || value === undefined) return '';
  const text = pyStr(value);
  const number = places && /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!places || !number) return text;
  const [, sign = '', whole = '0', fraction = ''] = number;
  const rounded = roundPlaces(whole, fraction, places.count);
  const [units = '0', rest] = rounded.split('.');
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${grouped}${rest === undefined ? '' : `.${rest}`}${places.cut ? '…' : ''}`;
}

/** A decimal text with exactly so many places, halves to even. */
function roundPlaces(whole: string, fraction: string, places: number): string {
  const padded = fraction.padEnd(places, '0');
  let digits = BigInt(whole + padded.slice(0, places));
  const rest = padded.slice(places);
  const half = `5${'0'.repeat(Math.max(0, rest.length - 1))}`;
  if (rest !== '' && (rest > half || (rest === half && digits % 2n === 1n))) digits += 1n;
  const text = digits.toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
