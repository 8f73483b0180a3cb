import { PyError, typeError } from '../errors.js';
import { type DictLike, dictEntries, dictGet, dictHas, dictSize, isDict } from './dict.js';
import { isNumeric, PyFloat } from './numbers.js';
import { asHost, JINJA } from './protocol.js';
import { PyBytes, PyDictView, PyRange } from './sequence.js';
import { PySet } from './set.js';
import { PyTuple } from './tuple.js';
import { typeName } from './type-name.js';
import { isUndefined, requireDefined } from './undefined.js';

const MAX_DEPTH = 500;

/** Python's `==`. Numbers compare by value over int, float and bool; other types are equal only to their own. */
export function pyEquals(a: unknown, b: unknown): boolean {
  if (a === b) return typeof a !== 'number' || !Number.isNaN(a);
  if (typeof a === 'string') return typeof b === 'object' && (hostEquals(b, a) ?? false);
  if (typeof b === 'string') return typeof a === 'object' && (hostEquals(a, b) ?? false);
  return equals(a, b, 0);
}

function equals(a: unknown, b: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) throw new PyError('RecursionError', 'maximum recursion depth exceeded in comparison');
  if (a === b) return typeof a !== 'number' || !Number.isNaN(a);
  if (isNumeric(a) && isNumeric(b)) return numbersEqual(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && itemsEqual(a, b, depth);
  if (a instanceof PyTuple) return b instanceof PyTuple && itemsEqual(a.items, b.items, depth);
  if (isDict(a)) return isDict(b) && dictsEqual(a, b, depth);
  if (a instanceof PySet || a instanceof PyDictView) {
    if (!(b instanceof PySet || b instanceof PyDictView)) return false;
    const left = [...a];
    const right = b instanceof PySet ? b : new PySet(b);
    return left.length === right.size && left.every((item) => right.has(item));
  }
  if (isUndefined(a)) return isUndefined(b);
  if (a instanceof PyRange && b instanceof PyRange) return itemsEqual([...a], [...b], depth);
  if (a instanceof PyBytes && b instanceof PyBytes) return Buffer.compare(a.bytes, b.bytes) === 0;
  return hostEquals(a, b) ?? hostEquals(b, a) ?? false;
}

function hostEquals(a: unknown, b: unknown): boolean | undefined {
  const host = asHost(a);
  const eq = host?.[JINJA.eq];
  return host && typeof eq === 'function' ? eq.call(host, b) : undefined;
}

function numberOf(value: number | bigint | boolean | PyFloat): number | bigint {
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value;
}

function numbersEqual(a: number | bigint | boolean | PyFloat, b: number | bigint | boolean | PyFloat): boolean {
  // JavaScript's == compares a bigint with a number exactly, as Python does an int with a float.
  // biome-ignore lint/suspicious/noDoubleEquals: mixed bigint and number comparison is the point
  return numberOf(a) == numberOf(b);
}

function itemsEqual(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !equals(a[i], b[i], depth + 1)) return false;
  }
  return true;
}

function dictsEqual(a: DictLike, b: DictLike, depth: number): boolean {
  if (dictSize(a) !== dictSize(b)) return false;
  for (const [key, value] of dictEntries(a)) {
    if (!dictHas(b, key) || !equals(value, dictGet(b, key), depth + 1)) return false;
  }
  return true;
}

/** The comparison operators that order values. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** Python's `<`, `<=`, `>`, `>=`; a TypeError for types without an order. */
export function pyOrder(operator: OrderOperator, a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return holds(operator, a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN);
  requireDefined(a);
  requireDefined(b);
  if (a instanceof PySet && b instanceof PySet) return subset(operator, a, b);
  const order = compare(a, b, operator, 0);
  return holds(operator, order);
}

function holds(operator: OrderOperator, order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  return order >= 0;
}

function subset(operator: OrderOperator, a: PySet, b: PySet): boolean {
  if (operator.startsWith('>')) return subset(operator === '>' ? '<' : '<=', b, a);
  return [...a].every((item) => b.has(item)) && (operator === '<=' || a.size < b.size);
}

/** Orders two values for sorting: negative, zero or positive, by Python's `<`. */
export function pyCompare(a: unknown, b: unknown): number {
  requireDefined(a);
  requireDefined(b);
  return compare(a, b, '<', 0);
}

function compare(a: unknown, b: unknown, operator: OrderOperator, depth: number): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isNumeric(a) && isNumeric(b)) {
    const x = numberOf(a);
    const y = numberOf(b);
    if (x < y) return -1;
    if (x > y) return 1;
    // biome-ignore lint/suspicious/noDoubleEquals: mixed bigint and number comparison is the point
    return x == y ? 0 : Number.NaN;
  }
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(a, b, operator, depth);
  if (a instanceof PyTuple && b instanceof PyTuple) return compareItems(a.items, b.items, operator, depth);
  if (a instanceof PyBytes && b instanceof PyBytes) return Buffer.compare(a.bytes, b.bytes);
  const left = asHost(a);
  const leftCompare = left?.[JINJA.compare];
  const forward = left && typeof leftCompare === 'function' ? leftCompare.call(left, b) : undefined;
  if (forward !== undefined) return forward;
  const right = asHost(b);
  const rightCompare = right?.[JINJA.compare];
  const backward = right && typeof rightCompare === 'function' ? rightCompare.call(right, a) : undefined;
  if (backward !== undefined) return -backward;
  requireDefined(a);
  requireDefined(b);
  throw typeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function compareItems(a: readonly unknown[], b: readonly unknown[], operator: OrderOperator, depth: number): number {
  if (depth > MAX_DEPTH) throw new PyError('RecursionError', 'maximum recursion depth exceeded in comparison');
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i] && !equals(a[i], b[i], 0)) return compare(a[i], b[i], operator, depth + 1);
  }
  return a.length - b.length;
}

/** Compares by code point, as Python does; JavaScript's own order differs where surrogates meet U+E000–U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xSurrogate = x >= 0xd800 && x <= 0xdfff;
    const ySurrogate = y >= 0xd800 && y <= 0xdfff;
    if (xSurrogate !== ySurrogate) return xSurrogate ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
