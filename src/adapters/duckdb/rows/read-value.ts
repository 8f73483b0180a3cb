import type {
  DuckDBBlobValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';

type Read = (value: DuckDBValue) => unknown;

/** DuckDB's type ids, as the C API numbers them. */
const BLOB = 18;
const LIST = 24;
const STRUCT = 25;
const MAP = 26;
const ARRAY = 33;

/**
 * Makes JavaScript's values of a column: `Uint8Array` of BLOB, arrays of LIST and ARRAY, objects of STRUCT, `Map` of MAP. Null for
 * columns whose values are taken as the driver gives them: numbers, bigints from BIGINT on, texts, booleans, and for what
 * JavaScript has no exact type of (DECIMAL, dates, times, INTERVAL, UUID) the driver's own.
 */
export function readerOf(type: DuckDBType): Read | null {
  switch (type.typeId as number) {
    case BLOB:
      return (value) => (value === null ? null : Uint8Array.from((value as DuckDBBlobValue).bytes));
    case LIST:
    case ARRAY: {
      const read = readerOf((type as DuckDBListType).valueType) ?? same;
      return (value) => (value === null ? null : (value as DuckDBListValue).items.map(read));
    }
    case STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      const reads = entryTypes.map((entry) => readerOf(entry) ?? same);
      return (value) => {
        if (value === null) return null;
        const { entries } = value as DuckDBStructValue;
        return Object.fromEntries(entryNames.map((name, i) => [name, reads[i]?.(entries[name] ?? null)]));
      };
    }
    case MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      const key = readerOf(keyType) ?? same;
      const read = readerOf(valueType) ?? same;
      return (value) =>
        value === null
          ? null
          : new Map((value as DuckDBMapValue).entries.map((entry) => [key(entry.key), read(entry.value)]));
    }
    default:
      return null;
  }
}

const same: Read = (value) => value;
