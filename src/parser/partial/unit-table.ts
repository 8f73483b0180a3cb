import type { Recorder } from './recorder.js';
import type { Unit } from './unit.js';

/** A table of the manifest builder that knows which unit has put each value there. */
export class UnitTable<V> extends Map<string, V> {
  readonly table: string;
  readonly #recorder: Recorder;
  readonly #owners = new Map<string, Unit>();
  #revision = 0;

  constructor(table: string, recorder: Recorder) {
    super();
    this.table = table;
    this.#recorder = recorder;
  }

  // The unit that the order of the keys comes from: the first that has set a key since it was last deleted.
  override set(key: string, value: V): this {
    if (!this.has(key)) {
      const { current } = this.#recorder;
      if (current) this.#owners.set(key, current);
    }
    return super.set(key, value);
  }

  /** Sets what was kept of a unit; `revision` tells whoever has an index of the table. */
  putBack(key: string, value: V): void {
    this.set(key, value);
    this.#revision += 1;
  }

  /** How often something was put back. */
  get revision(): number {
    return this.#revision;
  }

  override delete(key: string): boolean {
    this.#owners.delete(key);
    return super.delete(key);
  }

  /** The values with the units that have put them there, in the table's order. */
  *owned(): IterableIterator<readonly [unit: Unit, key: string, value: V]> {
    for (const [key, value] of this) {
      const unit = this.#owners.get(key);
      if (unit) yield [unit, key, value];
    }
  }
}

/** A table with a list under each key. */
export class UnitLists<V extends object> extends Map<string, V[]> {
  readonly table: string;
  readonly #recorder: Recorder;
  readonly #owners = new WeakMap<V, Unit>();

  constructor(table: string, recorder: Recorder) {
    super();
    this.table = table;
    this.#recorder = recorder;
  }

  /** Adds to the list of a key. */
  append(key: string, value: V): void {
    const { current } = this.#recorder;
    if (current) this.#owners.set(value, current);
    const list = this.get(key);
    if (list) list.push(value);
    else this.set(key, [value]);
  }

  /** The values with the units that have put them there, in the table's order. */
  *owned(): IterableIterator<readonly [unit: Unit, key: string, value: V]> {
    for (const [key, list] of this) {
      for (const value of list) {
        const unit = this.#owners.get(value);
        if (unit) yield [unit, key, value];
      }
    }
  }
}
