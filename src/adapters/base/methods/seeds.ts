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

/** dbt's type for a column of a seed. Numbers without a fraction in any row are integers. */
function columnType(type: DataTypeName, values: readonly unknown[]): string {
  switch (type) {
    case 'Integer':
      return 'integer';
    case 'Number':
      return values.some(hasFraction) ? 'float8' : 'integer';
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

function hasFraction(value: unknown): boolean {
  if (value === null || typeName(value) === 'int') return false;
  const [digits = '', exponent = '0'] = pyStr(value).toUpperCase().split('E');
  const fraction = (digits.split('.')[1] ?? '').length - Number(exponent);
  if (fraction <= 0) return false;
  const trailing = /0*$/.exec(digits.replace('.', ''))?.[0].length ?? 0;
  return fraction > trailing && /[1-9]/.test(digits);
}
