import { PyError, typeError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { makeFloat } from '../numbers.js';
import { type BinaryOperator, type CallArgs, type HostObject, hostMethod, JINJA } from '../protocol.js';
import { pyRepr, pyStr } from '../text.js';
import { fromOrdinal, MAX_ORDINAL, toOrdinal } from './calendar.js';
import { CALENDAR_METHODS, checkDate, field, PyDate } from './date.js';
import { type DateTimeParts, strftime } from './strftime.js';
import { checkTime, isoClock, PyTime, zone } from './time.js';
import { PyTimeDelta } from './timedelta.js';
import { offsetText, type TzInfo, type WallClock } from './timezone.js';

const DAY = 86_400_000_000n;
/** The ordinal of 1970-01-01. */
const EPOCH = 719_163n;

/** Python's datetime.datetime, naive or with a time zone. */
export class PyDateTime implements HostObject, WallClock {
  readonly [JINJA.type] = 'datetime.datetime';

  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
    readonly hour = 0,
    readonly minute = 0,
    readonly second = 0,
    readonly microsecond = 0,
    readonly tzinfo?: TzInfo,
  ) {
    checkDate(year, month, day);
    checkTime(hour, minute, second, microsecond);
  }

  /** The wall clock reading as microseconds since 1970-01-01 00:00. */
  static fromWallMicros(micros: bigint, tzinfo?: TzInfo): PyDateTime {
    let days = micros / DAY;
    let rest = micros % DAY;
    if (rest < 0n) {
      rest += DAY;
      days -= 1n;
    }
    const ordinal = Number(days + EPOCH);
    if (ordinal < 1 || ordinal > MAX_ORDINAL) throw new PyError('OverflowError', 'date value out of range');
    const { year, month, day } = fromOrdinal(ordinal);
    const seconds = Number(rest / 1_000_000n);
    const hour = Math.floor(seconds / 3600);
    const minute = Math.floor(seconds / 60) % 60;
    return new PyDateTime(year, month, day, hour, minute, seconds % 60, Number(rest % 1_000_000n), tzinfo);
  }

  /** An instant, in microseconds since 1970-01-01 UTC, as the clock of a zone shows it. */
  static fromInstant(micros: bigint, tzinfo: TzInfo): PyDateTime {
    const zone = tzinfo.atInstant?.(micros) ?? tzinfo;
    const offset = zone.utcOffset(PyDateTime.fromWallMicros(micros));
    return PyDateTime.fromWallMicros(micros + (offset?.micros ?? 0n), zone);
  }

  /** A JavaScript Date in the machine's own zone, naive, as Python's `now()` is. */
  static fromLocalDate(date: Date): PyDateTime {
    return new PyDateTime(
      date.getFullYear(),
      date.getMonth() + 1,
      date.getDate(),
      date.getHours(),
      date.getMinutes(),
      date.getSeconds(),
      date.getMilliseconds() * 1000,
    );
  }

  get ordinal(): number {
    return toOrdinal(this.year, this.month, this.day);
  }

  get wallMicros(): bigint {
    const clock = (this.hour * 60 + this.minute) * 60 + this.second;
    return (BigInt(this.ordinal) - EPOCH) * DAY + BigInt(clock) * 1_000_000n + BigInt(this.microsecond);
  }

  utcOffset(): PyTimeDelta | null {
    return this.tzinfo?.utcOffset(this) ?? null;
  }

  /** Microseconds since 1970-01-01 UTC; a naive datetime is in the machine's zone. */
  get instant(): bigint {
    const offset = this.utcOffset();
    if (offset) return this.wallMicros - offset.micros;
    const date = new Date(this.year, this.month - 1, this.day, this.hour, this.minute, this.second);
    if (this.year < 100) date.setFullYear(this.year);
    return BigInt(date.getTime()) * 1000n + BigInt(this.microsecond);
  }

  isoformat(separator = 'T', timespec = 'auto'): string {
    const offset = this.utcOffset();
    const date = new PyDate(this.year, this.month, this.day).isoformat();
    return `${date}${separator}${isoClock(this, timespec)}${offset ? offsetText(offset) : ''}`;
  }

  get parts(): DateTimeParts {
    const { year, month, day, hour, minute, second, microsecond } = this;
    const offset = this.utcOffset();
    return {
      year,
      month,
      day,
      hour,
      minute,
      second,
      microsecond,
      offset: offset ? offsetText(offset, '') : '',
      zone: this.tzinfo?.tzName(this) ?? '',
    };
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return this[name];
      case 'tzinfo':
        return this.tzinfo ?? null;
      case 'fold':
        return 0;
      default: {
        const method = DATETIME_METHODS.get(name);
        return method && hostMethod('datetime.datetime', name, (args) => method(this, args));
      }
    }
  }

  [JINJA.binary](operator: BinaryOperator, other: unknown, reversed: boolean): unknown {
    if (other instanceof PyTimeDelta && (operator === '+' || (operator === '-' && !reversed))) {
      const micros = operator === '+' ? other.micros : -other.micros;
      return PyDateTime.fromWallMicros(this.wallMicros + micros, this.tzinfo);
    }
    if (other instanceof PyDateTime && operator === '-') {
      const [a, b] = reversed ? [other, this] : [this, other];
      const left = a.utcOffset();
      const right = b.utcOffset();
      if ((left === null) !== (right === null)) {
        throw typeError("can't subtract offset-naive and offset-aware datetimes");
      }
      return new PyTimeDelta(a.wallMicros - (left?.micros ?? 0n) - (b.wallMicros - (right?.micros ?? 0n)));
    }
    return undefined;
  }

  [JINJA.eq](other: unknown): boolean {
    if (!(other instanceof PyDateTime)) return false;
    const left = this.utcOffset();
    const right = other.utcOffset();
    if ((left === null) !== (right === null)) return false;
    return this.wallMicros - (left?.micros ?? 0n) === other.wallMicros - (right?.micros ?? 0n);
  }

  [JINJA.compare](other: unknown): number | undefined {
    if (other instanceof PyDate) throw typeError("can't compare datetime.datetime to datetime.date");
    if (!(other instanceof PyDateTime)) return undefined;
    const left = this.utcOffset();
    const right = other.utcOffset();
    if ((left === null) !== (right === null)) {
      throw typeError("can't compare offset-naive and offset-aware datetimes");
    }
    const a = this.wallMicros - (left?.micros ?? 0n);
    const b = other.wallMicros - (right?.micros ?? 0n);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  [JINJA.hash](): string {
    const offset = this.utcOffset();
    return `datetime ${this.wallMicros - (offset?.micros ?? 0n)} ${offset === null}`;
  }

  [JINJA.str](): string {
    return this.isoformat(' ');
  }

  [JINJA.repr](): string {
    const parts = [this.year, this.month, this.day, this.hour, this.minute];
    if (this.second !== 0 || this.microsecond !== 0) parts.push(this.second);
    if (this.microsecond !== 0) parts.push(this.microsecond);
    const tz = this.tzinfo ? `, tzinfo=${pyRepr(this.tzinfo)}` : '';
    return `datetime.datetime(${parts.join(', ')}${tz})`;
  }

  [JINJA.format](spec: string): string {
    return spec === '' ? this[JINJA.str]() : strftime(spec, this.parts);
  }
}

