import { PyError, typeError } from '../../errors.js';
import { bindArguments } from '../bind.js';
import { isFloat, isInt, makeFloat, roundHalfEven, toBigInt, toDouble } from '../numbers.js';
import { type BinaryOperator, type CallArgs, type HostObject, hostMethod, JINJA } from '../protocol.js';
import { typeName } from '../type-name.js';
import { pad } from './calendar.js';

const DAY = 86_400_000_000n;
const SECOND = 1_000_000n;
const UNITS: readonly (readonly [string, bigint])[] = [
  ['days', DAY],
  ['seconds', SECOND],
  ['microseconds', 1n],
  ['milliseconds', 1000n],
  ['minutes', 60n * SECOND],
  ['hours', 3600n * SECOND],
  ['weeks', 7n * DAY],
];

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Python's datetime.timedelta, exact to the microsecond. */
export class PyTimeDelta implements HostObject {
  readonly [JINJA.type] = 'datetime.timedelta';

  /** The duration in microseconds. */
  constructor(readonly micros: bigint) {
    if (micros < -999_999_999n * DAY || micros >= 1_000_000_000n * DAY) {
      const days = floorDiv(micros, DAY);
      throw new PyError('OverflowError', `days=${days}; must have magnitude <= 999999999`);
    }
  }

  /** `timedelta(days=…, …)` as templates call it. */
  static create(args: CallArgs): PyTimeDelta {
    const values = bindArguments(
      '__new__',
      args,
      UNITS.map(([name]) => ({ name, default: 0 })),
    );
    let micros = 0n;
    let rest = 0;
    UNITS.forEach(([name, unit], i) => {
      const value = values[i];
      const int = toBigInt(value);
      if (int !== undefined) micros += int * unit;
      else if (isFloat(value)) {
        const double = toDouble(value);
        const whole = Math.trunc(double);
        micros += BigInt(whole) * unit;
        rest += (double - whole) * Number(unit);
      } else throw typeError(`unsupported type for timedelta ${name} component: ${typeName(value)}`);
    });
    return new PyTimeDelta(micros + BigInt(Math.round(roundHalfEven(rest, 0))));
  }

  get days(): number {
    return Number(floorDiv(this.micros, DAY));
  }

  get seconds(): number {
    return Number((this.micros - BigInt(this.days) * DAY) / SECOND);
  }

  get microseconds(): number {
    return Number((this.micros - BigInt(this.days) * DAY) % SECOND);
  }

  totalSeconds(): number {
    return Number(this.micros) / 1e6;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'days') return this.days;
    if (name === 'seconds') return this.seconds;
    if (name === 'microseconds') return this.microseconds;
    if (name !== 'total_seconds') return undefined;
    return hostMethod('datetime.timedelta', name, () => makeFloat(this.totalSeconds()));
  }

  [JINJA.binary](operator: BinaryOperator, other: unknown, reversed: boolean): unknown {
    if (other instanceof PyTimeDelta) {
      const [a, b] = reversed ? [other.micros, this.micros] : [this.micros, other.micros];
      if (operator === '+') return new PyTimeDelta(a + b);
      if (operator === '-') return new PyTimeDelta(a - b);
      if (operator === '/' || operator === '//' || operator === '%') {
        if (b === 0n) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
        if (operator === '/') return makeFloat(Number(a) / Number(b));
        return operator === '//' ? Number(floorDiv(a, b)) : new PyTimeDelta(a - floorDiv(a, b) * b);
      }
      return undefined;
    }
    if (operator === '*' && isInt(other)) return new PyTimeDelta(this.micros * BigInt(other));
    if (operator === '*' && isFloat(other)) return this.#scaled(Number(this.micros) * toDouble(other));
    if (reversed || !(isInt(other) || isFloat(other))) return undefined;
    if (operator !== '/' && !(operator === '//' && isInt(other))) return undefined;
    const by = toDouble(other);
    if (by === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero');
    if (operator === '//') return new PyTimeDelta(floorDiv(this.micros, BigInt(by)));
    return this.#scaled(Number(this.micros) / by);
  }

  #scaled(micros: number): PyTimeDelta {
    return new PyTimeDelta(BigInt(roundHalfEven(micros, 0)));
  }

  [JINJA.unary](operator: '-' | '+' | 'abs'): unknown {
    if (operator === '+') return this;
    return new PyTimeDelta(operator === '-' || this.micros < 0n ? -this.micros : this.micros);
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof PyTimeDelta && other.micros === this.micros;
  }

  [JINJA.compare](other: unknown): number | undefined {
    if (!(other instanceof PyTimeDelta)) return undefined;
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0;
  }

  [JINJA.hash](): string {
    return `timedelta ${this.micros}`;
  }

  [JINJA.truthy](): boolean {
    return this.micros !== 0n;
  }

  [JINJA.str](): string {
    const { days, seconds, microseconds } = this;
    const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
    const fraction = microseconds === 0 ? '' : `.${pad(microseconds, 6)}`;
    const day = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return day + clock + fraction;
  }

  [JINJA.repr](): string {
    const parts: string[] = [];
    for (const name of ['days', 'seconds', 'microseconds'] as const) {
      if (this[name] !== 0) parts.push(`${name}=${this[name]}`);
    }
    return `datetime.timedelta(${parts.join(', ') || '0'})`;
  }
}
