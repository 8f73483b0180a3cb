import type { ConfigWarning } from '../../config/warnings.js';
import type { ReadKind, ReadObserver } from '../../context/reads.js';
import { readKey, type Unit } from './unit.js';

/** Notes what parsing a unit reads, names, warns of and adds, under the unit that is being parsed. */
export class Recorder implements ReadObserver {
  /** The units that were parsed, in order. */
  readonly units: Unit[] = [];
  #current: Unit | null = null;

  /** The unit that is being parsed; null between units. */
  get current(): Unit | null {
    return this.#current;
  }

  /** Parses a unit. */
  record(unit: Unit, step: () => void): void {
    this.units.push(unit);
    this.within(unit, step);
  }

  /** Notes what happens under a unit that is no part of the parse's result. */
  within(unit: Unit | null, step: () => void): void {
    const before = this.#current;
    this.#current = unit;
    try {
      step();
    } finally {
      this.#current = before;
    }
  }

  read(kind: ReadKind, scope: string, name: string): void {
    this.#current?.reads.add(readKey(kind, scope, name));
  }

  readUnrepeatable(): void {
    if (this.#current) this.#current.volatile = true;
  }

  /** Notes the name of a resource. */
  name(name: string): void {
    this.#current?.names.add(name);
  }

  warn(warning: ConfigWarning): void {
    this.#current?.warnings.push(warning);
  }

  /** Notes something that is no entry of a table. */
  extra(value: unknown): void {
    this.#current?.extras.push(value);
  }
}
