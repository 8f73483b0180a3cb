import { PyError, typeError } from '../errors.js';
import { getAttr } from '../runtime/access.js';
import { add } from '../runtime/arithmetic.js';
import { type FilterFunction, filterWith } from '../runtime/functions.js';
import { pyCompare, pyEquals, pyOrder } from '../values/compare.js';
import { dictEntries, isDict } from '../values/dict.js';
import { iterate, pyLength, toArray, truthy, tryIterate } from '../values/iterate.js';
import { asHost, JINJA, NO_KEYWORDS } from '../values/protocol.js';
import { PyIterator } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { pyStr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { isUndefined } from '../values/undefined.js';
import { attributeGetter, attributeGetters, filterArgumentError, type Getter, ignoreCase, integer } from './helpers.js';

const CASE = { name: 'case_sensitive', default: false };
const ATTRIBUTE = { name: 'attribute', default: null };

const length: FilterFunction = (value) => pyLength(value);
const list: FilterFunction = (value) => toArray(value);

const join = filterWith('join', [{ name: 'd', default: '' }, ATTRIBUTE], (value, [separator, attribute], state) => {
  const get = attributeGetter(attribute, state);
  let out = '';
  let first = true;
  const by = pyStr(separator);
  for (const item of iterate(value)) {
    out += first ? pyStr(get(item)) : by + pyStr(get(item));
    first = false;
  }
  return out;
});

const first: FilterFunction = (value, _positional, _keyword, state) => {
  for (const item of iterate(value)) return item;
  return state.undefinedWith('No first item, sequence was empty.');
};

const last: FilterFunction = (value, _positional, _keyword, state) => {
  const items = reversible(value);
  return items.length > 0 ? items.at(-1) : state.undefinedWith('No last item, sequence was empty.');
};

function reversible(value: unknown): unknown[] {
  if (value instanceof PyIterator || value instanceof PySet || tryIterate(value) === undefined)
    throw typeError(`'${typeName(value)}' object is not reversible`);
  return toArray(value);
}

const reverse: FilterFunction = (value) => {
  if (typeof value === 'string') return Array.from(value).reverse().join('');
  if (tryIterate(value) === undefined) throw filterArgumentError('argument must be iterable');
  if (value instanceof PyIterator || value instanceof PySet) return toArray(value).reverse();
  return new PyIterator(toArray(value).reverse(), 'list_reverseiterator');
};

const batch = filterWith(
  'batch',
  ['linecount', { name: 'fill_with', default: null }],
  (value, [lines, fill]) =>
    new PyIterator(
      (function* () {
        const size = integer(lines);
        let current: unknown[] = [];
        for (const item of iterate(value)) {
          if (current.length === size) {
            yield current;
            current = [];
          }
          current.push(item);
        }
        if (current.length === 0) return;
        if (fill !== null) while (current.length < size && size <= 100_000) current.push(fill);
        yield current;
      })(),
    ),
);

const slice = filterWith(
  'slice',
  ['slices', { name: 'fill_with', default: null }],
  (value, [slices, fill]) =>
    new PyIterator(
      (function* () {
        const items = toArray(value);
        const count = integer(slices);
        if (count === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
        const size = Math.floor(items.length / count);
        const extra = items.length % count;
        let offset = 0;
        for (let i = 0; i < count; i++) {
          const start = offset + i * size;
          if (i < extra) offset += 1;
          const part = items.slice(start, offset + (i + 1) * size);
          if (fill !== null && i >= extra) part.push(fill);
          yield part;
        }
      })(),
    ),
);

/** Sorts stably by keys; reverse keeps the order of equal items, as Python does. */
function sortBy(
  items: readonly unknown[],
  getters: readonly Getter[],
  caseSensitive: boolean,
  reversed: boolean,
): unknown[] {
  const keyed = items.map((item) => ({
    item,
    keys: getters.map((get) => (caseSensitive ? get(item) : ignoreCase(get(item)))),
  }));
  const compare = (a: { keys: unknown[] }, b: { keys: unknown[] }): number => {
    for (let i = 0; i < a.keys.length; i++) {
      if (a.keys.length > 1 && pyEquals(a.keys[i], b.keys[i])) continue;
      const order = pyCompare(a.keys[i], b.keys[i]);
      if (order !== 0) return order;
    }
    return 0;
  };
  keyed.sort(reversed ? (a, b) => compare(b, a) : compare);
  return keyed.map(({ item }) => item);
}

const sort = filterWith(
  'sort',
  [{ name: 'reverse', default: false }, CASE, ATTRIBUTE],
  (value, [reversed, caseSensitive, attribute], state) =>
    sortBy(toArray(value), attributeGetters(attribute, state), truthy(caseSensitive), truthy(reversed)),
);

const dictsort = filterWith(
  'dictsort',
  [CASE, { name: 'by', default: 'key' }, { name: 'reverse', default: false }],
  (value, [caseSensitive, by, reversed]) => {
    if (by !== 'key' && by !== 'value') throw filterArgumentError('You can only sort by either "key" or "value"');
    const index = by === 'key' ? 0 : 1;
    const pairs = [...pairsOf(value)];
    return sortBy(pairs, [(pair) => (pair as PyTuple).items[index]], truthy(caseSensitive), truthy(reversed));
  },
);

function* pairsOf(value: unknown): Iterable<PyTuple> {
  if (isDict(value)) {
    for (const entry of dictEntries(value)) yield new PyTuple(entry);
    return;
  }
  const host = asHost(value);
  const method = host?.[JINJA.attr]?.('items');
  const owner = asHost(method);
  const call = owner?.[JINJA.call];
  if (!owner || typeof call !== 'function') throw typeError(`'${typeName(value)}' object has no attribute 'items'`);
  for (const pair of iterate(call.call(owner, { positional: [], keyword: NO_KEYWORDS }))) {
    yield pair instanceof PyTuple ? pair : new PyTuple(toArray(pair));
  }
}

const unique = filterWith(
  'unique',
  [CASE, ATTRIBUTE],
  (value, [caseSensitive, attribute], state) =>
    new PyIterator(
      (function* () {
        const get = attributeGetter(attribute, state);
        const seen = new PySet();
        for (const item of iterate(value)) {
          const key = truthy(caseSensitive) ? get(item) : ignoreCase(get(item));
          if (seen.has(key)) continue;
          seen.add(key);
          yield item;
        }
      })(),
    ),
);

function extreme(name: string, operator: '<' | '>'): FilterFunction {
  return filterWith(name, [CASE, ATTRIBUTE], (value, [caseSensitive, attribute], state) => {
    const get = attributeGetter(attribute, state);
    const key = (item: unknown): unknown => (truthy(caseSensitive) ? get(item) : ignoreCase(get(item)));
    let best: unknown;
    let bestKey: unknown;
    let any = false;
    for (const item of iterate(value)) {
      const itemKey = key(item);
      if (!any || pyOrder(operator, itemKey, bestKey)) {
        best = item;
        bestKey = itemKey;
      }
      any = true;
    }
    return any ? best : state.undefinedWith('No aggregated item, sequence was empty.');
  });
}

const sum = filterWith('sum', [ATTRIBUTE, { name: 'start', default: 0 }], (value, [attribute, start], state) => {
  const get = attributeGetter(attribute, state);
  let total = start;
  for (const item of iterate(value)) total = add(total, get(item));
  return total;
});

/** A group of `groupby`: a pair that also has names. */
class GroupTuple extends PyTuple {
  [JINJA.attr](name: string): unknown {
    if (name === 'grouper') return this.items[0];
    return name === 'list' ? this.items[1] : undefined;
  }
}

const groupby = filterWith(
  'groupby',
  ['attribute', { name: 'default', default: null }, CASE],
  (value, [attribute, fallback, caseSensitive], state) => {
    const get = attributeGetter(attribute, state, fallback);
    const key = (item: unknown): unknown => (truthy(caseSensitive) ? get(item) : ignoreCase(get(item)));
    const sorted = sortBy(toArray(value), [get], truthy(caseSensitive), false);
    const groups: { key: unknown; items: unknown[] }[] = [];
    for (const item of sorted) {
      const itemKey = key(item);
      const current = groups.at(-1);
      if (current && pyEquals(current.key, itemKey)) current.items.push(item);
      else groups.push({ key: itemKey, items: [item] });
    }
    return groups.map(({ items }) => new GroupTuple([get(items[0]), items]));
  },
);

const random: FilterFunction = (value, _positional, _keyword, state) => {
  if (pyLength(value) === 0) return state.undefinedWith('No random item, sequence was empty.');
  const items = toArray(value);
  state.context.onChance?.();
  return items[Math.floor(Math.random() * items.length)];
};

const attr = filterWith('attr', ['name'], (value, [name], state) => {
  const key = pyStr(name);
  if (isDict(value) || Array.isArray(value) || value instanceof PyTuple) {
    // Unlike `x.name` this never falls back to the item.
    const found = getAttr(isDict(value) ? EMPTY_DICT : value, key, state);
    if (isUndefined(found)) return getAttr(EMPTY_DICT, key, state);
    return getAttr(value, key, state);
  }
  return getAttr(value, key, state);
});

const EMPTY_DICT: Record<string, unknown> = Object.freeze({});

const items: FilterFunction = (value) => {
  if (isUndefined(value)) return new PyIterator([]);
  const mapping = isDict(value) || asHost(value)?.[JINJA.mapping] === true;
  if (!mapping) throw typeError('Can only get item pairs from a mapping.');
  return new PyIterator(pairsOf(value));
};

/** The filters on sequences and dicts. */
export const SEQUENCE_FILTERS: Readonly<Record<string, FilterFunction>> = {
  attr,
  batch,
  count: length,
  dictsort,
  first,
  groupby,
  items,
  join,
  last,
  length,
  list,
  max: extreme('max', '>'),
  min: extreme('min', '<'),
  random,
  reverse,
  slice,
  sort,
  sum,
  unique,
};
