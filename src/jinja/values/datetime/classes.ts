import { typeError, valueError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { PyDict } from '../dict.js';
import { isFloat, isInt, toDouble } from '../numbers.js';
import { type CallArgs, type HostObject, hostFunction, JINJA } from '../protocol.js';
import { pyRepr, pyStr } from '../text.js';
import { typeName } from '../type-name.js';
import { isoYearStart } from './calendar.js';
import { field, PyDate, parseIsoDate, requireDay } from './date.js';
import { PyDateTime } from './datetime.js';
import { strptime } from './strptime.js';
import { PyTime, zone } from './time.js';
import { PyTimeDelta } from './timedelta.js';
import { PyTimezone, timezoneClass, UTC } from './timezone.js';

/** A class of Python as a template sees it: callable, with class methods and constants. */
function pyClass(
  name: string,
  create: (args: CallArgs) => unknown,
  members: Readonly<Record<string, unknown | ((args: CallArgs) => unknown)>>,
): HostObject {
  const table = new Map(
    Object.entries(members).map(([key, value]): [string, unknown] => [
      key,
      typeof value === 'function' ? hostFunction(key, value as (args: CallArgs) => unknown) : value,
    ]),
  );
  return {
    [JINJA.type]: 'type',
    [JINJA.call]: create,
    [JINJA.attr]: (key) => table.get(key),
    [JINJA.str]: () => `<class '${name}'>`,
  };
}

/** The instant now in microseconds since 1970. A clock for tests can be handed to `datetimeModule`. */
export type Clock = () => Date;

function timestampMicros(value: unknown): bigint {
  if (!isInt(value) && !isFloat(value))
    throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  if (isInt(value)) return BigInt(value) * 1_000_000n;
  return BigInt(Math.round(toDouble(value) * 1e6));
}

function isoDate(text: unknown): PyDate {
  if (typeof text !== 'string') throw typeError('fromisoformat: argument must be str');
  const date = parseIsoDate(text) ?? isoWeekDate(text);
  if (!date) throw valueError(`Invalid isoformat string: ${pyRepr(text)}`);
  return date;
}

function isoWeekDate(text: string): PyDate | undefined {
  const match = /^(\d{4})-?W(\d\d)(?:-?([1-7]))?$/.exec(text);
  if (!match) return undefined;
  return PyDate.fromOrdinal(isoYearStart(Number(match[1])) + (Number(match[2]) - 1) * 7 + Number(match[3] ?? 1) - 1);
}

function isoTime(text: string): PyTime | undefined {
  const match = /^T?(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?)?$/.exec(
    text,
  );
  if (!match) return undefined;
  const [, hour, minute = '0', second = '0', fraction = '', offset] = match;
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return new PyTime(
    Number(hour),
    Number(minute),
    Number(second),
    micros,
    offset === undefined ? undefined : fixed(offset),
  );
}

function fixed(offset: string): PyTimezone {
  if (offset === 'Z') return UTC;
  const digits = offset.slice(1).replaceAll(':', '').padEnd(6, '0');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6));
  if (seconds === 0) return UTC;
  return new PyTimezone(new PyTimeDelta(BigInt(offset.startsWith('-') ? -seconds : seconds) * 1_000_000n));
}

function isoDateTime(text: unknown): PyDateTime {
  if (typeof text !== 'string') throw typeError('fromisoformat: argument must be str');
  return parseIsoDateTime(text);
}

/**
 * Python's `datetime.fromisoformat`.
 *
 * @throws PyError ValueError for what is no date in ISO form.
 */
export function parseIsoDateTime(text: string): PyDateTime {
  const match = /^(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d(?:-?\d)?)(?:[^\d](.+))?$/s.exec(text);
  const date = match ? (parseIsoDate(match[1] ?? '') ?? isoWeekDate(match[1] ?? '')) : undefined;
  const time = match?.[2] === undefined ? new PyTime(0) : isoTime(match[2]);
  if (!date || !time) throw valueError(`Invalid isoformat string: ${pyRepr(text)}`);
  return combine(date, time);
}

function combine(date: PyDate | PyDateTime, time: PyTime): PyDateTime {
  const { hour, minute, second, microsecond, tzinfo } = time;
  return new PyDateTime(date.year, date.month, date.day, hour, minute, second, microsecond, tzinfo);
}

function createDateTime(args: CallArgs): PyDateTime {
  requireDay(args);
  const values = bindArguments('datetime', args, [
    'year',
    'month',
    'day',
    { name: 'hour', default: 0 },
    { name: 'minute', default: 0 },
    { name: 'second', default: 0 },
    { name: 'microsecond', default: 0 },
    { name: 'tzinfo', default: null },
  ]);
  const [year = 1, month = 1, day = 1, hour, minute, second, microsecond] = values.slice(0, 7).map(field);
  return new PyDateTime(year, month, day, hour, minute, second, microsecond, zone(values[7]));
}

