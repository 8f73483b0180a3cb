import { Relation } from '../../src/adapters/base/relation.js';
import { Table } from '../../src/adapters/base/table.js';
import {
  asHost,
  dictEntries,
  isDict,
  JINJA,
  PyTuple,
  pyRepr,
  pyStr,
  toArray,
  typeName,
} from '../../src/jinja/values.js';

const SCALARS = new Set(['NoneType', 'bool', 'int', 'float', 'Decimal', 'date', 'datetime']);

/** A value as the recorder of the macros' results writes it: JSON that tells its type. */
export function showValue(value: unknown): unknown {
  if (value instanceof Table) {
    return { table: value.columnNames, rows: value.rows.map((row) => row.values.map(showValue)) };
  }
  const type = typeName(value).replace(/^(datetime|decimal)\./, '');
  if (type === 'MacroGenerator') {
    const { definition } = value as { definition: { fullName: string } };
    return { macro: definition.fullName };
  }
  if (Array.isArray(value) || value instanceof PyTuple) return { [type]: toArray(value).map(showValue) };
  if (typeof value === 'string') return value;
  if (value instanceof Relation) return { relation: pyStr(value), type: value.type };
  if (isDict(value)) return { dict: [...dictEntries(value)].map(([k, v]) => [showValue(k), showValue(v)]) };
  if (SCALARS.has(type)) return { [type]: pyStr(value) };
  return { [asHost(value)?.[JINJA.type] ?? type]: pyRepr(value) };
}
