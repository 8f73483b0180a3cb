/** A date or a time of YAML: what `readTimestamp` read and the value it stands for. */
export interface Timestamp {
  readonly value: unknown;
}

const PARTS =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?)?$/;

/** Reads a timestamp; the message of Python's ValueError when there is no such day or hour. */
export function readTimestamp(text: string): Timestamp | string {
  const match = PARTS.exec(text);
  if (!match) return `'${text}' is not a timestamp`;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1) return `year ${year} is out of range`;
  if (month < 1 || month > 12) return 'month must be in 1..12';
  if (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) {
    return 'day is out of range for month';
  }
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  if (match[4] === undefined) return { value: date };
  if (hour > 23) return 'hour must be in 0..23';
  if (minute > 59) return 'minute must be in 0..59';
  if (second > 59) return 'second must be in 0..59';
  const micro = Number((match[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const fraction = micro === 0 ? '' : `.${pad(micro, 6)}`;
  const zone = match[8] === undefined ? '' : match[8] === 'Z' ? '+00:00' : offset(match);
  return { value: `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}${zone}` };
}

function offset(match: RegExpExecArray): string {
  const [hours, minutes] = [Number(match[10]), Number(match[11] ?? 0)];
  return `${hours === 0 && minutes === 0 ? '+' : match[9]}${pad(hours)}:${pad(minutes)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
