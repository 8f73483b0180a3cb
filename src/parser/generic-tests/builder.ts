import { md5 } from '../../context/functions/plain-functions.js';
import type { JsonObject } from '../../contracts/common.js';
import { dictEntries, isDict, PyTuple, pyRepr, pyStr, toPlain } from '../../jinja/values.js';

/** Arguments of a generic test that are configuration, in dbt's order. */
export const CONFIG_ARGUMENTS = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'meta',
  'database',
  'schema',
  'alias',
] as const;

/** The longest name a test may have as an alias. */
const MAX_NAME = 64;

/** What a test is attached to. */
export interface TestTarget {
  /** The name as it is part of the test's name: `orders`, `orders_v2`, `<source>_<table>`. */
  readonly label: string;
  /** The expression that gives its relation: `ref('orders')`, `source('raw', 'orders')`. */
  readonly expression: string;
  readonly isSource: boolean;
}

/** A generic test as it is in a properties file, taken apart. */
export interface GenericTest {
  readonly name: string;
  readonly namespace: string | null;
  /** The macro's arguments, unrendered, the model last. */
  readonly kwargs: Map<string, unknown>;
  readonly config: { readonly [key: string]: unknown };
  readonly description: string;
  /** For the file: shortened when it is long. */
  readonly compiledName: string;
  /** For the unique_id and the fqn. */
  readonly fqnName: string;
  readonly rawCode: string;
}

/** The name of a test made of its type, its target and its arguments: a short one for the alias and the full one. */
export function testNames(
  type: string,
  target: string,
  kwargs: ReadonlyMap<string, unknown>,
): { readonly short: string; readonly full: string } {
  const parts: string[] = [];
  for (const name of [...kwargs.keys()].sort(byCodePoint)) {
    if (name === 'model') continue;
    const value = kwargs.get(name);
    if (isDict(value)) for (const [, item] of dictEntries(value)) parts.push(pyStr(item));
    else if (Array.isArray(value)) parts.push(...value.map((item) => pyStr(item)));
    else if (value instanceof PyTuple) parts.push(...value.items.map((item) => pyStr(item)));
    else parts.push(pyStr(value));
  }
  const unique = parts.map((part) => part.replace(/[^0-9a-zA-Z_]+/g, '_')).join('__');
  const identifier = `${type}_${target}`;
  const full = `${identifier}_${unique}`;
  const short = codePoints(full) >= MAX_NAME ? `${firstCodePoints(identifier, 30)}_${md5(full)}` : full;
  return { short, full };
}

/** dbt's hash of a test: its name and everything it is made of. */
export function testHash(name: string, test: Pick<GenericTest, 'name' | 'namespace' | 'kwargs'>): string {
  const metadata = `{'kwargs': ${hashable(test.kwargs)}, 'name': ${hashable(test.name)}, 'namespace': ${hashable(test.namespace)}}`;
  return md5(name + metadata).slice(-10);
}

/** Python's `repr` of a value whose dictionaries are sorted and whose leaves are texts. */
function hashable(value: unknown): string {
  if (isDict(value)) {
    const entries = [...dictEntries(value)].sort(([a], [b]) => byCodePoint(pyStr(a), pyStr(b)));
    return `{${entries.map(([key, item]) => `${pyRepr(key)}: ${hashable(item)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(hashable).join(', ')}]`;
  return pyRepr(pyStr(value));
}

/** The template that runs a test: a call of its macro and its configuration as a call of `config`. */
export function testCode(macro: string, config: { readonly [key: string]: unknown }): string {
  const options = Object.entries(config).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pyStr(value)}`,
  );
  const call = options.length === 0 ? '' : `{{ config(${options.join(',')}) }}`;
  return `{{ ${macro}(**_dbt_generic_test_kwargs) }}${call}`;
}

/** The arguments as the manifest has them. */
export function plainKwargs(kwargs: ReadonlyMap<string, unknown>): JsonObject {
  return Object.fromEntries([...kwargs].map(([name, value]) => [name, toPlain(value)])) as JsonObject;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Orders texts as Python does, by code point. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p, q] = [x[i]?.codePointAt(0) ?? 0, y[i]?.codePointAt(0) ?? 0];
    if (p !== q) return p - q;
  }
  return x.length - y.length;
}

function codePoints(text: string): number {
  return SURROGATE.test(text) ? [...text].length : text.length;
}

function firstCodePoints(text: string, count: number): string {
  return [...text].slice(0, count).join('');
}