/** Python's `datetime` module. `clock` tells the time; the machine's when it is not given. */
export function datetimeModule(clock: Clock = () => new Date()): HostObject {
  const nowMicros = (): bigint => BigInt(clock().getTime()) * 1000n;
  const date = pyClass(
    'datetime.date',
    (args) => {
      requireDay(args);
      const [year = 1, month = 1, day = 1] = bindArguments('date', args, ['year', 'month', 'day']).map(field);
      return new PyDate(year, month, day);
    },
    {
      today: () => {
        const now = PyDateTime.fromLocalDate(clock());
        return new PyDate(now.year, now.month, now.day);
      },
      fromisoformat: (args: CallArgs) => isoDate(args.positional[0]),
      fromordinal: (args: CallArgs) => PyDate.fromOrdinal(field(args.positional[0])),
      fromtimestamp: (args: CallArgs) => {
        const local = PyDateTime.fromLocalDate(new Date(Number(timestampMicros(args.positional[0]) / 1000n)));
        return new PyDate(local.year, local.month, local.day);
      },
      fromisocalendar: (args: CallArgs) => {
        const [year = 1, week = 1, day = 1] = bindArguments('fromisocalendar', args, ['year', 'week', 'day']).map(
          field,
        );
        return PyDate.fromOrdinal(isoYearStart(year) + (week - 1) * 7 + day - 1);
      },
      strftime: (args: CallArgs) => {
        const [self, format] = args.positional;
        if (!(self instanceof PyDate || self instanceof PyDateTime))
          throw typeError('descriptor strftime requires a date');
        return self[JINJA.format](pyStr(format));
      },
      min: new PyDate(1, 1, 1),
      max: new PyDate(9999, 12, 31),
    },
  );
  const datetime = pyClass('datetime.datetime', createDateTime, {
    now: (args: CallArgs) => {
      const target = zone(bindArguments('now', args, [{ name: 'tz', default: null }])[0]);
      return target ? PyDateTime.fromInstant(nowMicros(), target) : PyDateTime.fromLocalDate(clock());
    },
    today: () => PyDateTime.fromLocalDate(clock()),
    utcnow: () => PyDateTime.fromWallMicros(nowMicros()),
    fromtimestamp: (args: CallArgs) => {
      const [value, tz] = bindArguments('fromtimestamp', args, ['timestamp', { name: 'tz', default: null }]);
      const micros = timestampMicros(value);
      const target = zone(tz);
      if (target) return PyDateTime.fromInstant(micros, target);
      const floor = micros < 0n && micros % 1000n !== 0n ? micros / 1000n - 1n : micros / 1000n;
      const local = PyDateTime.fromLocalDate(new Date(Number(floor)));
      return PyDateTime.fromWallMicros(local.wallMicros + (micros - floor * 1000n));
    },
    utcfromtimestamp: (args: CallArgs) => PyDateTime.fromWallMicros(timestampMicros(args.positional[0])),
    strptime: (args: CallArgs) => {
      const [text, format] = bindArguments('strptime', args, ['date_string', 'format']);
      if (typeof text !== 'string') throw typeError(`strptime() argument 1 must be str, not ${typeName(text)}`);
      if (typeof format !== 'string') throw typeError(`strptime() argument 2 must be str, not ${typeName(format)}`);
      const p = strptime(text, format);
      const tz = p.offsetMicros === undefined ? undefined : new PyTimezone(new PyTimeDelta(BigInt(p.offsetMicros)));
      return new PyDateTime(p.year, p.month, p.day, p.hour, p.minute, p.second, p.microsecond, tz);
    },
    strftime: (args: CallArgs) => {
      const [self, format] = args.positional;
      if (!(self instanceof PyDate || self instanceof PyDateTime))
        throw typeError('descriptor strftime requires a datetime');
      return self[JINJA.format](pyStr(format));
    },
    combine: (args: CallArgs) => {
      const [day, time, tz] = bindArguments('combine', args, ['date', 'time', { name: 'tzinfo', default: undefined }]);
      if (!(day instanceof PyDate || day instanceof PyDateTime))
        throw typeError('combine() argument 1 must be datetime.date');
      if (!(time instanceof PyTime)) throw typeError('combine() argument 2 must be datetime.time');
      const joined = combine(day, time);
      if (tz === undefined) return joined;
      return PyDateTime.fromWallMicros(joined.wallMicros, zone(tz));
    },
    fromisoformat: (args: CallArgs) => isoDateTime(args.positional[0]),
    fromordinal: (args: CallArgs) => combine(PyDate.fromOrdinal(field(args.positional[0])), new PyTime(0)),
    min: new PyDateTime(1, 1, 1),
    max: new PyDateTime(9999, 12, 31, 23, 59, 59, 999_999),
  });
  const time = pyClass(
    'datetime.time',
    (args) => {
      const values = bindArguments('time', args, [
        { name: 'hour', default: 0 },
        { name: 'minute', default: 0 },
        { name: 'second', default: 0 },
        { name: 'microsecond', default: 0 },
        { name: 'tzinfo', default: null },
      ]);
      const [hour = 0, minute, second, microsecond] = values.slice(0, 4).map(field);
      return new PyTime(hour, minute, second, microsecond, zone(values[4]));
    },
    {
      fromisoformat: (args: CallArgs) => {
        const parsed = isoTime(pyStr(args.positional[0]));
        if (!parsed) throw valueError(`Invalid isoformat string: ${pyRepr(args.positional[0])}`);
        return parsed;
      },
      min: new PyTime(0),
      max: new PyTime(23, 59, 59, 999_999),
    },
  );
  const timedelta = pyClass('datetime.timedelta', PyTimeDelta.create, {
    min: new PyTimeDelta(-999_999_999n * 86_400_000_000n),
    resolution: new PyTimeDelta(1n),
  });
  const members = new PyDict();
  for (const [name, value] of Object.entries({ date, datetime, time, timedelta, timezone: timezoneClass, UTC })) {
    members.set(name, value);
  }
  members.set('MINYEAR', 1);
  members.set('MAXYEAR', 9999);
  return {
    [JINJA.type]: 'module',
    [JINJA.attr]: (name) => members.get(name),
    [JINJA.str]: () => "<module 'datetime'>",
  };
}
