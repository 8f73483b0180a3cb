import { PyDate, PyDateTime, PyDecimal, PyTimeDelta, PyTimezone } from '../../jinja/values.js';

/** The fields of Python's datetime; `offset` in minutes east of UTC, null without a time zone. */
export interface DateTimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly offset: number | null;
}

/** Python's `Decimal(text)`. */
export function makeDecimal(text: string): PyDecimal {
  return PyDecimal.from(text);
}

/** Python's `date(year, month, day)`. */
export function makeDate(year: number, month: number, day: number): PyDate {
  return new PyDate(year, month, day);
}

/** Python's `datetime(…)`. */
export function makeDateTime({ offset, ...f }: DateTimeFields): PyDateTime {
  const zone = offset === null ? undefined : new PyTimezone(new PyTimeDelta(BigInt(offset) * 60_000_000n));
  return new PyDateTime(f.year, f.month, f.day, f.hour, f.minute, f.second, f.microsecond, zone);
}
