import type * as Driver from '@duckdb/node-api';
import type { DuckDBValue } from '@duckdb/node-api';
import { driverTypeOf, isDecimal } from './driver-values.js';
import { fieldsOf, isWide, itemsOf, Misfit, nameOf, pairsOf, type Shape, shown, unwrapped } from './shape.js';

type Api = typeof Driver;

/** Makes a value of the temporary table's column of one of JavaScript's. `path` is called when the value does not fit. */
export type Write = (value: unknown, path: () => string) => DuckDBValue;

const HUGE = 2n ** 127n;

/**
 * The writer of a column whose shape has been learned. Shapes go on learning what does not change the table: whether all numbers are
 * whole, how wide bigints and decimals are.
 *
 * @param integer Whether the column is to have a type of whole numbers: others are refused then.
 */
export function writerOf(api: Api, shape: Shape, integer = false): Write {
  // What is none of JavaScript's or the driver's own values may know what it is.
  const refuse: Refuse = (value, path) => {
    const inner = unwrapped(value);
    if (inner !== value) return write(inner, path);
    throw new Misfit(path(), `${shown(value)} where the rows before have ${nameOf(shape)}`);
  };
  const write = plainWriter(api, shape, integer, refuse);
  return write;
}

type Refuse = (value: unknown, path: () => string) => DuckDBValue;

function plainWriter(api: Api, shape: Shape, integer: boolean, refuse: Refuse): Write {
  switch (shape.kind) {
    case 'null':
      return (value, path) => (isNull(value) ? null : refuse(value, path));
    case 'number':
      return (value, path) => {
        if (typeof value === 'number') {
          if (!Number.isSafeInteger(value)) {
            if (integer && !Number.isInteger(value)) {
              throw new Misfit(path(), `${value} is no whole number, and the column's type is one of whole numbers`);
            }
            shape.whole = false;
          }
          return value;
        }
        if (isNull(value)) return null;
        const number = typeof value === 'bigint' ? Number(value) : Number.NaN;
        return Number.isSafeInteger(number) ? number : refuse(value, path);
      };
    case 'bigint':
      return (value, path) => {
        if (isNull(value)) return null;
        const whole = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
        if (typeof whole !== 'bigint') return refuse(value, path);
        if (isWide(whole)) {
          if (whole < -HUGE || whole >= HUGE) throw new Misfit(path(), `${shown(value)} is more than a HUGEINT holds`);
          shape.wide = true;
        }
        return whole;
      };
    case 'decimal':
      return (value, path) => {
        if (isNull(value)) return null;
        if (!isDecimal(value) || value.scale > shape.scale) return refuse(value, path);
        const unscaled = value.value * 10n ** BigInt(shape.scale - value.scale);
        const digits = String(unscaled).replace('-', '').length;
        if (digits > 38) return refuse(value, path);
        shape.width = Math.max(shape.width, digits, Math.min(38, value.width - value.scale + shape.scale));
        return new api.DuckDBDecimalValue(unscaled, 38, shape.scale);
      };
    case 'list':
      return listWriter(api, shape, refuse);
    case 'map':
      return mapWriter(api, shape, refuse);
    case 'struct':
      return structWriter(api, shape, refuse);
    case 'scalar':
      return scalarWriter(api, shape, refuse);
  }
}

function listWriter(api: Api, shape: Extract<Shape, { kind: 'list' }>, refuse: Refuse): Write {
  const write = writerOf(api, shape.item);
  return (value, path) => {
    if (isNull(value)) return null;
    const items = itemsOf(api, value);
    if (!items) return refuse(value, path);
    return api.listValue(items.map((item, i) => write(item, () => `${path()}[${i}]`)));
  };
}

function mapWriter(api: Api, shape: Extract<Shape, { kind: 'map' }>, refuse: Refuse): Write {
  const writeKey = writerOf(api, shape.key);
  const write = writerOf(api, shape.value);
  return (value, path) => {
    if (isNull(value)) return null;
    const pairs = pairsOf(api, value);
    if (!pairs) return refuse(value, path);
    return api.mapValue(
      pairs.map(([key, content]) => ({
        key: writeKey(key, () => `${path()} key`),
        value: write(content, () => `${path()}[${shown(key)}]`),
      })),
    );
  };
}

function structWriter(api: Api, shape: Extract<Shape, { kind: 'struct' }>, refuse: Refuse): Write {
  const writers = [...shape.fields].map(([name, field]) => [name, writerOf(api, field)] as const);
  return (value, path) => {
    if (isNull(value)) return null;
    const fields = fieldsOf(api, value);
    if (!fields) return refuse(value, path);
    for (const name of Object.keys(fields)) {
      if (!shape.fields.has(name)) throw new Misfit(`${path()}.${name}`, 'no row before has this field');
    }
    return api.structValue(
      Object.fromEntries(writers.map(([name, write]) => [name, write(fields[name], () => `${path()}.${name}`)])),
    );
  };
}

function scalarWriter(api: Api, { type }: Extract<Shape, { kind: 'scalar' }>, refuse: Refuse): Write {
  const name = String(type);
  if (name === 'VARCHAR')
    return (value, path) => (typeof value === 'string' ? value : isNull(value) ? null : refuse(value, path));
  if (name === 'BOOLEAN')
    return (value, path) => (typeof value === 'boolean' ? value : isNull(value) ? null : refuse(value, path));
  return (value, path) => {
    if (isNull(value)) return null;
    if (value instanceof Date) {
      const time = value.getTime();
      return name === 'TIMESTAMP' && !Number.isNaN(time)
        ? new api.DuckDBTimestampValue(BigInt(time) * 1000n)
        : refuse(value, path);
    }
    if (value instanceof Uint8Array) return name === 'BLOB' ? new api.DuckDBBlobValue(value) : refuse(value, path);
    const known = typeof value === 'object' && String(driverTypeOf(api, value as object)) === name;
    return known ? (value as DuckDBValue) : refuse(value, path);
  };
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
