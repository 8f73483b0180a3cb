import { PyError, typeError } from '../errors.js';
import { CompositeKey, hashKey } from './key.js';
import { JINJA } from './protocol.js';

/**
 * Python's dict: insertion order, Python's key equality (1, 1.0 and True are one key, tuples are keys), the key that
 * came first is kept when a value is replaced.
 */
export class PyDict {
  readonly #values = new Map<unknown, unknown>();
  /** Keys whose form differs from their hash key (floats, bools, tuples …). */
  #originals: Map<unknown, unknown> | undefined;
  #composites: Map<string, CompositeKey> | undefined;

  /** Builds a dict from an object's own enumerable properties or from pairs. */
  static from(source: Iterable<readonly [unknown, unknown]> | { readonly [key: string]: unknown }): PyDict {
    const dict = new PyDict();
    if (Symbol.iterator in source) {
      for (const [key, value] of source as Iterable<readonly [unknown, unknown]>) dict.set(key, value);
    } else {
      for (const key of Object.keys(source)) dict.set(key, source[key]);
    }
    return dict;
  }

  get size(): number {
    return this.#values.size;
  }

  [JINJA.hash](): never {
    throw typeError("unhashable type: 'dict'");
  }

  #find(key: unknown): unknown {
    if (typeof key === 'string') return key;
    const hash = hashKey(key);
    if (!(hash instanceof CompositeKey)) return hash;
    return this.#composites?.get(hash.text) ?? hash;
  }

  get(key: unknown): unknown {
    return this.#values.get(this.#find(key));
  }

  has(key: unknown): boolean {
    return this.#values.has(this.#find(key));
  }

  set(key: unknown, value: unknown): void {
    const hash = this.#find(key);
    if (hash !== key && !this.#values.has(hash)) {
      this.#originals ??= new Map();
      this.#originals.set(hash, key);
      if (hash instanceof CompositeKey) {
        this.#composites ??= new Map();
        this.#composites.set(hash.text, hash);
      }
    }
    this.#values.set(hash, value);
  }

  delete(key: unknown): boolean {
    const hash = this.#find(key);
    this.#originals?.delete(hash);
    if (hash instanceof CompositeKey) this.#composites?.delete(hash.text);
    return this.#values.delete(hash);
  }

  clear(): void {
    this.#values.clear();
    this.#originals = undefined;
    this.#composites = undefined;
  }

  *keys(): IterableIterator<unknown> {
    const size = this.#values.size;
    for (const hash of this.#values.keys()) {
      yield this.#original(hash);
      if (this.#values.size !== size) throw new PyError('RuntimeError', 'dictionary changed size during iteration');
    }
  }

  values(): IterableIterator<unknown> {
    return this.#values.values();
  }

  *entries(): IterableIterator<[unknown, unknown]> {
    const size = this.#values.size;
    for (const [hash, value] of this.#values) {
      yield [this.#original(hash), value];
      if (this.#values.size !== size) throw new PyError('RuntimeError', 'dictionary changed size during iteration');
    }
  }

  [Symbol.iterator](): IterableIterator<[unknown, unknown]> {
    return this.entries();
  }

  #original(hash: unknown): unknown {
    const originals = this.#originals;
    return originals?.has(hash) ? originals.get(hash) : hash;
  }
}

/** What templates see as a dict: the engine's own, a Map, or a plain object of the host. */
export type DictLike = PyDict | Map<unknown, unknown> | Record<string, unknown>;

/**
 * Whether a value is a plain object (no class), which templates see as a dict with string keys. One with symbols is
 * an object of the host: a literal that carries the protocol.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
}

/** Whether templates see the value as a dict. */
export function isDict(value: unknown): value is DictLike {
  return value instanceof PyDict || value instanceof Map || isPlainObject(value);
}

/** The number of items of a dict. */
export function dictSize(dict: DictLike): number {
  return dict instanceof PyDict || dict instanceof Map ? dict.size : Object.keys(dict).length;
}

/** The value under a key, or JavaScript's undefined when there is none. A stored `undefined` reads as None. */
export function dictGet(dict: DictLike, key: unknown): unknown {
  if (dict instanceof PyDict) return dict.get(key);
  if (dict instanceof Map) {
    const value = dict.get(key);
    return value === undefined && dict.has(key) ? null : value;
  }
  if (typeof key !== 'string') {
    hashKey(key);
    return undefined;
  }
  if (!Object.hasOwn(dict, key)) return undefined;
  const value = dict[key];
  return value === undefined ? null : value;
}

/** Whether the dict has the key. */
export function dictHas(dict: DictLike, key: unknown): boolean {
  if (dict instanceof PyDict || dict instanceof Map) return dict.has(key);
  if (typeof key !== 'string') hashKey(key);
  return typeof key === 'string' && Object.hasOwn(dict, key);
}

/** Sets an item. A frozen object of the host, or a key that it can't hold, is a TypeError. */
export function dictSet(dict: DictLike, key: unknown, value: unknown): void {
  if (dict instanceof PyDict || dict instanceof Map) {
    dict.set(key, value);
    return;
  }
  if (typeof key !== 'string') throw typeError('this dict takes only str keys');
  if (Object.isFrozen(dict) || (!Object.isExtensible(dict) && !Object.hasOwn(dict, key))) {
    throw typeError('this dict is read-only');
  }
  Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Removes an item; whether it was there. */
export function dictDelete(dict: DictLike, key: unknown): boolean {
  if (dict instanceof PyDict || dict instanceof Map) return dict.delete(key);
  if (typeof key !== 'string' || !Object.hasOwn(dict, key)) return false;
  if (Object.isFrozen(dict) || Object.isSealed(dict)) throw typeError('this dict is read-only');
  return delete dict[key];
}

/** The keys in order. */
export function dictKeys(dict: DictLike): Iterable<unknown> {
  return dict instanceof PyDict || dict instanceof Map ? dict.keys() : Object.keys(dict);
}

/** The values in order. */
export function dictValues(dict: DictLike): Iterable<unknown> {
  return dict instanceof PyDict || dict instanceof Map ? dict.values() : Object.keys(dict).map((k) => dict[k] ?? null);
}

/** The items in order. */
export function dictEntries(dict: DictLike): Iterable<[unknown, unknown]> {
  if (dict instanceof PyDict || dict instanceof Map) return dict.entries();
  return Object.keys(dict).map((key): [unknown, unknown] => [key, dict[key] ?? null]);
}
