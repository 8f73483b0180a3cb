import { DbtError, type DbtErrorOptions } from '../../diagnostics/errors.js';
import type { DataTypeName } from './data-type.js';
import { lineOfRow, readCsv } from './python-csv.js';
import { CASTERS, casterOf } from './seed-types.js';
import { Table } from './table.js';

export interface SeedOptions {
  /** Columns that stay text, whatever is in them: those of `column_types`. */
  readonly textColumns?: Iterable<string>;
  /** One character. */
  readonly delimiter?: string;
  /** The seed's file, for the place of an error. */
  readonly file?: string;
}

/**
 * A seed's CSV as a table with dbt's types: of Number, Date, DateTime, ISODateTime, Boolean and Text the first that all
 * values of a column are, an empty value and `null` being none. The first row names the columns.
 *
 * @throws DbtError `seed-invalid` when the text is no table.
 */
export function inferSeed(csvText: string, { textColumns = [], delimiter = ',', file }: SeedOptions = {}): Table {
  if (delimiter.length !== 1) {
    throw new DbtError('seed-invalid', `"delimiter" must be a 1-character string, not '${delimiter}'`);
  }
  const [header, ...rows] = [...readCsv(csvText, delimiter)];
  if (!header) throw new DbtError('seed-invalid', 'The file is empty: it has no row of column names');
  const names = columnNames(header);
  const forced = new Set(textColumns);
  const types = names.map((name, i): DataTypeName => (forced.has(name) ? 'Text' : columnType(rows, i)));
  const casters = types.map(casterOf);
  const values = rows.map((row, number) => {
    if (row.length > names.length) {
      const span = file ? { file, line: lineOfRow(csvText, delimiter, number + 1), column: 1 } : undefined;
      throw tooLong(row, number, names.length, span && { span, sourceText: csvText });
    }
    return casters.map((cast, i) => {
      const text = row[i];
      return text === undefined ? null : cast(text);
    });
  });
  return new Table(names, types, values);
}

/** The first type that every value fits. Without values any does, and then it is Integer. */
function columnType(rows: readonly (readonly string[])[], index: number): DataTypeName {
  let left = CASTERS;
  for (const row of rows) {
    if (left.length === 1) break;
    const text = row[index];
    if (text !== undefined) left = left.filter(([, cast]) => cast(text) !== undefined);
  }
  return left[0]?.[0] ?? 'Text';
}

/** Empty names become letters, repeated ones get a number. */
function columnNames(header: readonly string[]): string[] {
  const names = new Set<string>();
  const numbers = new Map<string, number>();
  for (const [i, given] of header.entries()) {
    const wanted = given === '' ? letterName(i) : given;
    let name = wanted;
    // Numbers that are taken stay taken: the search goes on where it ended for the same name.
    let n = numbers.get(wanted) ?? 2;
    for (; names.has(name); n++) name = `${wanted}_${n}`;
    numbers.set(wanted, n);
    names.add(name);
  }
  return [...names];
}

/** a … z, aa, bb … as agate names columns without a name. */
function letterName(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1);
}

function tooLong(
  row: readonly string[],
  number: number,
  columns: number,
  place: DbtErrorOptions | undefined,
): DbtError {
  return new DbtError(
    'seed-invalid',
    `Row ${number} has ${row.length} values, but Table only has ${columns} columns.`,
    {
      ...place,
      hint: 'Rows are counted from 0, below the header. A value with the delimiter in it needs quotes around it.',
    },
  );
}
