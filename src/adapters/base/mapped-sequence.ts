import { PyError } from '../../jinja/errors.js';
import { getSlice, PySlice } from '../../jinja/runtime/access.js';
import {
  bindArguments,
  type HostObject,
  hostFunction,
  JINJA,
  PyDict,
  PyTuple,
  pyEquals,
  pyRepr,
  pyStr,
  toArray,
} from '../../jinja/values.js';

/**
 * Values by position and by name, in order: agate's rows, and its lists of rows and columns. Iterating gives the
 * values; `row.name`, `row['name']` and `row[0]` find one.
 */
export class MappedSequence implements HostObject {
  /** agate's name of the class, for printing. */
  readonly label: string;
  readonly #values: readonly unknown[] | (() => readonly unknown[]);
  readonly #keys: readonly string[] | null;
  #made: readonly unknown[] | undefined;

  constructor(label: string, values: readonly unknown[] | (() => readonly unknown[]), keys: readonly string[] | null) {
    this.label = label;
    this.#values = values;
    this.#keys = keys;
  }

  get [JINJA.type](): string {
    return this.label;
  }

  get values(): readonly unknown[] {
    this.#made ??= typeof this.#values === 'function' ? this.#values() : this.#values;
    return this.#made;
  }

  get keys(): readonly string[] | null {
    return this.#keys;
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return this.values[Symbol.iterator]();
  }

  /** The value of that name, or undefined. */
  named(name: string): unknown {
    const index = this.#keys?.indexOf(name) ?? -1;
    return index === -1 ? undefined : this.values[index];
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'values':
        return hostFunction(name, () => new PyTuple(this.values));
      case 'keys':
        return hostFunction(name, () => this.#keys && new PyTuple(this.#keys));
      case 'items':
        return hostFunction(name, () => new PyTuple(this.#entries().map((entry) => new PyTuple(entry))));
      case 'dict':
        return hostFunction(name, () => PyDict.from(this.#entries() as [string, unknown][]));
      case 'get':
        return hostFunction(name, (args) => {
          const [key, fallback] = bindArguments(name, args, ['key', { name: 'default', default: null }]);
          return (typeof key === 'string' ? this.named(key) : undefined) ?? fallback;
        });
      default:
        return this.named(name);
    }
  }

  #entries(): (readonly [string, unknown])[] {
    if (!this.#keys) throw new PyError('KeyError', 'this sequence has no names');
    return this.#keys.map((key, i) => [key, this.values[i]]);
  }

  [JINJA.item](key: unknown): unknown {
    if (typeof key === 'string') return this.named(key);
    if (key instanceof PySlice) return getSlice(new PyTuple(this.values), key.start, key.stop, key.step);
    if (typeof key !== 'number') return undefined;
    const { values } = this;
    return values[key < 0 ? values.length + key : key];
  }

  [JINJA.iter](): Iterable<unknown> {
    return this.values;
  }

  [JINJA.len](): number {
    return this.values.length;
  }

  [JINJA.contains](value: unknown): boolean {
    return this.values.some((own) => pyEquals(own, value));
  }

  [JINJA.eq](other: unknown): boolean {
    if (!(other instanceof MappedSequence) && !Array.isArray(other) && !(other instanceof PyTuple)) return false;
    const theirs = other instanceof MappedSequence ? other.values : toArray(other);
    return theirs.length === this.values.length && this.values.every((value, i) => pyEquals(value, theirs[i]));
  }

  [JINJA.str](): string {
    const shown = this.values.slice(0, 5).map(pyRepr).join(', ');
    return `<agate.${this.label}: (${shown}${this.values.length > 5 ? ', ...' : ''})>`;
  }

  [JINJA.plain](): unknown {
    return this.values.map((value) => (typeof value === 'object' && value !== null ? pyStr(value) : value));
  }
}
