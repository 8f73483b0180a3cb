import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { floatRepr, makeInt } from '../../jinja/values.js';
import { makeDate, makeDateTime, makeDecimal } from '../base/python-values.js';

/** Makes a template's value of an engine's. */
export type Convert = (value: DuckDBValue) => unknown;
/** Makes a text of values of a type. */
export type TextOf = (type: DuckDBType) => Convert;

/** DuckDB's type ids, as the C API numbers them; the package's enum is not loaded for them. */
const ID = {
  boolean: 1,
  integers: new Set([2, 3, 4, 5, 6, 7, 8, 9, 16, 32, 35]),
  float: 10,
  double: 11,
  timestamp: 12,
  date: 13,
  varchar: 17,
  decimal: 19,
  timestampS: 20,
  timestampMs: 21,
  timestampNs: 22,
  enum: 23,
  timestampTz: 31,
  union: 28,
};

/** The fields that values of DuckDB's classes carry; they are told apart by the column's type. */
interface Parts {
  readonly days: number;
  readonly micros: bigint;
  readonly millis: bigint;
  readonly seconds: bigint;
  readonly nanos: bigint;
  readonly value: bigint;
  readonly scale: number;
  readonly tag: string;
}

/**
 * What dbt's table makes of a column of that type: integers exact, DECIMAL, DOUBLE and FLOAT decimals, dates and
 * timestamps Python's, lists and structures JSON texts, all else text.
 */
export function converterFor(type: DuckDBType, textOf: TextOf): Convert {
  const id = type.typeId as number;
  const text = textOf(type);
  if (ID.integers.has(id)) return (value) => makeInt(value as number | bigint);
  switch (id) {
    case ID.boolean:
    case ID.varchar:
    case ID.enum:
      return (value) => value;
    case ID.float:
    case ID.double:
      return (value) => makeDecimal(decimalText(value as number));
    case ID.decimal:
      return (value) => makeDecimal(scaled(value as unknown as Parts));
    case ID.date:
      return (value) => dateOf(value as unknown as Parts, value, text);
    case ID.timestamp:
      return (value) => timestamp((value as unknown as Parts).micros, null, value, text);
    case ID.timestampTz:
      return (value) => timestamp((value as unknown as Parts).micros, 0, value, text);
    case ID.timestampS:
      return (value) => timestamp((value as unknown as Parts).seconds * 1_000_000n, null, value, text);
    case ID.timestampMs:
      return (value) => timestamp((value as unknown as Parts).millis * 1000n, null, value, text);
    case ID.timestampNs:
      return (value) => timestamp(floorDiv((value as unknown as Parts).nanos, 1000n), null, value, text);
    case ID.union: {
      const members = type as unknown as { memberTags: readonly string[]; memberTypes: readonly DuckDBType[] };
      const converters = new Map(
        members.memberTags.map((tag, i) => [tag, converterFor(members.memberTypes[i] as DuckDBType, textOf)]),
      );
      return (value) => {
        const inside = value as unknown as { readonly tag: string; readonly value: DuckDBValue };
        return inside.value === null ? null : converters.get(inside.tag)?.(inside.value);
      };
    }
    default:
      return text;
  }
}

/** Python's `Decimal(repr(x))`. */
export function decimalText(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Infinity' : '-Infinity';
  const repr = floatRepr(x);
  const [digits = '', exponent] = repr.split('e');
  if (exponent === undefined) return repr;
  const fraction = digits.split('.')[1] ?? '';
  const power = Number(exponent) - fraction.length;
  const negative = digits.startsWith('-');
  const bare = digits.replace('-', '').replace('.', '');
  return (negative ? '-' : '') + engineering(bare, power);
}

/** A coefficient and a power of ten as Python writes a Decimal: plain when that needs no zeros, else with an exponent. */
function engineering(coefficient: string, power: number): string {
  const adjusted = power + coefficient.length - 1;
  if (power <= 0 && adjusted >= -6) {
    if (power === 0) return coefficient;
    const padded = coefficient.padStart(-power + 1, '0');
    return `${padded.slice(0, power)}.${padded.slice(power)}`;
  }
  const mantissa = coefficient.length === 1 ? coefficient : `${coefficient[0]}.${coefficient.slice(1)}`;
  return `${mantissa}E${adjusted < 0 ? '' : '+'}${adjusted}`;
}

function scaled({ value, scale }: Parts): string {
  const negative = value < 0n;
  return (negative ? '-' : '') + engineering((negative ? -value : value).toString(), -scale);
}

/** Days to a civil date, proleptic Gregorian; Python ends at the years 1 and 9999. */
export function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

function dateOf({ days }: Parts, value: DuckDBValue, text: Convert): unknown {
  const { year, month, day } = civil(days);
  return year < 1 || year > 9999 ? text(value) : makeDate(year, month, day);
}

const MICROS_A_DAY = 86_400_000_000n;

function timestamp(micros: bigint, offset: number | null, value: DuckDBValue, text: Convert): unknown {
  const days = floorDiv(micros, MICROS_A_DAY);
  const rest = micros - days * MICROS_A_DAY;
  const date = civil(Number(days));
  if (date.year < 1 || date.year > 9999) return text(value);
  const seconds = Number(rest / 1_000_000n);
  return makeDateTime({
    ...date,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: Number(rest % 1_000_000n),
    offset,
  });
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
