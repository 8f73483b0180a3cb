import { typeError, valueError } from '../../jinja/errors.js';
import { add } from '../../jinja/runtime/arithmetic.js';
import {
  asHost,
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  isInt,
  iterate,
  JINJA,
  NO_KEYWORDS,
  type Parameter,
  PyIterator,
  PyTuple,
  toArray,
  truthy,
  typeName,
} from '../../jinja/values.js';

/** Longest result that is unrolled; Python's are lazy, a template's have to end. */
const MOST = 100_000;

/**
 * Python's `itertools` as far as dbt exports it: finite iterators over what they are given. `used` is told each call,
 * as dbt warns of them.
 */
export function itertoolsModule(used: () => void): { readonly [name: string]: HostObject } {
  return Object.fromEntries(
    Object.entries(functions()).map(([name, made]) => [
      name,
      hostFunction(name, (args) => {
        used();
        return asHost(made)?.[JINJA.call]?.(args);
      }),
    ]),
  );
}

function functions(): { readonly [name: string]: HostObject } {
  const iterables = (args: CallArgs): unknown[][] => args.positional.map((v) => [...toArray(v)]);
  return {
    chain: hostFunction('chain', (args) => iterator('chain', iterables(args).flat())),
    product: hostFunction('product', (args) => {
      const repeat = Number(args.keyword.get('repeat') ?? 1);
      const pools = iterables(args);
      return tuples('product', product(Array.from({ length: repeat }, () => pools).flat()));
    }),
    permutations: overPool('permutations', true, (pool, r) => arrange(pool, r, 'permutations')),
    combinations: overPool('combinations', false, (pool, r) => arrange(pool, r, 'combinations')),
    combinations_with_replacement: overPool('combinations_with_replacement', false, (pool, r) =>
      arrange(pool, r, 'repeated'),
    ),
    accumulate: fn(
      'accumulate',
      ['iterable', { name: 'func', default: null }, { name: 'initial', default: null }],
      accumulate,
    ),
    compress: fn('compress', ['data', 'selectors'], ([data, selectors]) => {
      const keep = toArray(selectors);
      return iterator(
        'compress',
        toArray(data).filter((_, i) => i < keep.length && truthy(keep[i])),
      );
    }),
    islice: hostFunction('islice', (args) => islice(args)),
    starmap: fn('starmap', ['function', 'iterable'], ([f, items]) =>
      iterator(
        'starmap',
        toArray(items).map((item) => call(f, toArray(item))),
      ),
    ),
    zip_longest: hostFunction('zip_longest', (args) => {
      const pools = iterables(args);
      const length = Math.max(0, ...pools.map((p) => p.length));
      const fill = args.keyword.get('fillvalue') ?? null;
      return tuples(
        'zip_longest',
        Array.from({ length }, (_, i) => pools.map((p) => (i < p.length ? p[i] : fill))),
      );
    }),
    tee: fn('tee', ['iterable', { name: 'n', default: 2 }], ([items, n]) => {
      const all = toArray(items);
      return new PyTuple(Array.from({ length: Number(n) }, () => iterator('_tee', all)));
    }),
    repeat: fn('repeat', ['object', { name: 'times', default: null }], ([object, times]) =>
      iterator(
        'repeat',
        endless('repeat', times === null ? MOST + 1 : Number(times), () => object),
      ),
    ),
    count: fn(
      'count',
      [
        { name: 'start', default: 0 },
        { name: 'step', default: 1 },
      ],
      ([start, step]) =>
        lazy('count', function* () {
          for (let at: unknown = start; ; at = add(at, step)) yield at;
        }),
    ),
    cycle: fn('cycle', ['iterable'], ([items]) =>
      lazy('cycle', function* () {
        const all = toArray(items);
        while (all.length > 0) yield* all;
      }),
    ),
  };
}

