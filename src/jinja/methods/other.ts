import { PyError, valueError } from '../errors.js';
import { pyEquals } from '../values/compare.js';
import { iterate, toArray } from '../values/iterate.js';
import type { PyBytes } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { pyRepr } from '../values/text.js';
import type { PyTuple } from '../values/tuple.js';
import { indexOf } from './list.js';
import { type Method, methodTable, positionalOnly } from './method.js';

/** The methods of tuples. */
export const TUPLE_METHODS = methodTable<PyTuple>({
  index: (self, args) => {
    const [item, start, stop] = positionalOnly('tuple', 'index', args, 1, 3);
    const at = indexOf(self.items, item, start, stop);
    if (at === -1) throw valueError('tuple.index(x): x not in tuple');
    return at;
  },
  count: (self, args) => {
    const [item] = positionalOnly('tuple', 'count', args, 1);
    return self.items.filter((other) => pyEquals(other, item)).length;
  },
});

function others(args: Parameters<Method<PySet>>[1]): unknown[][] {
  return args.positional.map(toArray);
}

const difference: Method<PySet> = (self, args) => {
  const out = new PySet(self);
  for (const items of others(args)) for (const item of items) out.delete(item);
  return out;
};

const union: Method<PySet> = (self, args) => {
  const out = new PySet(self);
  for (const items of others(args)) for (const item of items) out.add(item);
  return out;
};

const intersection: Method<PySet> = (self, args) => {
  const sets = others(args).map((items) => new PySet(items));
  return new PySet([...self].filter((item) => sets.every((set) => set.has(item))));
};

const symmetricDifference: Method<PySet> = (self, args) => {
  const [other] = positionalOnly('set', 'symmetric_difference', args, 1);
  const right = new PySet(iterate(other));
  return new PySet([...[...self].filter((i) => !right.has(i)), ...[...right].filter((i) => !self.has(i))]);
};

/** The methods of sets. */
export const SET_METHODS = methodTable<PySet>({
  difference,
  union,
  intersection,
  symmetric_difference: symmetricDifference,
  add: (self, args) => {
    const [item] = positionalOnly('set', 'add', args, 1);
    self.add(item);
    return null;
  },
  update: (self, args) => {
    for (const items of others(args)) for (const item of items) self.add(item);
    return null;
  },
  discard: (self, args) => {
    self.delete(positionalOnly('set', 'discard', args, 1)[0]);
    return null;
  },
  remove: (self, args) => {
    const [item] = positionalOnly('set', 'remove', args, 1);
    if (!self.delete(item)) throw new PyError('KeyError', pyRepr(item));
    return null;
  },
  pop: (self, args) => {
    positionalOnly('set', 'pop', args, 0);
    for (const item of self) {
      self.delete(item);
      return item;
    }
    throw new PyError('KeyError', "'pop from an empty set'");
  },
  clear: (self) => {
    self.clear();
    return null;
  },
  copy: (self) => new PySet(self),
  issubset: (self, args) => {
    const right = new PySet(iterate(args.positional[0]));
    return [...self].every((item) => right.has(item));
  },
  issuperset: (self, args) => toArray(args.positional[0]).every((item) => self.has(item)),
  isdisjoint: (self, args) => !toArray(args.positional[0]).some((item) => self.has(item)),
});

/** The methods of bytes. */
export const BYTES_METHODS = methodTable<PyBytes>({
  decode: (self) => Buffer.from(self.bytes).toString('utf8'),
  hex: (self) => Buffer.from(self.bytes).toString('hex'),
});
