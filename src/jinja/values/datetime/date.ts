import { PyError, typeError, valueError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { toIndex } from '../numbers.js';
import { type BinaryOperator, type CallArgs, type HostObject, hostMethod, JINJA } from '../protocol.js';
import { pyStr } from '../text.js';
import { PyTuple } from '../tuple.js';
import { typeName } from '../type-name.js';
import { daysInMonth, fromOrdinal, isoCalendar, MAX_ORDINAL, pad, toOrdinal, weekday } from './calendar.js';
import { type DateTimeParts, strftime } from './strftime.js';
import { PyTimeDelta } from './timedelta.js';

/** Checks a date's fields, with Python's messages. */
export function checkDate(year: number, month: number, day: number): void {
  if (year < 1 || year > 9999) throw valueError(`year ${year} is out of range`);
  if (month < 1 || month > 12) throw valueError('month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) throw valueError('day is out of range for month');
}

/** Year, month and day as the constructors take them, with their own message for one that is missing. */
export function requireDay(args: CallArgs): void {
  ['year', 'month', 'day'].forEach((name, i) => {
    if (i >= args.positional.length && !args.keyword.has(name)) {
      throw typeError(`function missing required argument '${name}' (pos ${i + 1})`);
    }
  });
}

/** A field of a date or time that must be an int. */
export function field(value: unknown): number {
  const index = toIndex(value);
  if (index === undefined) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return index;
}

/** Python's datetime.date. */
export class PyDate implements HostObject {
  readonly [JINJA.type]: string = 'datetime.date';

  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {
    checkDate(year, month, day);
  }

  static fromOrdinal(ordinal: number): PyDate {
    if (ordinal < 1 || ordinal > MAX_ORDINAL) throw new PyError('OverflowError', 'date value out of range');
    const { year, month, day } = fromOrdinal(ordinal);
    return new PyDate(year, month, day);
  }

  get ordinal(): number {
    return toOrdinal(this.year, this.month, this.day);
  }

  isoformat(): string {
    return `${pad(this.year, 4)}-${pad(this.month, 2)}-${pad(this.day, 2)}`;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'year') return this.year;
    if (name === 'month') return this.month;
    if (name === 'day') return this.day;
    const method = DATE_METHODS.get(name);
    return method && hostMethod('datetime.date', name, (args) => method(this, args));
  }

  [JINJA.binary](operator: BinaryOperator, other: unknown, reversed: boolean): unknown {
    if (other instanceof PyTimeDelta && (operator === '+' || (operator === '-' && !reversed))) {
      return PyDate.fromOrdinal(this.ordinal + (operator === '+' ? other.days : -other.days));
    }
    if (other instanceof PyDate && operator === '-') {
      const days = reversed ? other.ordinal - this.ordinal : this.ordinal - other.ordinal;
      return new PyTimeDelta(BigInt(days) * 86_400_000_000n);
    }
    return undefined;
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof PyDate && other.ordinal === this.ordinal;
  }

  [JINJA.compare](other: unknown): number | undefined {
    return other instanceof PyDate ? this.ordinal - other.ordinal : undefined;
  }

  [JINJA.hash](): string {
    return `date ${this.ordinal}`;
  }

  [JINJA.str](): string {
    return this.isoformat();
  }

  [JINJA.repr](): string {
    return `datetime.date(${this.year}, ${this.month}, ${this.day})`;
  }

  [JINJA.format](spec: string): string {
    return spec === '' ? this[JINJA.str]() : strftime(spec, dateParts(this));
  }
}

/** The parts of a date for formatting: midnight, no zone. */
export function dateParts(date: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}): DateTimeParts {
  const { year, month, day } = date;
  return { year, month, day, hour: 0, minute: 0, second: 0, microsecond: 0, offset: '', zone: '' };
}

/** What a date answers, and a datetime too. */
export interface DateLike {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly ordinal: number;
}

/** The methods that dates and datetimes share. */
export const CALENDAR_METHODS: ReadonlyMap<string, (self: DateLike) => unknown> = new Map<
  string,
  (self: DateLike) => unknown
>([
  ['weekday', (self) => weekday(self.ordinal)],
  ['isoweekday', (self) => weekday(self.ordinal) + 1],
  ['toordinal', (self) => self.ordinal],
  [
    'isocalendar',
    (self) => {
      const iso = isoCalendar(self.ordinal);
      return new IsoCalendarDate([iso.year, iso.week, iso.weekday]);
    },
  ],
]);

/** The tuple with names that `isocalendar()` gives. */
class IsoCalendarDate extends PyTuple {
  [JINJA.attr](name: string): unknown {
    const index = ['year', 'week', 'weekday'].indexOf(name);
    return index === -1 ? undefined : this.items[index];
  }

  [JINJA.repr](): string {
    const [year, week, day] = this.items;
    return `datetime.IsoCalendarDate(year=${String(year)}, week=${String(week)}, weekday=${String(day)})`;
  }
}

type DateMethod = (self: PyDate, args: CallArgs) => unknown;

const DATE_METHODS: ReadonlyMap<string, DateMethod> = new Map<string, DateMethod>([
  ...CALENDAR_METHODS,
  ['isoformat', (self) => self.isoformat()],
  ['ctime', (self) => strftime('%a %b %e %H:%M:%S %Y', dateParts(self))],
  [
    'strftime',
    (self, args) => {
      const [format] = bindArguments('strftime', args, ['format']);
      return strftime(pyStr(format), dateParts(self));
    },
  ],
  [
    'replace',
    (self, args) => {
      const [year, month, day] = bindArguments('replace', args, [
        { name: 'year', default: self.year },
        { name: 'month', default: self.month },
        { name: 'day', default: self.day },
      ]);
      return new PyDate(field(year), field(month), field(day));
    },
  ],
]);

/** Reads an ISO date: `2024-02-29`, `20240229`, `2024-W09-4`. */
export function parseIsoDate(text: string): PyDate | undefined {
  const plain = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text);
  if (plain && text.split('-').length !== 2) return new PyDate(Number(plain[1]), Number(plain[2]), Number(plain[3]));
  return undefined;
}
