import { PyError, typeError, valueError } from '../errors.js';
import { pyCompare, pyEquals } from '../values/compare.js';
import { iterate, truthy } from '../values/iterate.js';
import { pyRepr } from '../values/text.js';
import { intArgument, type Method, methodTable, positionalOnly } from './method.js';

type List = unknown[];

/** The position of a value within bounds as `list.index` takes them; -1 when it is not there. */
export function indexOf(items: readonly unknown[], value: unknown, start?: unknown, stop?: unknown): number {
  const clamp = (bound: unknown, fallback: number): number => {
    if (bound === undefined) return fallback;
    const index = intArgument(bound);
    return Math.min(items.length, Math.max(0, index < 0 ? index + items.length : index));
  };
  const end = clamp(stop, items.length);
  for (let i = clamp(start, 0); i < end; i++) if (pyEquals(items[i], value)) return i;
  return -1;
}

const append: Method<List> = (self, args) => {
  const [item] = positionalOnly('list', 'append', args, 1);
  guard(self);
  self.push(item);
  return null;
};

const extend: Method<List> = (self, args) => {
  const [items] = positionalOnly('list', 'extend', args, 1);
  guard(self);
  for (const item of items === self ? self.slice() : iterate(items)) self.push(item);
  return null;
};

const insert: Method<List> = (self, args) => {
  const [index, item] = positionalOnly('list', 'insert', args, 2);
  guard(self);
  self.splice(intArgument(index), 0, item);
  return null;
};

const remove: Method<List> = (self, args) => {
  const [item] = positionalOnly('list', 'remove', args, 1);
  guard(self);
  const index = indexOf(self, item);
  if (index === -1) throw valueError('list.remove(x): x not in list');
  self.splice(index, 1);
  return null;
};

const pop: Method<List> = (self, args) => {
  const [at] = positionalOnly('list', 'pop', args, 0, 1);
  guard(self);
  if (self.length === 0) throw new PyError('IndexError', 'pop from empty list');
  const index = at === undefined ? self.length - 1 : intArgument(at);
  const absolute = index < 0 ? index + self.length : index;
  if (absolute < 0 || absolute >= self.length) throw new PyError('IndexError', 'pop index out of range');
  return self.splice(absolute, 1)[0];
};

const clear: Method<List> = (self, args) => {
  positionalOnly('list', 'clear', args, 0);
  guard(self);
  self.length = 0;
  return null;
};

const index: Method<List> = (self, args) => {
  const [item, start, stop] = positionalOnly('list', 'index', args, 1, 3);
  const at = indexOf(self, item, start, stop);
  if (at === -1) throw valueError(`${pyRepr(item)} is not in list`);
  return at;
};

const count: Method<List> = (self, args) => {
  const [item] = positionalOnly('list', 'count', args, 1);
  return self.filter((other) => pyEquals(other, item)).length;
};

const copy: Method<List> = (self, args) => {
  positionalOnly('list', 'copy', args, 0);
  return self.slice();
};

const reverse: Method<List> = (self, args) => {
  positionalOnly('list', 'reverse', args, 0);
  guard(self);
  self.reverse();
  return null;
};

const sort: Method<List> = (self, args) => {
  if (args.positional.length > 0) throw typeError('sort() takes no positional arguments');
  for (const [name, value] of args.keyword) {
    if (name !== 'reverse' && !(name === 'key' && value === null)) {
      throw typeError(`sort() got an unsupported keyword argument '${name}'`);
    }
  }
  guard(self);
  const reversed = truthy(args.keyword.get('reverse') ?? false);
  self.sort(reversed ? (a, b) => pyCompare(b, a) : pyCompare);
  return null;
};

/** A list longer than this grows in a loop over itself. */
const MAX_LENGTH = 5_000_000;

function guard(list: List): void {
  if (list.length > MAX_LENGTH) throw new PyError('MemoryError', `a list may not be longer than ${MAX_LENGTH}`);
  if (Object.isFrozen(list)) throw typeError('this list is read-only');
}

/** The methods of lists. */
export const LIST_METHODS = methodTable<List>({
  append,
  extend,
  insert,
  remove,
  pop,
  clear,
  index,
  count,
  copy,
  reverse,
  sort,
});
