import type { ConfigWarning } from '../../config/warnings.js';
import { InternalError } from '../../diagnostics/errors.js';
import type { SourceFile } from '../files/source-file.js';
import type { KeptParse, KeptUnit, UnitToWrite } from './cache-file.js';
import { type KeptResult, KeptUnusable, keepResult, takeValue } from './kept.js';
import type { Plan } from './plan.js';
import { Recorder } from './recorder.js';
import { Unit } from './unit.js';
import { UnitLists, UnitTable } from './unit-table.js';

/** What a unit is called and known by. */
export interface UnitHead {
  readonly id: string;
  readonly hash: string;
  readonly signature?: string | null;
}

/** What was kept, and what of it is to be used. */
export interface Reuse {
  readonly kept: KeptParse;
  readonly plan: Plan;
}

/** Parses the units of a project one after the other, or puts in what was kept of them. */
export class Units {
  readonly recorder = new Recorder();
  /** Macros that name relations are called for many nodes with one context: what they read is noted together. */
  readonly naming = new Unit('naming', '', null);
  readonly #warn: (warning: ConfigWarning) => void;
  readonly #tables = new Map<string, UnitTable<unknown> | UnitLists<object>>();
  readonly #files = new Map<string, SourceFile>();
  readonly #order: (Unit | { readonly kept: KeptUnit; readonly hash: string })[] = [];
  readonly #texts = new Map<Unit, string | null>();
  #reuse: Reuse | null = null;
  #collected = 0;

  constructor(warn: (warning: ConfigWarning) => void) {
    this.#warn = warn;
  }

  /** Says which tables units put something into. */
  addTables(owner: object): void {
    for (const table of Object.values(owner)) {
      if (table instanceof UnitTable || table instanceof UnitLists) this.#tables.set(table.table, table);
      else if (table instanceof Map)
        throw new InternalError('a table that units put something into must be a UnitTable');
    }
  }

  /** Says which files there are. */
  addFiles(files: Iterable<SourceFile>): void {
    for (const file of files) this.#files.set(file.id, file);
  }

  /** From here on, units are taken from what was kept where possible. */
  reuse(reuse: Reuse): void {
    this.#reuse = reuse;
  }

  /** Warns; the warning belongs to the unit that is being parsed. */
  warn(warning: ConfigWarning): void {
    this.recorder.warn(warning);
    this.#warn(warning);
  }

  /** Whether a unit is put in from what was kept. */
  isKept(id: string): boolean {
    return this.#kept(id) !== undefined;
  }

  /** Parses a unit by `step`, or puts in what was kept; `putBack` is given the extras of one that was. */
  parse({ id, hash, signature }: UnitHead, step: () => void, putBack?: (extras: readonly unknown[]) => void): void {
    const kept = this.#kept(id);
    if (!kept) {
      const unit = new Unit(id, hash, signature ?? null);
      this.#order.push(unit);
      this.recorder.record(unit, step);
      return;
    }
    this.#order.push({ kept, hash });
    const result = JSON.parse(this.#reuse?.kept.text(kept) ?? '') as KeptResult;
    for (const [table, key, value] of result.i) this.#put(table, key, value);
    if (result.x) putBack?.(result.x);
    for (const warning of result.w ?? []) this.#warn(warning);
  }

  /** The extras of a unit that was kept, without putting anything in. */
  extrasOf(id: string): readonly unknown[] {
    const kept = this.#kept(id);
    return kept ? ((JSON.parse(this.#reuse?.kept.text(kept) ?? '') as KeptResult).x ?? []) : [];
  }

  /** Notes under the units what the tables hold now of those that were parsed since the last time. */
  collect(): void {
    const { units } = this.recorder;
    const fresh = new Set(units.slice(this.#collected));
    this.#collected = units.length;
    for (const table of this.#tables.values()) {
      for (const [unit, key, value] of table.owned()) {
        if (fresh.has(unit)) unit.items.push({ table: table.table, key, value });
      }
    }
  }

  /** Makes texts of the results, before later steps change them. What holds one of `secrets` is not kept. */
  freeze(secrets: readonly string[]): void {
    const hidden = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
    for (const unit of this.recorder.units) {
      const text = unit.volatile ? null : keepResult(unit);
      this.#texts.set(unit, text !== null && hidden.some((secret) => text.includes(secret)) ? null : text);
    }
  }

  /** Everything that is to be written, in order. */
  toWrite(): readonly UnitToWrite[] {
    const from = this.#reuse?.kept;
    return this.#order.flatMap((one): UnitToWrite[] => {
      if (one instanceof Unit) return [{ unit: one, text: this.#texts.get(one) ?? null }];
      return from ? [{ ...one, from }] : [];
    });
  }

  /** The units that were put in from what was kept. */
  get reused(): number {
    return this.#order.length - this.recorder.units.length;
  }

  #kept(id: string): KeptUnit | undefined {
    const { kept, plan } = this.#reuse ?? {};
    return plan?.isDirty(id) ? undefined : kept?.units.get(id);
  }

  #put(name: string, key: string, kept: unknown): void {
    const table = this.#tables.get(name);
    const value = takeValue(name, kept, (id) => {
      const file = this.#files.get(id);
      if (!file) throw new KeptUnusable(`the file ${id} is gone`);
      return file;
    });
    if (table instanceof UnitLists) table.append(key, value as object);
    else if (!table || table.has(key)) throw new KeptUnusable(`${key} is twice in ${name}`);
    else table.putBack(key, value);
  }
}
