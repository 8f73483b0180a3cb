import { PyError } from '../errors.js';
import { dictEntries, isDict } from './dict.js';
import { PyFloat } from './numbers.js';
import { asHost, JINJA } from './protocol.js';
import { PyDictView, PyIterator, PyRange } from './sequence.js';
import { PySet } from './set.js';
import { pyStr } from './text.js';
import { PyTuple } from './tuple.js';
import { isUndefined } from './undefined.js';

/**
 * Plain JavaScript data of a value: dicts become objects (keys printed as `str` does), tuples and sets arrays, floats
 * numbers, ints beyond 2^53 stay bigints, undefined becomes null. Objects of the host give what their `plain` says,
 * else their text. New objects all the way down: nothing is shared with the template.
 */
export function toPlain(value: unknown): unknown {
  return plain(value, []);
}

function plain(value: unknown, within: object[]): unknown {
  if (typeof value !== 'object' || value === null) return value === undefined ? null : value;
  if (value instanceof PyFloat) return value.value;
  if (isUndefined(value)) return null;
  if (within.includes(value)) throw new PyError('ValueError', 'Circular reference detected');
  within.push(value);
  const result = container(value, within);
  within.pop();
  return result;
}

function container(value: object, within: object[]): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, within));
  if (isDict(value)) {
    const out: Record<string, unknown> = {};
    for (const [key, item] of dictEntries(value)) {
      const name = pyStr(key);
      const converted = plain(item, within);
      if (name === '__proto__') {
        Object.defineProperty(out, name, { value: converted, writable: true, enumerable: true, configurable: true });
      } else out[name] = converted;
    }
    return out;
  }
  if (
    value instanceof PyTuple ||
    value instanceof PySet ||
    value instanceof PyRange ||
    value instanceof PyDictView ||
    value instanceof PyIterator
  ) {
    return Array.from(value as Iterable<unknown>, (item) => plain(item, within));
  }
  const host = asHost(value);
  const own = host?.[JINJA.plain];
  return host && typeof own === 'function' ? own.call(host) : pyStr(value);
}
