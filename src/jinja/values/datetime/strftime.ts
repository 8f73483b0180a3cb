import { DAY_NAMES, dayOfYear, isoCalendar, MONTH_NAMES, pad, toOrdinal, weekday } from './calendar.js';

/** The parts of a date and time that a format can print. */
export interface DateTimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** `+0100`, '' for a naive time. */
  readonly offset: string;
  readonly zone: string;
}

/** Python's strftime, in the C locale. */
export function strftime(format: string, parts: DateTimeParts): string {
  return format.replace(/%([-_0^#]?)([A-Za-z%:])(z)?/g, (whole: string, flag: string, code: string, tail?: string) => {
    if (code === ':') return tail ? colonOffset(parts.offset) : whole;
    const text = directive(code, parts);
    if (text === undefined) return whole;
    const rest = tail ?? '';
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '') + rest;
    if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) + rest;
    if (flag === '^') return text.toUpperCase() + rest;
    return text + rest;
  });
}

function colonOffset(offset: string): string {
  return offset === ''
    ? ''
    : `${offset.slice(0, 3)}:${offset.slice(3, 5)}${offset.length > 5 ? `:${offset.slice(5)}` : ''}`;
}

function directive(code: string, parts: DateTimeParts): string | undefined {
  const { year, month, day, hour, minute, second } = parts;
  const ordinal = toOrdinal(year, month, day);
  const yearDay = dayOfYear(year, month, day);
  const dayIndex = weekday(ordinal);
  switch (code) {
    case 'Y':
      return String(year);
    case 'y':
      return pad(year % 100, 2);
    case 'C':
      return pad(Math.floor(year / 100), 2);
    case 'm':
      return pad(month, 2);
    case 'd':
      return pad(day, 2);
    case 'e':
      return String(day).padStart(2, ' ');
    case 'H':
      return pad(hour, 2);
    case 'k':
      return String(hour).padStart(2, ' ');
    case 'I':
      return pad(hour % 12 === 0 ? 12 : hour % 12, 2);
    case 'l':
      return String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, ' ');
    case 'M':
      return pad(minute, 2);
    case 'S':
      return pad(second, 2);
    case 'f':
      return pad(parts.microsecond, 6);
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 'j':
      return pad(yearDay, 3);
    case 'A':
      return DAY_NAMES[dayIndex];
    case 'a':
      return DAY_NAMES[dayIndex]?.slice(0, 3);
    case 'B':
      return MONTH_NAMES[month - 1];
    case 'b':
    case 'h':
      return MONTH_NAMES[month - 1]?.slice(0, 3);
    case 'w':
      return String((dayIndex + 1) % 7);
    case 'u':
      return String(dayIndex + 1);
    case 'U':
      return pad(Math.floor((yearDay + 6 - ((dayIndex + 1) % 7)) / 7), 2);
    case 'W':
      return pad(Math.floor((yearDay + 6 - dayIndex) / 7), 2);
    case 'G':
      return String(isoCalendar(ordinal).year);
    case 'g':
      return pad(isoCalendar(ordinal).year % 100, 2);
    case 'V':
      return pad(isoCalendar(ordinal).week, 2);
    case 'z':
      return parts.offset;
    case 'Z':
      return parts.zone;
    case 's':
      return String((ordinal - 719_163) * 86_400 + hour * 3600 + minute * 60 + second);
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'D':
    case 'x':
      return `${pad(month, 2)}/${pad(day, 2)}/${pad(year % 100, 2)}`;
    case 'F':
      return `${year}-${pad(month, 2)}-${pad(day, 2)}`;
    case 'T':
    case 'X':
      return `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;
    case 'R':
      return `${pad(hour, 2)}:${pad(minute, 2)}`;
    case 'r':
      return `${pad(hour % 12 === 0 ? 12 : hour % 12, 2)}:${pad(minute, 2)}:${pad(second, 2)} ${hour < 12 ? 'AM' : 'PM'}`;
    case 'c':
      return `${DAY_NAMES[dayIndex]?.slice(0, 3)} ${MONTH_NAMES[month - 1]?.slice(0, 3)} ${String(day).padStart(2, ' ')} ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)} ${year}`;
    case '%':
      return '%';
    default:
      return undefined;
  }
}
