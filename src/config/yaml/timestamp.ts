import { PyDate, PyDateTime, PyTimeDelta, PyTimezone, UTC } from '../../jinja/values.js';

/**
 * What becomes of dates and times: Python's objects, as templates see those of `vars:`, or their text in ISO 8601, as
 * dbt has them in everything that it renders or writes.
 */
export type Dates = 'text' | 'values';

const PARTS =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?)?$/;

/** Reads a timestamp as PyYAML does; an Error with the message of Python's ValueError when there is no such day or hour. */
export function readTimestamp(text: string, dates: Dates): unknown {
  const match = PARTS.exec(text);
  if (!match) return new Error(`'${text}' is not a timestamp`);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(match[i] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const micro = Number((match[7] ?? '').slice(0, 6).padEnd(6, '0'));
  try {
    const value =
      match[4] === undefined
        ? new PyDate(year, month, day)
        : new PyDateTime(year, month, day, hour, minute, second, micro, zone(match));
    return dates === 'values' ? value : value.isoformat();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function zone(match: RegExpExecArray): PyTimezone | undefined {
  if (match[8] === undefined) return undefined;
  const minutes = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  if (minutes === 0) return UTC;
  return new PyTimezone(new PyTimeDelta(BigInt(match[9] === '-' ? -minutes : minutes) * 60_000_000n));
}

/** Whether a value is a date or time of Python. */
export function isDate(value: unknown): value is PyDate | PyDateTime {
  return value instanceof PyDate || value instanceof PyDateTime;
}
