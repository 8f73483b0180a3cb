import { DbtError } from '../diagnostics/errors.js';
import { dictGet, isDict, PyDateTime, parseIsoDateTime, pyStr, UTC } from '../jinja/values.js';
import { parseCliVars } from './vars.js';

const FORMATS = "'%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'";
const WRITTEN = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{1,2}:\d{1,2})?$/;
const GRAINS = ['hour', 'day', 'month', 'year'];

/** The two ends of `--event-time-start` and `--event-time-end`, ISO 8601 without zone; both null when they are not given. */
export interface EventTimes {
  readonly start: string | null;
  readonly end: string | null;
}

/** Reads the two flags. Throws `flag-invalid` for what is no time, for one of the two alone and for a start that is not before the end. */
export function readEventTimes(start: unknown, end: unknown): EventTimes {
  const from = readTime('--event-time-start', start);
  const to = readTime('--event-time-end', end);
  if (from === null && to === null) return { start: null, end: null };
  if (from === null) throw alone('end', 'start');
  if (to === null) throw alone('start', 'end');
  if (from >= to) {
    throw new DbtError('flag-invalid', 'Value for `--event-time-start` must be less than `--event-time-end`', {
      hint: `The start is ${from}, the end ${to}; the end is not part of the stretch.`,
    });
  }
  return { start: from, end: to };
}

function alone(given: string, missing: string): DbtError {
  return new DbtError(
    'flag-invalid',
    `The flag \`--event-time-${given}\` was specified, but \`--event-time-${missing}\` was not. ` +
      `When specifying \`--event-time-${given}\`, \`--event-time-${missing}\` must also be present.`,
    { hint: `Add --event-time-${missing}.` },
  );
}

function readTime(option: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = pyStr(value);
  const padded = text.replace(/\b\d\b/g, '0$&');
  try {
    if (WRITTEN.test(text)) return parseIsoDateTime(padded).isoformat();
  } catch {
    // Told below.
  }
  throw new DbtError(
    'flag-invalid',
    `Invalid value for '${option}': '${text}' does not match the formats ${FORMATS}.`,
    {
      hint: 'Times are UTC, e.g. 2026-11-02 or 2026-11-02T05:00:00.',
    },
  );
}

/** Start and end of a sample, ISO 8601 with the zone. */
export interface Sample {
  readonly start: string;
  readonly end: string;
}

/**
 * Reads `--sample`: a stretch until now such as `3 days`, or `{start: …, end: …}` in UTC. Throws `flag-invalid` for
 * anything else.
 */
export function readSample(value: unknown, now: Date): Sample | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && !value.trimStart().startsWith('{')) return relativeSample(value, now);
  const window = typeof value === 'string' ? parseCliVars(value, 'sample') : value;
  const end = (name: string): string => {
    const given = isDict(window) ? dictGet(window, name) : undefined;
    if (given === undefined || given === null) throw invalidSample(`Field "${name}" is missing`);
    try {
      return inUtc(parseIsoDateTime(given instanceof PyDateTime ? given.isoformat() : pyStr(given)));
    } catch (error) {
      throw invalidSample(`Field "${name}" has the invalid value ${pyStr(given)}`, error);
    }
  };
  return { start: end('start'), end: end('end') };
}

/** As dbt does it, a zone that is given is overwritten, not converted. */
function inUtc(time: PyDateTime): string {
  const { year, month, day, hour, minute, second, microsecond } = time;
  return new PyDateTime(year, month, day, hour, minute, second, microsecond, UTC).isoformat();
}

function relativeSample(text: string, now: Date): Sample {
  const [count = '', grain = '', ...more] = text.split(' ');
  if (grain === '' || more.length > 0) {
    throw invalidSample(`Cannot load SAMPLE_WINDOW from '${text}'. Must be of form 'DAYS_INT GRAIN_SIZE'.`);
  }
  if (!/^[+-]?\d+$/.test(count)) throw invalidSample(`Unable to convert '${count}' to an integer.`);
  const size = grain.toLowerCase().replace(/s+$/, '');
  if (!GRAINS.includes(size)) {
    const valid = [...GRAINS, ...GRAINS.map((g) => `${g}s`)].map((g) => `'${g}'`).join(', ');
    throw invalidSample(`Invalid grain size '${grain}'. Must be one of [${valid}].`);
  }
  const end = PyDateTime.fromInstant(BigInt(now.getTime()) * 1000n, UTC);
  return { start: back(end, size, Number(count)).isoformat(), end: end.isoformat() };
}

/** Months and years keep the day of the month, or take the last one that there is. */
function back(time: PyDateTime, size: string, count: number): PyDateTime {
  if (size === 'hour' || size === 'day') {
    const hours = size === 'hour' ? count : count * 24;
    return PyDateTime.fromWallMicros(time.wallMicros - BigInt(hours) * 3_600_000_000n, UTC);
  }
  const months = time.year * 12 + time.month - 1 - (size === 'month' ? count : count * 12);
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const { day, hour, minute, second, microsecond } = time;
  return new PyDateTime(year, month, Math.min(day, days), hour, minute, second, microsecond, UTC);
}

function invalidSample(why: string, cause?: unknown): DbtError {
  return new DbtError('flag-invalid', `Invalid value for '--sample': ${why}`, {
    hint: "Give a stretch until now, e.g. '3 days', or '{start: 2026-11-01, end: 2026-11-03}'.",
    cause,
  });
}
