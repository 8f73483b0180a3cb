import { typeError } from '../errors.js';
import { PyFloat } from './numbers.js';
import { asHost, JINJA } from './protocol.js';
import { PyTuple } from './tuple.js';
import { Undefined } from './undefined.js';

/** A key that stands for a composite value; `text` is equal exactly when the values are. */
export class CompositeKey {
  constructor(readonly text: string) {}
}

const UNDEFINED_KEY = Symbol('undefined');

/**
 * Maps a value to what a JavaScript Map can find it by: Python-equal values give the same key (1, 1.0 and True do).
 * Lists and dicts are a TypeError.
 */
export function hashKey(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'symbol':
      return value;
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'undefined':
      return UNDEFINED_KEY;
    default:
  }
  if (value === null) return null;
  if (value instanceof PyFloat) {
    return Number.isSafeInteger(value.value) ? value.value + 0 : BigInt(value.value);
  }
  if (value instanceof PyTuple) return new CompositeKey(`(${value.items.map(keyText).join(',')})`);
  if (value instanceof Undefined) return UNDEFINED_KEY;
  if (Array.isArray(value)) throw typeError("unhashable type: 'list'");
  const host = asHost(value);
  const hash = host?.[JINJA.hash];
  if (host && typeof hash === 'function') {
    const key = hash.call(host);
    return typeof key === 'string' ? new CompositeKey(`h${JSON.stringify(key)}`) : hashKey(key);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Map || prototype === Object.prototype || prototype === null) {
    throw typeError("unhashable type: 'dict'");
  }
  return value;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function keyText(value: unknown): string {
  const key = hashKey(value);
  if (key instanceof CompositeKey) return key.text;
  if (typeof key === 'string') return JSON.stringify(key);
  if (typeof key === 'object' && key !== null) {
    let id = identities.get(key);
    if (id === undefined) {
      id = nextIdentity++;
      identities.set(key, id);
    }
    return `#${id}`;
  }
  return String(key);
}
