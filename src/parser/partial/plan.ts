import type { KeptParse, KeptUnit } from './cache-file.js';
import type { ReadValues } from './read-values.js';
import { entryOfUnit, fileOfUnit } from './unit.js';

/** A file of the project as it is now. */
export interface PresentUnit {
  readonly id: string;
  readonly hash: string;
  /** The name that resources of the file surely have, to be looked for before it is parsed. */
  readonly name: string | null;
}

/** What of a kept parse can't be used any more. */
export class Plan {
  readonly #kept: KeptParse;
  readonly #dirty = new Set<string>();
  readonly #byName = new Map<string, string[]>();

  constructor(kept: KeptParse) {
    this.#kept = kept;
    for (const { id, names } of kept.units.values()) {
      for (const name of names) {
        const units = this.#byName.get(name);
        if (units) units.push(id);
        else this.#byName.set(name, [id]);
      }
    }
  }

  /** Whether a unit has to be parsed. */
  isDirty(id: string): boolean {
    return this.#dirty.has(id);
  }

  /**
   * Marks what is of files that have changed or gone since, and what is different each time. `entries` gives the
   * signatures of the entries of a properties file that has changed.
   */
  compareFiles(
    present: ReadonlyMap<string, PresentUnit>,
    entries: (file: string) => ReadonlyMap<string, string>,
  ): void {
    const { units } = this.#kept;
    const dirty: string[] = [];
    for (const unit of units.values()) {
      const file = fileOfUnit(unit.id);
      const now = present.get(file);
      const same = now?.hash === unit.hash || (now !== undefined && unchangedEntry(unit, entries(file)));
      if (!same || unit.volatile) dirty.push(unit.id);
    }
    this.mark(dirty);
    for (const { id, name } of present.values()) if (name !== null && !units.has(id)) this.touch([name]);
  }

  /**
   * Marks what has read something that is not as it was. Returns false when that is true of the macros that name
   * relations: then nothing can be used.
   */
  compareReads(values: ReadValues): boolean {
    const { reads, units, naming } = this.#kept;
    const changed = new Set<number>();
    for (const [i, [key, print]] of reads.entries()) if (values.print(key) !== print) changed.add(i);
    if (changed.size === 0) return true;
    if (naming.some((read) => changed.has(read))) return false;
    for (const { id, reads: own } of units.values()) if (own.some((read) => changed.has(read))) this.mark([id]);
    return true;
  }

  /** Marks units, and all that have a name in common with one of them. */
  mark(ids: Iterable<string>): void {
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.#dirty.has(id)) continue;
      this.#dirty.add(id);
      for (const name of this.#kept.units.get(id)?.names ?? []) open.push(...this.#take(name));
    }
  }

  /** Marks the units that have one of some names. Returns whether there were any that were not marked. */
  touch(names: Iterable<string>): boolean {
    const before = this.#dirty.size;
    for (const name of names) this.mark(this.#take(name));
    return this.#dirty.size > before;
  }

  /** The units of a name; each name is asked for once. */
  #take(name: string): readonly string[] {
    const units = this.#byName.get(name) ?? [];
    this.#byName.delete(name);
    return units;
  }
}

/** Whether an entry of a properties file is as it was although the file is not. Its warnings have places, which are not. */
function unchangedEntry({ id, signature, warns }: KeptUnit, now: ReadonlyMap<string, string>): boolean {
  return signature !== null && !warns && now.get(entryOfUnit(id)) === signature;
}
