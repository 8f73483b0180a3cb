/** The proleptic Gregorian calendar by day numbers: day 1 is 0001-01-01, as Python's ordinals. */

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
export const MAX_ORDINAL = 3_652_059;

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

export function dayOfYear(year: number, month: number, day: number): number {
  let days = day;
  for (let m = 1; m < month; m++) days += daysInMonth(year, m);
  return days;
}

export function toOrdinal(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + dayOfYear(year, month, day);
}

export function fromOrdinal(ordinal: number): { year: number; month: number; day: number } {
  let year = Math.max(1, Math.floor((ordinal - 1) / 365.2425) + 1);
  while (daysBeforeYear(year) >= ordinal) year -= 1;
  while (daysBeforeYear(year + 1) < ordinal) year += 1;
  let day = ordinal - daysBeforeYear(year);
  let month = 1;
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++);
  return { year, month, day };
}

/** Monday is 0. */
export function weekday(ordinal: number): number {
  return (ordinal + 6) % 7;
}

/** The ordinal of the Monday of a year's first ISO week. */
export function isoYearStart(year: number): number {
  const first = toOrdinal(year, 1, 1);
  const monday = first - weekday(first);
  return weekday(first) > 3 ? monday + 7 : monday;
}

export function isoCalendar(ordinal: number): { year: number; week: number; weekday: number } {
  let { year } = fromOrdinal(ordinal);
  if (ordinal < isoYearStart(year)) year -= 1;
  else if (ordinal >= isoYearStart(year + 1)) year += 1;
  return { year, week: Math.floor((ordinal - isoYearStart(year)) / 7) + 1, weekday: weekday(ordinal) + 1 };
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
