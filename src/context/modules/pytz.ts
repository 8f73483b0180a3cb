import { DbtError } from '../../diagnostics/errors.js';
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
  pyStr,
  type TzInfo,
  typeName,
  type WallClock,
} from '../../jinja/values.js';
import { pythonClass } from './python-class.js';

const MINUTE = 60_000_000n;

/** Python's `pytz` as dbt exports it, over the time zones that the JavaScript engine knows. */
export function pytzModule(): { readonly [name: string]: unknown } {
  const names = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const members = {
    timezone: hostFunction('timezone', (args) => zone(bindArguments('timezone', args, ['zone'])[0])),
    utc: UTC_ZONE,
    FixedOffset: hostFunction('FixedOffset', (args) => {
      const [offset] = bindArguments('FixedOffset', args, ['offset']);
      const minutes = Number(offset);
      if (minutes === 0) return UTC_ZONE;
      return new PyTimezone(new PyTimeDelta(BigInt(minutes) * MINUTE), `pytz.FixedOffset(${minutes})`);
    }),
  };
  for (const name of ERRORS) Object.assign(members, { [name]: pythonClass(`pytz.exceptions.${name}`) });
  Object.assign(members, { BaseTzInfo: pythonClass('pytz.tzinfo.BaseTzInfo') });
  for (const name of COUNTRIES)
    Object.defineProperty(members, name, { enumerable: true, get: () => noCountries(name) });
  return Object.defineProperties(members, {
    all_timezones: { enumerable: true, get: names },
    common_timezones: { enumerable: true, get: names },
    all_timezones_set: { enumerable: true, get: () => new PySet(names()) },
    common_timezones_set: { enumerable: true, get: () => new PySet(names()) },
  });
}

const ERRORS = ['UnknownTimeZoneError', 'InvalidTimeError', 'AmbiguousTimeError', 'NonExistentTimeError'];
/** pytz reads them from files of the time zone database that JavaScript's engines do not have. */
const COUNTRIES = ['country_names', 'country_timezones'];

function noCountries(name: string): never {
  throw new DbtError('jinja-unsupported', `modules.pytz.${name} is not supported`, {
    hint: 'Name the zone: modules.pytz.timezone(…).',
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
      found = new PytzZone(new ZoneRules(timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name), LONG_AGO);
    } catch {
      throw new PyError('UnknownTimeZoneError', `'${name}'`);
    }
    zones.set(name, found);
  }
  return found;
}

const DAY = 86_400_000_000n;
/** Before any zone's first rule: there the clocks show local mean time. */
const LONG_AGO = BigInt(Date.UTC(1700, 0, 1)) * 1000n;

/** What the JavaScript engine knows about a zone. */
class ZoneRules {
  #format: Intl.DateTimeFormat | undefined;

  constructor(readonly name: string) {}

  /** The offset in microseconds, in whole minutes as pytz has it, at an instant (microseconds since 1970 UTC). */
  offset(instant: bigint): bigint {
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
    return BigInt(Math.floor((wall - milliseconds + 30_000) / 60_000)) * MINUTE;
  }

  /** The offset that is no summer time in the year of an instant. */
  standard(instant: bigint): bigint {
    const year = new Date(Number(instant / 1000n)).getUTCFullYear();
    const [january, july] = [0, 6].map((month) => this.offset(BigInt(Date.UTC(year, month, 1)) * 1000n)) as [
      bigint,
      bigint,
    ];
    return january < july ? january : july;
  }

  /** Whether the zone has had one offset only. */
  get fixed(): boolean {
    return this.offset(LONG_AGO) === this.offset(0n);
  }

  abbreviation(instant: bigint): string {
    if (this.name === 'UTC') return 'UTC';
    if (instant === LONG_AGO && !this.fixed) return 'LMT';
    const format = new Intl.DateTimeFormat('en-US', { timeZone: this.name, timeZoneName: 'short' });
    const parts = format.formatToParts(new Date(Number(instant / 1000n)));
    return parts.find((p) => p.type === 'timeZoneName')?.value ?? this.name;
  }
}

/**
 * A time zone of pytz: a tzinfo with `localize`, `normalize` and `zone`. Like pytz's it has one offset, that of an
 * instant; `timezone(name)` itself has the local mean time from before any rule, which a datetime made with it keeps.
 */
class PytzZone implements TzInfo {
  readonly [JINJA.type] = 'pytz.tzfile';
  readonly #rules: ZoneRules;
  readonly #instant: bigint;
  #offset: bigint | undefined;

  constructor(rules: ZoneRules, instant: bigint) {
    this.#rules = rules;
    this.#instant = instant;
  }

