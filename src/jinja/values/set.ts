import { typeError } from '../errors.js';
import { PyDict } from './dict.js';
import { JINJA } from './protocol.js';

/** Python's set. Its order here is insertion order; Python's own is arbitrary. */
export class PySet {
  readonly #items = new PyDict();

  constructor(items: Iterable<unknown> = []) {
    for (const item of items) this.add(item);
  }

  [JINJA.hash](): never {
    throw typeError("unhashable type: 'set'");
  }

  get size(): number {
    return this.#items.size;
  }

  add(item: unknown): void {
    if (!this.#items.has(item)) this.#items.set(item, null);
  }

  has(item: unknown): boolean {
    return this.#items.has(item);
  }

  delete(item: unknown): boolean {
    return this.#items.delete(item);
  }

  clear(): void {
    this.#items.clear();
  }

  values(): IterableIterator<unknown> {
    return this.#items.keys();
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return this.#items.keys();
  }
}
