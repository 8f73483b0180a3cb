import { typeError, valueError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { type CallArgs, type HostObject, hostMethod, JINJA } from '../protocol.js';
import { pyRepr, pyStr } from '../text.js';
import { pad } from './calendar.js';
import { field } from './date.js';
import { strftime } from './strftime.js';
import { isTzInfo, offsetText, type TzInfo } from './timezone.js';

/** Checks the fields of a time of day, with Python's messages. */
export function checkTime(hour: number, minute: number, second: number, microsecond: number): void {
  if (hour < 0 || hour > 23) throw valueError('hour must be in 0..23');
  if (minute < 0 || minute > 59) throw valueError('minute must be in 0..59');
  if (second < 0 || second > 59) throw valueError('second must be in 0..59');
  if (microsecond < 0 || microsecond > 999_999) throw valueError('microsecond must be in 0..999999');
}

/** A time zone argument: one of the host's, or None. */
export function zone(value: unknown): TzInfo | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isTzInfo(value))
    throw typeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeof value}'`);
  return value;
}

/** The clock part of an ISO text, to the unit that `timespec` names. */
export function isoClock(
  clock: { hour: number; minute: number; second: number; microsecond: number },
  timespec: string,
): string {
  const hours = pad(clock.hour, 2);
  const minutes = `${hours}:${pad(clock.minute, 2)}`;
  const seconds = `${minutes}:${pad(clock.second, 2)}`;
  const spec = timespec === 'auto' ? (clock.microsecond === 0 ? 'seconds' : 'microseconds') : timespec;
  if (spec === 'hours') return hours;
  if (spec === 'minutes') return minutes;
  if (spec === 'seconds') return seconds;
  if (spec === 'milliseconds') return `${seconds}.${pad(Math.floor(clock.microsecond / 1000), 3)}`;
  if (spec === 'microseconds') return `${seconds}.${pad(clock.microsecond, 6)}`;
  throw valueError('Unknown timespec value');
}

/** Python's datetime.time. */
export class PyTime implements HostObject {
  readonly [JINJA.type] = 'datetime.time';

  constructor(
    readonly hour: number,
    readonly minute = 0,
    readonly second = 0,
    readonly microsecond = 0,
    readonly tzinfo?: TzInfo,
  ) {
    checkTime(hour, minute, second, microsecond);
  }

  isoformat(timespec = 'auto'): string {
    const offset = this.tzinfo?.utcOffset(undefined);
    return isoClock(this, timespec) + (offset ? offsetText(offset) : '');
  }

  get #micros(): number {
    return ((this.hour * 60 + this.minute) * 60 + this.second) * 1e6 + this.microsecond;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'hour') return this.hour;
    if (name === 'minute') return this.minute;
    if (name === 'second') return this.second;
    if (name === 'microsecond') return this.microsecond;
    if (name === 'tzinfo') return this.tzinfo ?? null;
    const method = TIME_METHODS.get(name);
    return method && hostMethod('datetime.time', name, (args) => method(this, args));
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof PyTime && this[JINJA.compare](other) === 0;
  }

  [JINJA.compare](other: unknown): number | undefined {
    if (!(other instanceof PyTime)) return undefined;
    const shift = (time: PyTime): number => Number(time.tzinfo?.utcOffset(undefined)?.micros ?? 0n);
    return this.#micros - shift(this) - (other.#micros - shift(other));
  }

  [JINJA.hash](): string {
    return `time ${this.#micros} ${this.tzinfo?.utcOffset(undefined)?.micros ?? ''}`;
  }

  [JINJA.str](): string {
    return this.isoformat();
  }

  [JINJA.repr](): string {
    const parts = [this.hour, this.minute];
    if (this.second !== 0 || this.microsecond !== 0) parts.push(this.second);
    if (this.microsecond !== 0) parts.push(this.microsecond);
    const tz = this.tzinfo ? `, tzinfo=${pyRepr(this.tzinfo)}` : '';
    return `datetime.time(${parts.join(', ')}${tz})`;
  }

  strftime(format: string): string {
    const offset = this.tzinfo?.utcOffset(undefined);
    return strftime(format, {
      year: 1900,
      month: 1,
      day: 1,
      hour: this.hour,
      minute: this.minute,
      second: this.second,
      microsecond: this.microsecond,
      offset: offset ? offsetText(offset, '') : '',
      zone: this.tzinfo?.tzName(undefined) ?? '',
    });
  }

  [JINJA.format](spec: string): string {
    return spec === '' ? this[JINJA.str]() : this.strftime(spec);
  }
}

type TimeMethod = (self: PyTime, args: CallArgs) => unknown;

const TIME_METHODS: ReadonlyMap<string, TimeMethod> = new Map<string, TimeMethod>([
  [
    'isoformat',
    (self, args) => self.isoformat(pyStr(bindArguments('isoformat', args, [{ name: 'timespec', default: 'auto' }])[0])),
  ],
  ['strftime', (self, args) => self.strftime(pyStr(bindArguments('strftime', args, ['format'])[0]))],
  ['utcoffset', (self) => self.tzinfo?.utcOffset(undefined) ?? null],
  ['tzname', (self) => self.tzinfo?.tzName(undefined) ?? null],
  [
    'replace',
    (self, args) => {
      const [hour, minute, second, microsecond, tz] = bindArguments('replace', args, [
        { name: 'hour', default: self.hour },
        { name: 'minute', default: self.minute },
        { name: 'second', default: self.second },
        { name: 'microsecond', default: self.microsecond },
        { name: 'tzinfo', default: self.tzinfo ?? null },
      ]);
      return new PyTime(field(hour), field(minute), field(second), field(microsecond), zone(tz));
    },
  ],
]);
