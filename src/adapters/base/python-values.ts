import { type HostObject, JINJA } from '../../jinja/values.js';

/** The fields of Python's datetime; `offset` in minutes east of UTC, null without a time zone. */
export interface DateTimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly offset: number | null;
}

/** Placeholder until the engine's own decimals and dates are there: prints and compares as text. */
class Opaque implements HostObject {
  readonly #type: string;
  readonly #text: string;
  readonly #repr: string;
  constructor(type: string, text: string, repr: string) {
    this.#type = type;
    this.#text = text;
    this.#repr = repr;
  }
  get [JINJA.type](): string {
    return this.#type;
  }
  [JINJA.str](): string {
    return this.#text;
  }
  [JINJA.repr](): string {
    return this.#repr;
  }
  [JINJA.eq](other: unknown): boolean {
    return other instanceof Opaque && other.#repr === this.#repr;
  }
  [JINJA.hash](): string {
    return this.#repr;
  }
  [JINJA.plain](): unknown {
    return this.#text;
  }
}

/** Python's `Decimal(text)`. */
export function makeDecimal(text: string): unknown {
  return new Opaque('decimal.Decimal', text, `Decimal('${text}')`);
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Python's `date(year, month, day)`. */
export function makeDate(year: number, month: number, day: number): unknown {
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return new Opaque('datetime.date', text, `datetime.date(${year}, ${month}, ${day})`);
}

/** Python's `datetime(…)`. */
export function makeDateTime(f: DateTimeFields): unknown {
  const micros = f.microsecond === 0 ? '' : `.${String(f.microsecond).padStart(6, '0')}`;
  const sign = (f.offset ?? 0) < 0 ? '-' : '+';
  const away = Math.abs(f.offset ?? 0);
  const zone = f.offset === null ? '' : `${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  const day = `${String(f.year).padStart(4, '0')}-${two(f.month)}-${two(f.day)}`;
  const text = `${day} ${two(f.hour)}:${two(f.minute)}:${two(f.second)}${micros}${zone}`;
  return new Opaque('datetime.datetime', text, `datetime.datetime(${text})`);
}