type DateTimeMethod = (self: PyDateTime, args: CallArgs) => unknown;

const DATETIME_METHODS: ReadonlyMap<string, DateTimeMethod> = new Map<string, DateTimeMethod>([
  ...CALENDAR_METHODS,
  [
    'isoformat',
    (self, args) => {
      const [separator, timespec] = bindArguments('isoformat', args, [
        { name: 'sep', default: 'T' },
        { name: 'timespec', default: 'auto' },
      ]);
      return self.isoformat(pyStr(separator), pyStr(timespec));
    },
  ],
  ['strftime', (self, args) => strftime(pyStr(bindArguments('strftime', args, ['format'])[0]), self.parts)],
  ['ctime', (self) => strftime('%a %b %e %H:%M:%S %Y', self.parts)],
  ['date', (self) => new PyDate(self.year, self.month, self.day)],
  ['time', (self) => new PyTime(self.hour, self.minute, self.second, self.microsecond)],
  ['timetz', (self) => new PyTime(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)],
  ['timestamp', (self) => makeFloat(Number(self.instant) / 1e6)],
  ['utcoffset', (self) => self.utcOffset()],
  ['tzname', (self) => self.tzinfo?.tzName(self) ?? null],
  ['dst', (self) => self.tzinfo?.dst?.(self) ?? null],
  [
    'astimezone',
    (self, args) => {
      const [value] = bindArguments('astimezone', args, [{ name: 'tz', default: null }]);
      const target = zone(value) ?? self.tzinfo;
      return target ? PyDateTime.fromInstant(self.instant, target) : self;
    },
  ],
  [
    'replace',
    (self, args) => {
      const values = bindArguments('replace', args, [
        { name: 'year', default: self.year },
        { name: 'month', default: self.month },
        { name: 'day', default: self.day },
        { name: 'hour', default: self.hour },
        { name: 'minute', default: self.minute },
        { name: 'second', default: self.second },
        { name: 'microsecond', default: self.microsecond },
        { name: 'tzinfo', default: self.tzinfo ?? null },
      ]);
      const [year = 1, month = 1, day = 1, hour, minute, second, microsecond] = values.slice(0, 7).map(field);
      return new PyDateTime(year, month, day, hour, minute, second, microsecond, zone(values[7]));
    },
  ],
]);