function fn(name: string, parameters: readonly Parameter[], body: (values: unknown[]) => unknown): HostObject {
  return hostFunction(name, (args) => body(bindArguments(name, args, parameters)));
}

function call(f: unknown, positional: readonly unknown[]): unknown {
  const host = asHost(f);
  const body = host?.[JINJA.call];
  if (!host || !body) throw typeError(`'${typeName(f)}' object is not callable`);
  return body.call(host, { positional, keyword: NO_KEYWORDS });
}

function iterator(name: string, items: readonly unknown[]): PyIterator {
  return new PyIterator(items, `itertools.${name}`);
}

function lazy(name: string, start: () => Iterable<unknown>): PyIterator {
  return new PyIterator(start(), `itertools.${name}`);
}

const tuples = (name: string, rows: readonly (readonly unknown[])[]): PyIterator =>
  iterator(
    name,
    rows.map((row) => new PyTuple([...row])),
  );

function endless(name: string, times: number, make: () => unknown): unknown[] {
  if (times > MOST) throw valueError(`${name} without an end would not end in a template`);
  return Array.from({ length: Math.max(0, times) }, make);
}

function overPool(
  name: string,
  optional: boolean,
  rows: (pool: readonly unknown[], r: number) => readonly (readonly unknown[])[],
): HostObject {
  const r: Parameter = optional ? { name: 'r', default: null } : 'r';
  return fn(name, ['iterable', r], ([items, length]) => {
    const pool = toArray(items);
    if (length !== null && !isInt(length)) throw typeError('Expected int as r');
    const r = length === null ? pool.length : Number(length);
    if (r < 0) throw valueError('r must be non-negative');
    return tuples(name, rows(pool, r));
  });
}

function product(pools: readonly (readonly unknown[])[]): unknown[][] {
  let rows: unknown[][] = [[]];
  for (const pool of pools) {
    if (rows.length * pool.length > MOST) throw valueError(`product of more than ${MOST} rows`);
    rows = rows.flatMap((row) => pool.map((item) => [...row, item]));
  }
  return rows;
}

/** Selections of `r` places of a pool, in the order in which Python gives them. */
function arrange(pool: readonly unknown[], r: number, kind: 'permutations' | 'combinations' | 'repeated'): unknown[][] {
  const rows: unknown[][] = [];
  const pick = (taken: readonly number[]): void => {
    if (taken.length === r) {
      if (rows.length >= MOST) throw valueError(`${kind} of more than ${MOST} rows`);
      rows.push(taken.map((i) => pool[i]));
      return;
    }
    const last = taken.at(-1);
    const first = last === undefined || kind === 'permutations' ? 0 : kind === 'repeated' ? last : last + 1;
    for (let i = first; i < pool.length; i++) {
      if (kind !== 'permutations' || !taken.includes(i)) pick([...taken, i]);
    }
  };
  pick([]);
  return rows;
}

function accumulate([items, func, initial]: unknown[]): PyIterator {
  const all = [...(initial === null ? [] : [initial]), ...toArray(items)];
  const sums: unknown[] = [];
  for (const item of all) {
    sums.push(sums.length === 0 ? item : func === null ? add(sums.at(-1), item) : call(func, [sums.at(-1), item]));
  }
  return iterator('accumulate', sums);
}

function islice(args: CallArgs): PyIterator {
  const [items, ...bounds] = args.positional;
  const numbers = bounds.map((b) => (b === null ? null : Number(b)));
  const [start, stop, step] =
    numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0] ?? 0, numbers[1], numbers[2] ?? 1];
  const out: unknown[] = [];
  let index = 0;
  for (const item of iterate(items)) {
    if (stop !== null && stop !== undefined && index >= stop) break;
    if (index >= (start ?? 0) && (index - (start ?? 0)) % (step ?? 1) === 0) out.push(item);
    index += 1;
    if (index > MOST) throw valueError('islice without an end would not end in a template');
  }
  return iterator('islice', out);
}