  get #micros(): bigint {
    this.#offset ??= this.#rules.offset(this.#instant);
    return this.#offset;
  }

  utcOffset(wall: WallClock | undefined): PyTimeDelta | null {
    return wall ? new PyTimeDelta(this.#micros) : null;
  }

  atInstant(micros: bigint): PytzZone {
    return new PytzZone(this.#rules, micros);
  }

  tzName(wall: WallClock | undefined): string | null {
    return wall ? this.#rules.abbreviation(this.#instant) : null;
  }

  dst(wall: WallClock | undefined): PyTimeDelta | null {
    return wall ? new PyTimeDelta(this.#summer) : null;
  }

  get #summer(): bigint {
    return this.#instant === LONG_AGO ? 0n : this.#micros - this.#rules.standard(this.#instant);
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'zone':
        return this.#rules.name;
      case 'localize':
        return hostMethod('pytz.tzinfo', name, (args) => this.#localizeArgs(args));
      case 'normalize':
        return hostMethod('pytz.tzinfo', name, (args) => this.#normalize(args));
      case 'utcoffset':
        return this.#ofReading(name, (zone, value) => zone.utcOffset(value));
      case 'tzname':
        return this.#ofReading(name, (zone, value) => zone.tzName(value));
      case 'dst':
        return this.#ofReading(name, (zone, value) => zone.dst(value));
      default:
        return undefined;
    }
  }

  [JINJA.str](): string {
    return this.#rules.name;
  }

  [JINJA.repr](): string {
    const { name } = this.#rules;
    if (name === 'UTC') return '<UTC>';
    if (this.#rules.fixed) return `<StaticTzInfo '${name}'>`;
    const sign = this.#micros >= 0n ? '+' : '';
    const summer = this.#summer === 0n ? 'STD' : 'DST';
    return `<DstTzInfo '${name}' ${this.#rules.abbreviation(this.#instant)}${sign}${pyStr(new PyTimeDelta(this.#micros))} ${summer}>`;
  }

  /** A method of tzinfo called by hand: a reading that is not of this very zone is put into it first. */
  #ofReading(name: string, read: (zone: PytzZone, value: PyDateTime) => unknown): HostObject {
    return hostMethod('pytz.tzinfo', name, (args) => {
      const [value] = args.positional;
      if (value === null || value === undefined) return name === 'tzname' ? this.#rules.name : null;
      const reading = dateTime(value);
      return read(reading.tzinfo === this ? this : this.#zoneOf(wallMicros(reading), false), reading);
    });
  }

  #localizeArgs(args: CallArgs): PyDateTime {
    const [value, isDst] = bindArguments('localize', args, ['dt', { name: 'is_dst', default: false }]);
    const naive = dateTime(value);
    if (naive.tzinfo) throw new PyError('ValueError', 'Not naive datetime (tzinfo is already set)');
    const reading = wallMicros(naive);
    return PyDateTime.fromWallMicros(reading, this.#zoneOf(reading, isDst === true));
  }

  /** The zone at a wall clock reading; of two that it could be summer time when asked for, else standard time. */
  #zoneOf(reading: bigint, summer: boolean): PytzZone {
    const [before, after] = [this.#rules.offset(reading - DAY), this.#rules.offset(reading + DAY)];
    const offsets = before < after ? [before, after] : [after, before];
    const possible = offsets.filter((offset) => this.#rules.offset(reading - offset) === offset);
    const offset = summer ? possible.at(-1) : possible[0];
    // A reading that no clock showed: with the offset before the change, or after it.
    return this.atInstant(
      reading - (offset ?? (summer ? after : before)) + (offset === undefined ? (summer ? DAY : -DAY) : 0n),
    );
  }

  #normalize(args: CallArgs): PyDateTime {
    const [value] = bindArguments('normalize', args, ['dt', { name: 'is_dst', default: false }]);
    const aware = dateTime(value);
    const offset = aware.tzinfo?.utcOffset(aware);
    if (!aware.tzinfo || !offset) throw new PyError('ValueError', 'Naive time - no tzinfo set');
    return PyDateTime.fromInstant(wallMicros(aware) - offset.micros, this);
  }
}

/** `pytz.utc`, which also is the zone of `run_started_at`. */
export const UTC_ZONE: TzInfo & HostObject & PytzZone = new PytzZone(new ZoneRules('UTC'), LONG_AGO);

function wallMicros(wall: WallClock): bigint {
  const date = new Date(Date.UTC(2000, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second));
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  return BigInt(date.getTime()) * 1000n + BigInt(wall.microsecond);
}

function dateTime(value: unknown): PyDateTime {
  if (value instanceof PyDateTime) return value;
  throw typeError(`expected a datetime, got '${typeName(value)}'`);
}
