import { PyError, typeError, valueError } from '../errors.js';
import { pyEquals } from '../values/compare.js';
import {
  type DictLike,
  dictDelete,
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictSet,
  dictSize,
  dictValues,
  isDict,
  PyDict,
} from '../values/dict.js';
import { iterate, toArray } from '../values/iterate.js';
import type { CallArgs } from '../values/protocol.js';
import { PyDictView } from '../values/sequence.js';
import { pyRepr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { type Method, methodTable, positionalOnly } from './method.js';

const get: Method<DictLike> = (self, args) => {
  const [key, fallback] = positionalOnly('dict', 'get', args, 1, 2);
  return dictHas(self, key) ? dictGet(self, key) : (fallback ?? null);
};

const keys: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'keys', args, 0);
  return new PyDictView(
    'dict_keys',
    () => dictSize(self),
    () => dictKeys(self),
    (value) => dictHas(self, value),
  );
};

const values: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'values', args, 0);
  return new PyDictView(
    'dict_values',
    () => dictSize(self),
    () => dictValues(self),
    (value) => [...dictValues(self)].some((item) => pyEquals(item, value)),
  );
};

function* itemTuples(dict: DictLike): Iterable<PyTuple> {
  for (const entry of dictEntries(dict)) yield new PyTuple(entry);
}

/** The live view that `d.items()` gives: tuples of key and value. */
export function itemsView(self: DictLike): PyDictView {
  return new PyDictView(
    'dict_items',
    () => dictSize(self),
    () => itemTuples(self),
    (value) =>
      value instanceof PyTuple &&
      value.items.length === 2 &&
      dictHas(self, value.items[0]) &&
      pyEquals(dictGet(self, value.items[0]), value.items[1]),
  );
}

const items: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'items', args, 0);
  return itemsView(self);
};

/** `dict.update`: from a dict, from pairs, from keywords. */
export function updateDict(self: DictLike, args: CallArgs): void {
  const { positional, keyword } = args;
  if (positional.length > 1) throw typeError(`update expected at most 1 argument, got ${positional.length}`);
  if (positional.length === 1) {
    const source = positional[0];
    for (const [key, value] of isDict(source) ? [...dictEntries(source)] : pairs(source)) dictSet(self, key, value);
  }
  for (const [key, value] of keyword) dictSet(self, key, value);
}

/** The key-value pairs of an iterable, as `dict(pairs)` reads them. */
export function* pairs(source: unknown): Iterable<[unknown, unknown]> {
  let index = 0;
  for (const pair of iterate(source)) {
    let both: unknown[];
    try {
      both = toArray(pair);
    } catch {
      throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    if (both.length !== 2) {
      throw valueError(`dictionary update sequence element #${index} has length ${both.length}; 2 is required`);
    }
    yield [both[0], both[1]];
    index += 1;
  }
}

const update: Method<DictLike> = (self, args) => {
  updateDict(self, args);
  return null;
};

const pop: Method<DictLike> = (self, args) => {
  const [key, fallback] = positionalOnly('dict', 'pop', args, 1, 2);
  if (!dictHas(self, key)) {
    if (args.positional.length === 2) return fallback;
    throw new PyError('KeyError', pyRepr(key));
  }
  const value = dictGet(self, key);
  dictDelete(self, key);
  return value;
};

const popitem: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'popitem', args, 0);
  const last = [...dictEntries(self)].at(-1);
  if (!last) throw new PyError('KeyError', "'popitem(): dictionary is empty'");
  dictDelete(self, last[0]);
  return new PyTuple(last);
};

const setdefault: Method<DictLike> = (self, args) => {
  const [key, fallback = null] = positionalOnly('dict', 'setdefault', args, 1, 2);
  if (dictHas(self, key)) return dictGet(self, key);
  dictSet(self, key, fallback);
  return fallback;
};

const clear: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'clear', args, 0);
  for (const key of [...dictKeys(self)]) dictDelete(self, key);
  return null;
};

const copy: Method<DictLike> = (self, args) => {
  positionalOnly('dict', 'copy', args, 0);
  return PyDict.from(dictEntries(self));
};

const fromkeys: Method<DictLike> = (_self, args) => {
  const [source, value = null] = positionalOnly('dict', 'fromkeys', args, 1, 2);
  const out = new PyDict();
  for (const key of iterate(source)) out.set(key, value);
  return out;
};

/** The methods of dicts. */
export const DICT_METHODS = methodTable<DictLike>({
  get,
  keys,
  values,
  items,
  update,
  pop,
  popitem,
  setdefault,
  clear,
  copy,
  fromkeys,
});
