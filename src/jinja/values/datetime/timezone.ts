import { typeError, valueError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { type HostObject, hostFunction, hostMethod, JINJA } from '../protocol.js';
import { pyRepr } from '../text.js';
import { pad } from './calendar.js';
import { PyTimeDelta } from './timedelta.js';

/** A wall clock reading, for zones whose offset depends on it. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** Python's tzinfo: what a time zone of the host has to offer. */
export interface TzInfo extends HostObject {
  /** The offset from UTC of a wall clock reading in this zone; null when it is not known. */
  utcOffset(wall: WallClock | undefined): PyTimeDelta | null;
  /** The zone's abbreviation at that reading. */
  tzName(wall: WallClock | undefined): string | null;
  dst?(wall: WallClock | undefined): PyTimeDelta | null;
  /** The zone as it is at an instant, in microseconds since 1970 UTC; itself when missing. */
  atInstant?(micros: bigint): TzInfo;
}

/** Whether a value can serve as a time zone. */
export function isTzInfo(value: unknown): value is TzInfo {
  return (
    typeof value === 'object' && value !== null && typeof (value as { utcOffset?: unknown }).utcOffset === 'function'
  );
}

/** `+01:00`, with seconds and microseconds when the offset has any. */
export function offsetText(delta: PyTimeDelta, separator = ':'): string {
  const micros = delta.micros < 0n ? -delta.micros : delta.micros;
  const seconds = Number(micros / 1_000_000n);
  const fraction = Number(micros % 1_000_000n);
  let text = `${delta.micros < 0n ? '-' : '+'}${pad(Math.floor(seconds / 3600), 2)}${separator}${pad(Math.floor(seconds / 60) % 60, 2)}`;
  if (seconds % 60 !== 0 || fraction !== 0) text += `${separator}${pad(seconds % 60, 2)}`;
  return fraction === 0 ? text : `${text}.${pad(fraction, 6)}`;
}

/** Python's datetime.timezone: a fixed offset from UTC. */
export class PyTimezone implements TzInfo {
  readonly [JINJA.type] = 'datetime.timezone';

  constructor(
    readonly offset: PyTimeDelta,
    readonly name?: string,
  ) {
    const day = 86_400_000_000n;
    if (offset.micros <= -day || offset.micros >= day) {
      throw valueError(
        'offset must be a timedelta strictly between -timedelta(hours=24) and ' +
          `timedelta(hours=24), not ${pyRepr(offset)}.`,
      );
    }
  }

  utcOffset(): PyTimeDelta {
    return this.offset;
  }

  tzName(): string {
    if (this.name !== undefined) return this.name;
    return this.offset.micros === 0n ? 'UTC' : `UTC${offsetText(this.offset)}`;
  }

  dst(): null {
    return null;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'utcoffset') return hostMethod('datetime.timezone', name, () => this.offset);
    if (name === 'tzname') return hostMethod('datetime.timezone', name, () => this.tzName());
    return name === 'dst' ? hostMethod('datetime.timezone', name, () => null) : undefined;
  }

  [JINJA.str](): string {
    return this.tzName();
  }

  [JINJA.repr](): string {
    if (this.name === undefined && this.offset.micros === 0n) return 'datetime.timezone.utc';
    const name = this.name === undefined ? '' : `, ${pyRepr(this.name)}`;
    return `datetime.timezone(${pyRepr(this.offset)}${name})`;
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof PyTimezone && other.offset.micros === this.offset.micros;
  }

  [JINJA.hash](): string {
    return `timezone ${this.offset.micros}`;
  }
}

/** UTC. */
export const UTC = new PyTimezone(new PyTimeDelta(0n));

const create = hostFunction('timezone', (args) => {
  const [offset, name] = bindArguments('timezone', args, ['offset', { name: 'name', default: null }]);
  if (!(offset instanceof PyTimeDelta)) throw typeError('timezone() argument 1 must be datetime.timedelta');
  return new PyTimezone(offset, name === null ? undefined : String(name));
});

/** The class `datetime.timezone` as templates see it. */
export const timezoneClass: HostObject = {
  [JINJA.type]: 'type',
  [JINJA.call]: (args) => create[JINJA.call]?.(args),
  [JINJA.attr]: (name) => (name === 'utc' ? UTC : undefined),
  [JINJA.str]: () => "<class 'datetime.timezone'>",
};
