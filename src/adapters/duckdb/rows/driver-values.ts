import type * as Driver from '@duckdb/node-api';
import type { DuckDBDecimalValue, DuckDBType } from '@duckdb/node-api';

type Api = typeof Driver;

/** The type of one of the driver's values for which JavaScript has none; undefined for anything else. */
export function driverTypeOf(api: Api, value: object): DuckDBType | undefined {
  // By name: the project may have a copy of the driver of its own.
  switch (value.constructor?.name) {
    case 'DuckDBBitValue':
      return api.BIT;
    case 'DuckDBBlobValue':
      return api.BLOB;
    case 'DuckDBDateValue':
      return api.DATE;
    case 'DuckDBIntervalValue':
      return api.INTERVAL;
    case 'DuckDBTimeValue':
      return api.TIME;
    case 'DuckDBTimeNSValue':
      return api.TIME_NS;
    case 'DuckDBTimeTZValue':
      return api.TIMETZ;
    case 'DuckDBTimestampValue':
      return api.TIMESTAMP;
    case 'DuckDBTimestampMillisecondsValue':
      return api.TIMESTAMP_MS;
    case 'DuckDBTimestampNanosecondsValue':
      return api.TIMESTAMP_NS;
    case 'DuckDBTimestampSecondsValue':
      return api.TIMESTAMP_S;
    case 'DuckDBTimestampTZValue':
      return api.TIMESTAMPTZ;
    case 'DuckDBUUIDValue':
      return api.UUID;
    default:
      return undefined;
  }
}

/** Narrows to the driver's DECIMAL. */
export function isDecimal(value: unknown): value is DuckDBDecimalValue {
  return typeof value === 'object' && value?.constructor?.name === 'DuckDBDecimalValue';
}
