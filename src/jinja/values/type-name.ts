import { isDict } from './dict.js';
import { PyFloat } from './numbers.js';
import { asHost, JINJA } from './protocol.js';
import { PyBytes, PyDictView, PyIterator, PyRange } from './sequence.js';
import { PySet } from './set.js';
import { PyTuple } from './tuple.js';
import { isUndefined } from './undefined.js';

/** The name of a value's Python type: 'int', 'str', 'NoneType' … */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isSafeInteger(value) ? 'int' : 'float';
    case 'function':
      return 'function';
    default:
  }
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (isDict(value)) return 'dict';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PyFloat) return 'float';
  if (isUndefined(value)) return 'Undefined';
  if (value instanceof PySet) return 'set';
  if (value instanceof PyRange) return 'range';
  if (value instanceof PyIterator) return value.kind;
  if (value instanceof PyDictView) return value.kind;
  if (value instanceof PyBytes) return 'bytes';
  return asHost(value)?.[JINJA.type] ?? 'object';
}
