import type { DataTypeName } from './data-type.js';
import { makeDate, makeDateTime, makeDecimal } from './python-values.js';

/** What a text is as a value of a type; undefined when it is none. Null for an empty text and for `null`. */
export type Caster = (text: string) => unknown;

const isNull = (trimmed: string): boolean => trimmed === '' || trimmed.toLowerCase() === 'null';

const CURRENCY = '؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫';
const PLAIN_NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;
const DECIMAL = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|s?nan\d*)$/i;

/** dbt's types for the columns of a seed, in the order in which they are preferred. Nothing that is text is an Integer. */
export const CASTERS: readonly (readonly [DataTypeName, Caster])[] = [
  ['Integer', () => undefined],
  ['Number', castNumber],
  ['Date', castDate],
  ['DateTime', castDateTime],
  ['ISODateTime', castIsoDateTime],
  ['Boolean', castBoolean],
  ['Text', castText],
];

/** The caster of a type. */
export function casterOf(type: DataTypeName): Caster {
  return CASTERS.find(([name]) => name === type)?.[1] ?? castText;
}

/** Numbers may have a sign, grouping commas, a currency before or after them and a percent sign, which are dropped. */
function castNumber(text: string): unknown {
  let body = text.trim();
  if (isNull(body)) return null;
  if (PLAIN_NUMBER.test(body)) return makeDecimal(body);
  body = strip(body, '%');
  const negative = body.startsWith('-');
  if (negative) body = body.slice(1);
  for (const symbol of CURRENCY) body = strip(body, symbol);
  body = body.replaceAll(',', '').trim().replaceAll('_', '');
  if (!DECIMAL.test(body)) return undefined;
  if (!negative) return makeDecimal(body);
  return makeDecimal(body.startsWith('-') ? body.slice(1) : `-${body.replace(/^\+/, '')}`);
}

function strip(text: string, char: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === char) start += 1;
  while (end > start && text[end - 1] === char) end -= 1;
  return text.slice(start, end);
}

const DATE = String.raw`(\d{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\d|0[1-9]|[1-9])`;
const DATE_ONLY = new RegExp(`^${DATE}$`);
const DATE_AND_TIME = new RegExp(String.raw`^${DATE}\s+(2[0-3]|[01]\d|\d):([0-5]\d|\d):([0-5]\d|\d)$`);

function castDate(text: string): unknown {
  const trimmed = text.trim();
  if (isNull(trimmed)) return null;
  const [, year, month, day] = (DATE_ONLY.exec(trimmed) ?? []).map(Number);
  return isDay(year, month, day) ? makeDate(year as number, month as number, day as number) : undefined;
}

function castDateTime(text: string): unknown {
  const trimmed = text.trim();
  if (isNull(trimmed)) return null;
  const found = DATE_AND_TIME.exec(trimmed);
  if (!found) return undefined;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map(Number);
  if (!isDay(year, month, day)) return undefined;
  return makeDateTime({ year, month, day, hour, minute, second, microsecond: 0, offset: null });
}

function isDay(year?: number, month?: number, day?: number): boolean {
  if (year === undefined || month === undefined || day === undefined || year < 1 || month < 1 || month > 12)
    return false;
  return (
    day >= 1 && day <= new Date(Date.UTC(2000, month, 0)).getUTCDate() && (month !== 2 || day < 29 || isLeap(year))
  );
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const ISO_ZONE = /(Z|[+-]\d{2}(?::?\d{2})?)$/;
const ISO_TIMES = [
  /^(\d{2}):(\d{2}):(\d{2}(?:[.,]\d+)?)$/,
  /^(\d{2})(\d{2})(\d{2}(?:[.,]\d+)?)$/,
  /^(\d{2}):(\d{2}(?:[.,]\d+)?)$/,
  /^(\d{2})(\d{2}(?:[.,]\d+)?)$/,
  /^(\d{2}(?:[.,]\d+)?)$/,
];

/** ISO 8601: a date and a time with a T between them. */
function castIsoDateTime(text: string): unknown {
  const trimmed = text.trim();
  if (isNull(trimmed)) return null;
  const [dateText, timeText, ...more] = trimmed.split('T');
  if (dateText === undefined || timeText === undefined || more.length > 0) return undefined;
  const date = isoDate(dateText);
  const zone = ISO_ZONE.exec(timeText)?.[1];
  const clock = isoTime(zone === undefined ? timeText : timeText.slice(0, -zone.length));
  if (!date || clock === undefined) return undefined;
  const seconds = Math.floor(clock / 1_000_000);
  return makeDateTime({
    ...date,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: clock % 1_000_000,
    offset: zone === undefined ? null : zoneMinutes(zone),
  });
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isoDate(text: string): Day | undefined {
  const calendar = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (calendar) {
    const [, year = 0, month = 0, day = 0] = calendar.map(Number);
    return isDay(year, month, day) ? { year, month, day } : undefined;
  }
  const week = /^(\d{4})-?W(\d{2})(?:-?(\d))?$/.exec(text);
  if (week) {
    const [, year = 0, number = 0] = week.map(Number);
    const weekday = week[3] === undefined ? 1 : Number(week[3]);
    const fourth = new Date(Date.UTC(year, 0, 4));
    const monday = Date.UTC(year, 0, 4 - ((fourth.getUTCDay() + 6) % 7));
    return fromEpoch(monday + ((number - 1) * 7 + weekday - 1) * 86_400_000);
  }
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text);
  if (ordinal) return fromEpoch(Date.UTC(Number(ordinal[1]), 0, Number(ordinal[2])));
  const part = /^(\d{4})-(\d{2})$/.exec(text) ?? /^(\d{4})$/.exec(text) ?? /^(\d{2})$/.exec(text);
  if (!part?.[1]) return undefined;
  const year = part[1].length === 2 ? Number(part[1]) * 100 : Number(part[1]);
  const month = part[2] === undefined ? 1 : Number(part[2]);
  return isDay(year, month, 1) ? { year, month, day: 1 } : undefined;
}

function fromEpoch(millis: number): Day {
  const date = new Date(millis);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Microseconds since midnight. The last part may have a fraction. */
function isoTime(text: string): number | undefined {
  for (const pattern of ISO_TIMES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const [hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part.replace(',', '.')));
    if (hour >= 24 || minute >= 60 || second >= 60) return undefined;
    return Math.floor((hour * 3600 + minute * 60 + second) * 1_000_000 + 1e-4);
  }
  return undefined;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

function castBoolean(text: string): unknown {
  const word = text.replaceAll(',', '').trim().toLowerCase();
  if (word === '' || word === 'null') return null;
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function castText(text: string): unknown {
  return isNull(text.trim()) ? null : text;
}
