import { valueError } from '../../errors.js';
import { pyRepr } from '../text.js';
import { DAY_NAMES, fromOrdinal, isLeap, isoYearStart, MONTH_NAMES, toOrdinal, weekday } from './calendar.js';

/** What a text says by a format; fields that it does not name have Python's defaults. */
export interface ParsedDateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** The offset from UTC in microseconds; undefined when the format has none. */
  readonly offsetMicros: number | undefined;
}

const names = (list: readonly string[]): string => list.join('|');
const PATTERNS: Readonly<Record<string, string>> = {
  d: '3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]',
  f: '\\d{1,6}',
  H: '2[0-3]|[0-1]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]| [1-9]',
  G: '\\d{4}',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[0-1]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  w: '[0-6]',
  u: '[1-7]',
  y: '\\d{2}',
  Y: '\\d{4}',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z',
  A: names(DAY_NAMES),
  a: names(DAY_NAMES.map((name) => name.slice(0, 3))),
  B: names(MONTH_NAMES),
  b: names(MONTH_NAMES.map((name) => name.slice(0, 3))),
  p: 'AM|PM',
  Z: 'UTC|GMT',
};
const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  D: '%m/%d/%y',
  T: '%H:%M:%S',
  R: '%H:%M',
  F: '%Y-%m-%d',
};

/** Python's `datetime.strptime`, in the C locale. */
export function strptime(text: string, format: string): ParsedDateTime {
  const { pattern, codes } = compile(format);
  const match = new RegExp(`^(?:${pattern})`, 'i').exec(text);
  if (!match) throw valueError(`time data ${pyRepr(text)} does not match format ${pyRepr(format)}`);
  if (match[0].length < text.length) throw valueError(`unconverted data remains: ${text.slice(match[0].length)}`);
  const found = new Map<string, string>();
  codes.forEach((code, i) => {
    found.set(code, match[i + 1] ?? '');
  });
  return assemble(found);
}

function compile(format: string): { pattern: string; codes: string[] } {
  const codes: string[] = [];
  const expanded = format.replace(/%([cxXDTRF])/g, (whole: string, code: string) => COMPOSED[code] ?? whole);
  let pattern = '';
  for (const part of expanded.match(/%[\s\S]?|\s+|[^%\s]+/g) ?? []) {
    if (part.startsWith('%')) {
      const code = part.slice(1);
      if (code === '%') pattern += '%';
      else {
        const own = Object.hasOwn(PATTERNS, code) ? PATTERNS[code] : undefined;
        if (own === undefined) {
          if (code === '') throw valueError(`stray % in format ${pyRepr(format)}`);
          throw valueError(`${pyRepr(code)} is a bad directive in format ${pyRepr(format)}`);
        }
        if (codes.includes(code))
          throw valueError(`redefinition of group name ${pyRepr(code)} as group ${codes.length + 1}`);
        codes.push(code);
        pattern += `(${own})`;
      }
    } else if (/^\s/.test(part)) pattern += '\\s+';
    else pattern += part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return { pattern, codes };
}

function indexIn(list: readonly string[], text: string): number {
  return list.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
}

function assemble(found: ReadonlyMap<string, string>): ParsedDateTime {
  const number = (code: string): number | undefined => (found.has(code) ? Number(found.get(code)) : undefined);
  const short = number('y');
  let year = number('Y') ?? (short === undefined ? undefined : short <= 68 ? 2000 + short : 1900 + short);
  const monthName = found.get('B') ?? found.get('b');
  let month = number('m') ?? (monthName === undefined ? 1 : indexIn(MONTH_NAMES, monthName) + 1);
  let day = number('d') ?? 1;
  if (year === undefined) year = month === 2 && day === 29 ? 1904 : 1900;
  const dayName = found.get('A') ?? found.get('a');
  const sunday = number('w');
  const monday = number('u');
  let week = dayName === undefined ? undefined : indexIn(DAY_NAMES, dayName);
  if (sunday !== undefined) week = (sunday + 6) % 7;
  if (monday !== undefined) week = monday - 1;
  const yearDay = number('j');
  const isoYear = number('G');
  const isoWeek = number('V');
  const sundayWeek = number('U');
  const mondayWeek = number('W');
  let ordinal: number | undefined;
  if (yearDay !== undefined && !found.has('m')) ordinal = toOrdinal(year, 1, 1) + yearDay - 1;
  else if (isoYear !== undefined && isoWeek !== undefined && week !== undefined) {
    ordinal = isoYearStart(isoYear) + (isoWeek - 1) * 7 + week;
  } else if (week !== undefined && (sundayWeek !== undefined || mondayWeek !== undefined)) {
    const first = toOrdinal(year, 1, 1);
    const firstWeekday = weekday(first);
    if (mondayWeek !== undefined) ordinal = first + ((7 - firstWeekday) % 7) + (mondayWeek - 1) * 7 + week;
    else ordinal = first + ((6 - firstWeekday) % 7) + ((sundayWeek ?? 0) - 1) * 7 + ((week + 1) % 7);
  }
  if (ordinal !== undefined) ({ year, month, day } = fromOrdinal(ordinal));
  if (month === 2 && day === 29 && !isLeap(year)) throw valueError('day is out of range for month');
  const half = number('I');
  const pm = found.get('p')?.toUpperCase() === 'PM';
  const hour = number('H') ?? (half === undefined ? 0 : (half % 12) + (pm ? 12 : 0));
  return {
    year,
    month,
    day,
    hour,
    minute: number('M') ?? 0,
    second: number('S') ?? 0,
    microsecond: found.has('f') ? Number((found.get('f') ?? '').padEnd(6, '0')) : 0,
    offsetMicros: found.has('z') ? offset(found.get('z') ?? '') : undefined,
  };
}

function offset(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const [, sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    /^([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?$/.exec(text) ?? [];
  const total = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1e6 + Number(fraction.padEnd(6, '0'));
  return sign === '-' ? -total : total;
}
