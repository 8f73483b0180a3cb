import { PyError } from '../errors.js';

/** The most items a `range` may have, as in Jinja's sandbox. */
export const MAX_RANGE = 100_000;

/** Python's range object. */
export class PyRange {
  readonly length: number;

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    const span = step > 0 ? stop - start : start - stop;
    this.length = span <= 0 ? 0 : Math.ceil(span / Math.abs(step));
    if (this.length > MAX_RANGE) {
      throw new PyError(
        'OverflowError',
        `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
      );
    }
  }

  at(index: number): number {
    return this.start + index * this.step;
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}

/** A Python iterator: what lazy filters give. It can be gone through once. */
export class PyIterator {
  readonly #iterator: Iterator<unknown>;

  constructor(
    source: Iterable<unknown>,
    readonly kind: string = 'generator',
  ) {
    this.#iterator = source[Symbol.iterator]();
  }

  next(): IteratorResult<unknown> {
    return this.#iterator.next();
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    const iterator = this.#iterator;
    return {
      next: () => iterator.next(),
      [Symbol.iterator]() {
        return this;
      },
    };
  }
}

/** A live view on a dict: what `d.keys()`, `d.values()` and `d.items()` give. */
export class PyDictView {
  constructor(
    readonly kind: 'dict_keys' | 'dict_values' | 'dict_items',
    readonly size: () => number,
    readonly iterate: () => Iterable<unknown>,
    readonly has: (value: unknown) => boolean,
  ) {}

  [Symbol.iterator](): Iterator<unknown> {
    return this.iterate()[Symbol.iterator]();
  }
}

/** Python's bytes, as `str.encode` gives them. */
export class PyBytes {
  constructor(readonly bytes: Uint8Array) {}
}
