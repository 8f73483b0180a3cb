import { join } from 'node:path';
import { PyError } from '../../../jinja/errors.js';
import { isUndefined, pyStr, typeName } from '../../../jinja/values.js';
import type { DataTypeName } from '../data-type.js';
import { Table } from '../table.js';
import { type Methods, member, pure } from './define.js';

/** The types of a seed's columns in the database, and the form in which its values are bound. */
export function seedMethods(): Methods {
  return {
    convert_type: pure('convert_type', ['agate_table', 'col_idx'], (table, index) => {
      if (!(table instanceof Table)) throw noColumns(table);
      const i = Number(index);
      const type = table.columnTypes[i];
      return type === undefined
        ? null
        : columnType(
            type,
            table.rows.map((row) => row.values[i]),
          );
    }),
    convert_datetimes_to_strs: pure('convert_datetimes_to_strs', ['table'], (table) => {
      if (!(table instanceof Table)) return table;
      const isTime = table.columnTypes.map((type) => type === 'DateTime' || type === 'ISODateTime');
      const types = table.columnTypes.map((type, i): DataTypeName => (isTime[i] ? 'Text' : type));
      const rows = table.rows.map((row) => row.values.map((value, i) => (isTime[i] ? pyStr(value) : value)));
      return new Table(table.columnNames, types, rows);
    }),
    get_seed_file_path: pure('get_seed_file_path', ['model'], (model) => {
      const read = (key: string): string => pyStr(member(model, key) ?? '');
      return join(read('root_path'), read('original_file_path'));
    }),
  };
}

/** Python's error for what is no table. */
function noColumns(value: unknown): PyError {
  if (isUndefined(value)) return new PyError('UndefinedError', 'the table is undefined');
  return new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'column_types'`);
}

/** dbt's type for a column of a seed. Numbers without a fraction in any row are integers, unless they are too long. */
function columnType(type: DataTypeName, values: readonly unknown[]): string {
  switch (type) {
    case 'Integer':
      return 'integer';
    case 'Number':
      return decimalPlaces(values) === 0 ? 'integer' : 'float8';
    case 'Boolean':
      return 'boolean';
    case 'Date':
      return 'date';
    case 'DateTime':
    case 'ISODateTime':
      return 'timestamp without time zone';
    default:
      return 'text';
  }
}

/** Digits of a Python decimal. */
const PRECISION = 28;

/**
 * Python's and agate's arithmetic: a value has 28 digits at most, and when those before and behind the point are more than
 * that together, the ones behind it give way. Whole numbers of more digits come to less than none, which counts as some.
 */
function decimalPlaces(values: readonly unknown[]): number {
  let whole = 1;
  let decimals = 0;
  for (const value of values) {
    const places = value === null ? undefined : placesOf(pyStr(value));
    if (!places) continue;
    whole = Math.max(whole, places.whole);
    decimals = Math.max(decimals, places.decimals);
  }
  return whole + decimals > PRECISION ? PRECISION - whole : decimals;
}

function placesOf(text: string): { readonly whole: number; readonly decimals: number } | undefined {
  const found = /^[+-]?(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text);
  if (!found) return undefined;
  const [, before = '', behind = '', power = '0'] = found;
  let exponent = Number(power) - behind.length;
  let digits = `${before}${behind}`.replace(/^0+/, '');
  if (digits.length > PRECISION) {
    const cut = digits.length - PRECISION;
    const rest = digits.slice(PRECISION);
    const half = `5${'0'.repeat(cut - 1)}`;
    let kept = BigInt(digits.slice(0, PRECISION));
    if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n;
    digits = String(kept);
    exponent += cut;
  }
  const trimmed = digits.replace(/0+$/, '');
  exponent = trimmed === '' ? 0 : exponent + digits.length - trimmed.length;
  return { whole: Math.max(1, trimmed.length) + exponent, decimals: -exponent };
}
