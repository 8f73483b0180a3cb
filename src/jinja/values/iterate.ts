import { typeError } from '../errors.js';
import { pyEquals } from './compare.js';
import { dictHas, dictKeys, dictSize, isDict } from './dict.js';
import { isNumeric, PyFloat } from './numbers.js';
import { asHost, JINJA } from './protocol.js';
import { PyBytes, PyDictView, PyIterator, PyRange } from './sequence.js';
import { PySet } from './set.js';
import { PyTuple } from './tuple.js';
import { typeName } from './type-name.js';
import { isUndefined } from './undefined.js';

const NOTHING: readonly unknown[] = [];

/** Python's `iter(value)`; undefined when the value can't be iterated. Strings go by code point. */
export function tryIterate(value: unknown): Iterable<unknown> | undefined {
  if (Array.isArray(value) || typeof value === 'string') return value;
  if (value instanceof PyTuple) return value.items;
  if (isDict(value)) return dictKeys(value);
  if (isUndefined(value)) return NOTHING;
  if (
    value instanceof PyRange ||
    value instanceof PyIterator ||
    value instanceof PySet ||
    value instanceof PyDictView
  ) {
    return value as Iterable<unknown>;
  }
  if (value instanceof PyBytes) return value.bytes;
  const host = asHost(value);
  const iter = host?.[JINJA.iter];
  return host && typeof iter === 'function' ? iter.call(host) : undefined;
}

/** Python's `iter(value)`, or its TypeError. */
export function iterate(value: unknown): Iterable<unknown> {
  const iterable = tryIterate(value);
  if (iterable === undefined) throw typeError(`'${typeName(value)}' object is not iterable`);
  return iterable;
}

/** Python's `list(value)`: a new array. */
export function toArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice() : [...iterate(value)];
}

const SURROGATE = /[\ud800-\udfff]/;

/** Whether a text has characters beyond U+FFFF, so that its code units and its code points differ. */
export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text);
}

/** The number of code points, Python's `len` of a str. */
export function textLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Python's `len(value)`; undefined when it has none. */
export function tryLength(value: unknown): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof PyTuple) return value.items.length;
  if (isDict(value)) return dictSize(value);
  if (isUndefined(value)) return 0;
  if (value instanceof PySet) return value.size;
  if (value instanceof PyRange) return value.length;
  if (value instanceof PyDictView) return value.size();
  if (value instanceof PyBytes) return value.bytes.length;
  const host = asHost(value);
  const len = host?.[JINJA.len];
  return host && typeof len === 'function' ? len.call(host) : undefined;
}

/** Python's `len(value)`, or its TypeError. */
export function pyLength(value: unknown): number {
  const length = tryLength(value);
  if (length === undefined) throw typeError(`object of type '${typeName(value)}' has no len()`);
  return length;
}

/** Python's truth: empty strings, containers, zeros, None and undefined are false. */
export function truthy(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    case 'undefined':
      return false;
    default:
  }
  if (value === null) return false;
  if (value instanceof PyFloat) return value.value !== 0;
  const host = asHost(value);
  const own = host?.[JINJA.truthy];
  if (host && typeof own === 'function') return own.call(host);
  return tryLength(value) !== 0;
}

/** Python's `needle in container`. */
export function contains(container: unknown, needle: unknown): boolean {
  if (typeof container === 'string') {
    if (typeof needle !== 'string') {
      const host = asHost(needle);
      if (host?.[JINJA.type] === 'str') return container.includes(host[JINJA.str]?.() ?? '');
      throw typeError(`'in <string>' requires string as left operand, not ${typeName(needle)}`);
    }
    return container.includes(needle);
  }
  if (Array.isArray(container)) return arrayHas(container, needle);
  if (container instanceof PyTuple) return arrayHas(container.items, needle);
  if (isDict(container)) return dictHas(container, needle);
  if (container instanceof PySet || container instanceof PyDictView) return container.has(needle);
  const host = asHost(container);
  const own = host?.[JINJA.contains];
  if (host && typeof own === 'function') return own.call(host, needle);
  const iterable = tryIterate(container);
  if (iterable === undefined) throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  for (const item of iterable) if (item === needle || pyEquals(item, needle)) return true;
  return false;
}

function arrayHas(items: readonly unknown[], needle: unknown): boolean {
  for (const item of items) if (item === needle || pyEquals(item, needle)) return true;
  return false;
}

/** Whether the value is a str, list, tuple or another sequence, or a number or anything else: a fast kind check. */
export function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || isNumeric(value);
}
