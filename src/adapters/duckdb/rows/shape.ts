import type * as Driver from '@duckdb/node-api';
import type { DuckDBType } from '@duckdb/node-api';
import { driverTypeOf, isDecimal } from './driver-values.js';

type Api = typeof Driver;

/**
 * What the values of a column, or of a part of one, have been so far. Numbers are kept as DOUBLE, which holds each of JavaScript's,
 * and bigints as HUGEINT; whether BIGINT does is known at the end.
 */
export type Shape =
  | { kind: 'null' }
  | { kind: 'number'; whole: boolean }
  | { kind: 'bigint'; wide: boolean }
  | { kind: 'decimal'; width: number; scale: number }
  | { kind: 'list'; item: Shape }
  | { kind: 'struct'; readonly fields: Map<string, Shape> }
  | { kind: 'map'; key: Shape; value: Shape }
  | { kind: 'scalar'; readonly type: DuckDBType };

/** Why a value does not fit. */
export class Misfit extends Error {
  /** The way to the value within the row, e.g. `items[2].price`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A value as it is told to the user. */
export function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value instanceof Date) return `Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) {
    const name = Object.getPrototypeOf(value)?.constructor?.name ?? 'object';
    return Array.isArray(value)
      ? 'an array'
      : name === 'Object'
        ? 'an object'
        : `${name} ${String(value).slice(0, 40)}`;
  }
  return String(value);
}

/** How a shape is called in messages. */
export function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'scalar':
      return String(shape.type);
    case 'null':
      return 'NULL';
    case 'decimal':
      return `DECIMAL(${shape.width},${shape.scale})`;
    default:
      return `a ${shape.kind}`;
  }
}

/** The shape of what has been a `shape` so far and is `value` now. */
export function learn(api: Api, shape: Shape, given: unknown, path: string): Shape {
  const value = unwrapped(given);
  if (value === null || value === undefined) return shape;
  const wrong = (): Misfit => new Misfit(path, `${shown(value)} where the rows before have ${nameOf(shape)}`);
  const items = itemsOf(api, value);
  if (items) {
    const list: Shape = shape.kind === 'null' ? { kind: 'list', item: NOTHING } : shape;
    if (list.kind !== 'list') throw wrong();
    for (const [i, one] of items.entries()) list.item = learn(api, list.item, one, `${path}[${i}]`);
    return list;
  }
  const pairs = pairsOf(api, value);
  if (pairs) {
    const map: Shape = shape.kind === 'null' ? { kind: 'map', key: NOTHING, value: NOTHING } : shape;
    if (map.kind !== 'map') throw wrong();
    for (const [key, one] of pairs) {
      map.key = learn(api, map.key, key, `${path} key`);
      map.value = learn(api, map.value, one, `${path}[${shown(key)}]`);
    }
    return map;
  }
  const fields = fieldsOf(api, value);
  if (fields) {
    const struct: Shape = shape.kind === 'null' ? { kind: 'struct', fields: new Map() } : shape;
    if (struct.kind !== 'struct') throw wrong();
    for (const [name, one] of Object.entries(fields)) {
      struct.fields.set(name, learn(api, struct.fields.get(name) ?? NOTHING, one, `${path}.${name}`));
    }
    return struct;
  }
  const simple = simpleShape(api, value);
  if (!simple) throw new Misfit(path, `${shown(value)} has no type in SQL`);
  return merge(shape, simple) ?? refuse(wrong());
}

const NOTHING: Shape = { kind: 'null' };

function refuse(error: Misfit): never {
  throw error;
}

function simpleShape(api: Api, value: unknown): Shape | undefined {
  const scalar = (type: DuckDBType | undefined): Shape | undefined => type && { kind: 'scalar', type };
  switch (typeof value) {
    case 'number':
      return { kind: 'number', whole: Number.isSafeInteger(value) };
    case 'bigint':
      return { kind: 'bigint', wide: isWide(value) };
    case 'string':
      return scalar(api.VARCHAR);
    case 'boolean':
      return scalar(api.BOOLEAN);
    case 'object':
      if (value instanceof Date) return scalar(api.TIMESTAMP);
      if (value instanceof Uint8Array) return scalar(api.BLOB);
      if (isDecimal(value)) return { kind: 'decimal', width: value.width, scale: value.scale };
      return scalar(driverTypeOf(api, value as object));
    default:
      return undefined;
  }
}

/** What values of two shapes have in common; undefined when that is nothing. */
function merge(before: Shape, now: Shape): Shape | undefined {
  if (before.kind === 'null') return now;
  if (before.kind === 'number' && now.kind === 'bigint') return before.whole ? now : undefined;
  if (before.kind === 'bigint' && now.kind === 'number') return now.whole ? before : undefined;
  if (before.kind === 'number' && now.kind === 'number') before.whole &&= now.whole;
  else if (before.kind === 'bigint' && now.kind === 'bigint') before.wide ||= now.wide;
  else if (before.kind === 'decimal' && now.kind === 'decimal') {
    const whole = Math.max(before.width - before.scale, now.width - now.scale);
    before.scale = Math.max(before.scale, now.scale);
    before.width = Math.min(38, whole + before.scale);
  } else if (before.kind !== 'scalar' || now.kind !== 'scalar' || String(before.type) !== String(now.type))
    return undefined;
  return before;
}

/** Whether BIGINT does not hold it. */
export function isWide(value: bigint): boolean {
  return value < LEAST || value > GREATEST;
}

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/**
 * Objects of other libraries say themselves what they are as JSON: a decimal or a date a text, a struct of Arrow an object. What is
 * iterable is a list.
 */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value;
  if (value instanceof Date || value instanceof Map || ArrayBuffer.isView(value)) return value;
  if (/^DuckDB\w+Value$/.test(value.constructor?.name ?? '')) return value;
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>);
  const { toJSON } = value as { readonly toJSON?: unknown };
  return typeof toJSON === 'function' ? unwrapped(toJSON.call(value)) : value;
}

/** The items of an array, of a typed array, of the driver's lists. */
export function itemsOf(api: Api, value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return null;
  if (value instanceof api.DuckDBListValue || value instanceof api.DuckDBArrayValue) return value.items;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as Iterable<number>);
  return null;
}

/** The entries of a Map or of the driver's map. */
export function pairsOf(api: Api, value: unknown): readonly (readonly [unknown, unknown])[] | null {
  if (value instanceof Map) return [...value];
  if (value instanceof api.DuckDBMapValue) return value.entries.map(({ key, value: content }) => [key, content]);
  return null;
}

/** The fields of an object that is no more than that, or of the driver's struct. */
export function fieldsOf(api: Api, value: unknown): { readonly [name: string]: unknown } | null {
  if (typeof value !== 'object' || value === null) return null;
  if (value instanceof api.DuckDBStructValue) return value.entries;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype ? (value as { [name: string]: unknown }) : null;
}

/** The type of the temporary table's column. */
export function storedType(api: Api, shape: Shape): DuckDBType {
  switch (shape.kind) {
    case 'null':
      return api.INTEGER;
    case 'number':
      return api.DOUBLE;
    case 'bigint':
      return api.HUGEINT;
    case 'decimal':
      return api.DECIMAL(38, shape.scale);
    case 'list':
      return api.LIST(storedType(api, shape.item));
    case 'map':
      return api.MAP(storedType(api, shape.key), storedType(api, shape.value));
    case 'struct':
      return api.STRUCT(Object.fromEntries([...shape.fields].map(([name, field]) => [name, storedType(api, field)])));
    case 'scalar':
      return shape.type;
  }
}

/** The type in SQL that the column gets once all rows are known. */
export function finalType(shape: Shape): string {
  switch (shape.kind) {
    case 'null':
      return 'INTEGER';
    case 'number':
      return shape.whole ? 'BIGINT' : 'DOUBLE';
    case 'bigint':
      return shape.wide ? 'HUGEINT' : 'BIGINT';
    case 'decimal':
      return `DECIMAL(${shape.width},${shape.scale})`;
    case 'list':
      return `${finalType(shape.item)}[]`;
    case 'map':
      return `MAP(${finalType(shape.key)}, ${finalType(shape.value)})`;
    case 'struct':
      return `STRUCT(${[...shape.fields].map(([name, field]) => `${quoted(name)} ${finalType(field)}`).join(', ')})`;
    case 'scalar':
      return String(shape.type);
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
