import { PyError, typeError } from '../errors.js';
import { pyEquals } from '../values/compare.js';
import { iterate, toArray, tryIterate, tryLength } from '../values/iterate.js';
import { type CallArgs, type HostObject, hostMethod, JINJA } from '../values/protocol.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { MAX_DEPTH, tooDeep } from './macro-call.js';
import type { RenderState } from './state.js';

const NOTHING = Symbol('nothing');

/** The `loop` variable. Looks one item ahead only when asked for `last` or `nextitem`. */
export class LoopContext implements HostObject {
  readonly [JINJA.type] = 'LoopContext';
  current: unknown = NOTHING;
  #before: unknown = NOTHING;
  #after: unknown = NOTHING;
  #index0 = -1;
  #length: number | undefined;
  #iterator: Iterator<unknown>;
  #changed: unknown = NOTHING;

  constructor(
    readonly source: unknown,
    readonly state: RenderState,
    _place: number,
    readonly recurse?: (source: unknown, depth: number) => unknown,
    readonly depth0 = 0,
  ) {
    if (depth0 > MAX_DEPTH) throw tooDeep();
    this.#iterator = iterate(source)[Symbol.iterator]();
    this.#length = tryLength(source);
  }

  /** Goes to the next item; false at the end. */
  advance(): boolean {
    let next = this.#after;
    if (next === NOTHING) {
      const result = this.#iterator.next();
      if (result.done) return false;
      next = result.value;
    }
    this.#after = NOTHING;
    this.#index0 += 1;
    this.#before = this.current;
    this.current = next;
    return true;
  }

  #peek(): unknown {
    if (this.#after === NOTHING) {
      const result = this.#iterator.next();
      if (!result.done) this.#after = result.value;
    }
    return this.#after;
  }

  get length(): number {
    if (this.#length === undefined) {
      const rest = [...{ [Symbol.iterator]: () => this.#iterator }];
      this.#iterator = rest[Symbol.iterator]();
      this.#length = rest.length + this.#index0 + 1 + (this.#after === NOTHING ? 0 : 1);
    }
    return this.#length;
  }

  [JINJA.attr](name: string): unknown {
    switch (name) {
      case 'index':
        return this.#index0 + 1;
      case 'index0':
        return this.#index0;
      case 'first':
        return this.#index0 === 0;
      case 'last':
        return this.#peek() === NOTHING;
      case 'length':
        return this.length;
      case 'revindex':
        return this.length - this.#index0;
      case 'revindex0':
        return this.length - this.#index0 - 1;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem':
        return this.#index0 === 0 ? this.state.undefinedWith('there is no previous item') : this.#before;
      case 'nextitem': {
        const next = this.#peek();
        return next === NOTHING ? this.state.undefinedWith('there is no next item') : next;
      }
      case 'cycle':
        return hostMethod('LoopContext', name, ({ positional }) => {
          if (positional.length === 0) throw typeError('no items for cycling given');
          return positional[this.#index0 % positional.length];
        });
      case 'changed':
        return hostMethod('LoopContext', name, ({ positional }) => {
          const value = new PyTuple(positional);
          if (this.#changed !== NOTHING && pyEquals(this.#changed, value)) return false;
          this.#changed = value;
          return true;
        });
      default:
        return undefined;
    }
  }

  [JINJA.len](): number {
    return this.length;
  }

  [JINJA.call](args: CallArgs): unknown {
    if (!this.recurse) {
      throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.recurse(args.positional[0], this.depth0 + 1);
  }

  [JINJA.str](): string {
    return `<LoopContext ${this.#index0 + 1}/${this.length}>`;
  }
}

/** The items that a tuple target takes apart, checked for their number. */
export function unpack(value: unknown, count: number, _place?: number): readonly unknown[] {
  const items = Array.isArray(value) ? value : value instanceof PyTuple ? value.items : undefined;
  if (items && items.length === count) return items;
  const all = items ?? unpackable(value);
  if (all.length === count) return all;
  if (all.length > count) throw new PyError('ValueError', `too many values to unpack (expected ${count})`);
  throw new PyError('ValueError', `not enough values to unpack (expected ${count}, got ${all.length})`);
}

function unpackable(value: unknown): unknown[] {
  if (tryIterate(value) === undefined) throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  return toArray(value);
}
