import { PyError, typeError } from '../../jinja/errors.js';
import {
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  hostMethod,
  JINJA,
  PyDateTime,
  PySet,
  PyTimeDelta,
  PyTimezone,
  type TzInfo,
  typeName,
  type WallClock,
} from '../../jinja/values.js';

const MINUTE = 60_000_000n;

/** Python's `pytz` as dbt exports it, over the time zones that the JavaScript engine knows. */
export function pytzModule(): { readonly [name: string]: unknown } {
  const names = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const members = {
    timezone: hostFunction('timezone', (args) => zone(bindArguments('timezone', args, ['zone'])[0])),
    utc: UTC_ZONE,
    UTC: UTC_ZONE,
    FixedOffset: hostFunction('FixedOffset', (args) => {
      const [offset] = bindArguments('FixedOffset', args, ['offset']);
      const minutes = Number(offset);
      if (minutes === 0) return UTC_ZONE;
      return new PyTimezone(new PyTimeDelta(BigInt(minutes) * MINUTE), `pytz.FixedOffset(${minutes})`);
    }),
  };
  return Object.defineProperties(members, {
    all_timezones: { enumerable: true, get: names },
    common_timezones: { enumerable: true, get: names },
    all_timezones_set: { enumerable: true, get: () => new PySet(names()) },
    common_timezones_set: { enumerable: true, get: () => new PySet(names()) },
  });
}

const zones = new Map<string, PytzZone>();

/** The zone of a name, ignoring case as pytz does. @throws PyError UnknownTimeZoneError */
function zone(name: unknown): PytzZone {
  if (typeof name !== 'string') throw typeError(`expected a zone's name, got '${typeName(name)}'`);
  if (name.toUpperCase() === 'UTC') return UTC_ZONE;
  let found = zones.get(name);
  if (found === undefined) {
    try {
      const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions();
      // The engine may answer with an alias's target; the name that was asked for is what pytz keeps.
      found = new PytzZone(timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name);
    } catch {
      throw new PyError('UnknownTimeZoneError', `'${name}'`);
    }
    zones.set(name, found);
  }
  return found;
}

/** A time zone of pytz: a tzinfo with `localize`, `normalize` and `zone`. */
class PytzZone implements TzInfo {
  readonly [JINJA.type] = 'pytz.tzfile';
  #format: Intl.DateTimeFormat | undefined;

  constructor(readonly name: string) {}

  utcOffset(wall: WallClock | undefined): PyTimeDelta | null {
    if (!wall) return null;
    // The offset at the wall reading taken as UTC, and once more at the instant that this offset gives.
    const reading = wallMicros(wall);
    const first = this.#minutes(reading);
    return delta(this.#minutes(reading - first));
  }

  offsetAtInstant(micros: bigint): PyTimeDelta {
    return delta(this.#minutes(micros));
  }

  tzName(wall: WallClock | undefined): string | null {
    if (!wall) return null;
    if (this.name === 'UTC') return 'UTC';
    const offset = this.utcOffset(wall)?.micros ?? 0n;
    const instant = new Date(Number((wallMicros(wall) - offset) / 1000n));
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: this.name, timeZoneName: 'short' }).formatToParts(
      instant,
    );
    return parts.find((p) => p.type === 'timeZoneName')?.value ?? this.name;
  }

  dst(wall: WallClock | undefined): PyTimeDelta | null {
    if (!wall) return null;
    const january = this.#minutes(wallMicros({ ...ZERO, year: wall.year, month: 1 }));
    const july = this.#minutes(wallMicros({ ...ZERO, year: wall.year, month: 7 }));
    const standard = january < july ? january : july;
    return delta((this.utcOffset(wall)?.micros ?? 0n) - standard);
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'zone':
        return this.name;
      case 'localize':
        return hostMethod('pytz.tzinfo', name, (args) => this.#localize(args));
      case 'normalize':
        return hostMethod('pytz.tzinfo', name, (args) => this.#normalize(args));
      case 'utcoffset':
        return hostMethod('pytz.tzinfo', name, (args) => this.utcOffset(dateTime(args.positional[0])));
      case 'tzname':
        return hostMethod('pytz.tzinfo', name, (args) => this.tzName(dateTime(args.positional[0])));
      case 'dst':
        return hostMethod('pytz.tzinfo', name, (args) => this.dst(dateTime(args.positional[0])));
      default:
        return undefined;
    }
  }

  [JINJA.str](): string {
    return this.name;
  }

  [JINJA.repr](): string {
    return this.name === 'UTC' ? '<UTC>' : `<DstTzInfo '${this.name}'>`;
  }

  #localize(args: CallArgs): PyDateTime {
    const [value] = bindArguments('localize', args, ['dt', { name: 'is_dst', default: false }]);
    const naive = dateTime(value);
    if (naive.tzinfo) throw new PyError('ValueError', 'Not naive datetime (tzinfo is already set)');
    return PyDateTime.fromWallMicros(wallMicros(naive), this);
  }

  #normalize(args: CallArgs): PyDateTime {
    const [value] = bindArguments('normalize', args, ['dt', { name: 'is_dst', default: false }]);
    const aware = dateTime(value);
    const offset = aware.tzinfo?.utcOffset(aware);
    if (!aware.tzinfo || !offset) throw new PyError('ValueError', 'Naive time - no tzinfo set');
    const instant = wallMicros(aware) - offset.micros;
    return PyDateTime.fromWallMicros(instant + this.#minutes(instant), this);
  }

  /** The offset in microseconds at an instant (microseconds since 1970 UTC). */
  #minutes(instant: bigint): bigint {
    if (this.name === 'UTC') return 0n;
    this.#format ??= new Intl.DateTimeFormat('en-US', {
      timeZone: this.name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    const milliseconds = Math.floor(Number(instant / 1000n) / 1000) * 1000;
    const parts: { [type: string]: string } = {};
    for (const part of this.#format.formatToParts(milliseconds)) parts[part.type] = part.value;
    const year = Number(parts['year']) * (parts['era'] === 'BC' ? -1 : 1);
    const wall = Date.UTC(
      year,
      Number(parts['month']) - 1,
      Number(parts['day']),
      Number(parts['hour']),
      Number(parts['minute']),
      Number(parts['second']),
    );
    return BigInt(wall - milliseconds) * 1000n;
  }
}

const ZERO: WallClock = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 };

/** `pytz.utc`, which also is the zone of `run_started_at`. */
export const UTC_ZONE: TzInfo & HostObject & PytzZone = new PytzZone('UTC');

const delta = (micros: bigint): PyTimeDelta => new PyTimeDelta(micros);

function wallMicros(wall: WallClock): bigint {
  const date = new Date(Date.UTC(2000, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second));
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  return BigInt(date.getTime()) * 1000n + BigInt(wall.microsecond);
}

function dateTime(value: unknown): PyDateTime {
  if (value instanceof PyDateTime) return value;
  throw typeError(`expected a datetime, got '${typeName(value)}'`);
}
