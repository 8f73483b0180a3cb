import { type HostObject, JINJA, typeName } from '../../jinja/values.js';

/** agate's types of columns, in the order in which dbt tries them. */
export type DataTypeName = 'Integer' | 'Number' | 'Date' | 'DateTime' | 'ISODateTime' | 'Boolean' | 'Text';

const MODULES: { readonly [name in DataTypeName]: string } = {
  Integer: 'dbt_common.clients.agate_helper',
  Number: 'agate.data_types.number',
  Date: 'agate.data_types.date',
  DateTime: 'agate.data_types.date_time',
  ISODateTime: 'dbt_common.clients.agate_helper',
  Boolean: 'agate.data_types.boolean',
  Text: 'agate.data_types.text',
};

/** The type of a table's column as templates see it. */
export class DataType implements HostObject {
  readonly name: DataTypeName;

  constructor(name: DataTypeName) {
    this.name = name;
  }

  get [JINJA.type](): string {
    return this.name;
  }

  [JINJA.str](): string {
    return `<${MODULES[this.name]}.${this.name} object>`;
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof DataType && other.name === this.name;
  }
}

/** The one type that all values of a column of a query's result have; nulls have any. */
export function typeOfValues(values: Iterable<unknown>): DataTypeName {
  const seen = new Set<string>();
  for (const value of values) if (value !== null) seen.add(typeName(value));
  if (seen.size === 0) return 'Integer';
  if (seen.size > 1) return [...seen].every((t) => t === 'int' || t === 'float' || t === 'Decimal') ? 'Number' : 'Text';
  const [only] = seen;
  switch (only) {
    case 'int':
      return 'Integer';
    case 'float':
    case 'Decimal':
    case 'decimal.Decimal':
      return 'Number';
    case 'date':
    case 'datetime.date':
      return 'Date';
    case 'datetime':
    case 'datetime.datetime':
      return 'DateTime';
    case 'bool':
      return 'Boolean';
    default:
      return 'Text';
  }
}
