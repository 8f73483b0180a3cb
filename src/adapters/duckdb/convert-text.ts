import type {
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBType,
  DuckDBUnionType,
  DuckDBValue,
} from '@duckdb/node-api';
import { floatRepr } from '../../jinja/values.js';
import { civil, type TextOf } from './convert.js';

type Api = typeof import('@duckdb/node-api');

/** Values that become texts in dbt's table, written as Python writes them: containers as JSON. */
export function textConverter(api: Api): TextOf {
  const scalar = (value: DuckDBValue): string => {
    if (value instanceof api.DuckDBIntervalValue) return timedelta(value);
    if (value instanceof api.DuckDBTimeValue) return time(value.micros, null);
    if (value instanceof api.DuckDBTimeTZValue) return time(value.micros, value.offset);
    if (value instanceof api.DuckDBBlobValue) return bytes(value.bytes);
    return String(value);
  };
  const json = (value: DuckDBValue, type: DuckDBType): string => {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'number')
      return type.typeId === FLOAT || type.typeId === DOUBLE ? number(value) : String(value);
    if (typeof value === 'string') return quote(value);
    if (value instanceof api.DuckDBListValue || value instanceof api.DuckDBArrayValue) {
      const { valueType } = type as DuckDBListType;
      return `[${value.items.map((item) => json(item, valueType)).join(', ')}]`;
    }
    if (value instanceof api.DuckDBStructValue) {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      const pairs = entryNames.map(
        (key, i) => `${quote(key)}: ${json(value.entries[key] ?? null, entryTypes[i] ?? type)}`,
      );
      return `{${pairs.join(', ')}}`;
    }
    if (value instanceof api.DuckDBMapValue) {
      const { valueType } = type as DuckDBMapType;
      const pairs = value.entries.map(
        ({ key, value: item }) => `${quote(keyText(key, scalar))}: ${json(item, valueType)}`,
      );
      return `{${pairs.join(', ')}}`;
    }
    if (value instanceof api.DuckDBUnionValue)
      return json(value.value, (type as DuckDBUnionType).memberTypeForTag(value.tag));
    if (value instanceof api.DuckDBDecimalValue) return number(value.toDouble());
    if (value instanceof api.DuckDBTimestampValue) return quote(isoTimestamp(value.micros));
    return quote(scalar(value));
  };
  return (type) => (CONTAINERS.has(type.typeId) ? (value) => json(value, type) : scalar);
}

const FLOAT = 10;
const DOUBLE = 11;
/** LIST, STRUCT, MAP and ARRAY. */
const CONTAINERS: ReadonlySet<number> = new Set([24, 25, 26, 33]);

function keyText(key: DuckDBValue, scalar: (value: DuckDBValue) => string): string {
  return typeof key === 'string' ? key : scalar(key);
}

/** A float as Python's json writes it. */
function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

/** A JSON text in ASCII, as Python writes it. */
function quote(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const two = (n: number): string => String(n).padStart(2, '0');

function clock(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const fraction = Number(micros % 1_000_000n);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(6, '0')}`;
}

function time(micros: bigint, offsetSeconds: number | null): string {
  if (offsetSeconds === null) return clock(micros);
  const away = Math.abs(offsetSeconds);
  const seconds = away % 60 === 0 ? '' : `:${two(away % 60)}`;
  return `${clock(micros)}${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(away / 3600))}:${two(Math.floor(away / 60) % 60)}${seconds}`;
}

/** Python's timedelta: a month is 30 days to DuckDB's Python. */
function timedelta({ months, days, micros }: { months: number; days: number; micros: bigint }): string {
  const total = BigInt(days + months * 30) * 86_400_000_000n + micros;
  let wholeDays = total / 86_400_000_000n;
  let rest = total % 86_400_000_000n;
  if (rest < 0n) {
    wholeDays -= 1n;
    rest += 86_400_000_000n;
  }
  const text = clock(rest).replace(/^0(\d:)/, '$1');
  if (wholeDays === 0n) return text;
  return `${wholeDays} day${wholeDays === 1n || wholeDays === -1n ? '' : 's'}, ${text}`;
}

function isoTimestamp(micros: bigint): string {
  let days = micros / 86_400_000_000n;
  let rest = micros % 86_400_000_000n;
  if (rest < 0n) {
    days -= 1n;
    rest += 86_400_000_000n;
  }
  const { year, month, day } = civil(Number(days));
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock(rest)}`;
}

/** Python's repr of bytes. */
function bytes(value: Uint8Array): string {
  const text = Buffer.from(value).toString('latin1');
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (char === mark || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (code < 32 || code > 126) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return `b${mark}${out}${mark}`;
}
