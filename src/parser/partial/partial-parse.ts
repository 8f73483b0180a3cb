import { randomBytes } from 'node:crypto';
import type { ConfigWarning } from '../../config/warnings.js';
import type { RuntimeConfig } from '../../contracts/runtime-config.js';
import { baseKey } from './base-key.js';
import { type BaseKey, type KeptParse, readCache, writeCache } from './cache-file.js';
import { Plan, type PresentUnit } from './plan.js';
import type { ReadValues } from './read-values.js';
import { fileOfUnit } from './unit.js';
import { Units } from './units.js';

/** What happens with the kept parse, in the names of dbt's events. */
export type PartialParseEvent =
  | { readonly name: 'UnableToPartialParse'; readonly reason: string }
  | { readonly name: 'ParsedFileLoadFailed'; readonly path: string; readonly exc: string }
  | { readonly name: 'PartialParsingSkipParsing' }
  | {
      readonly name: 'PartialParsingEnabled';
      readonly deleted: number;
      readonly added: number;
      readonly changed: number;
    }
  | { readonly name: 'PartialParsingFile'; readonly operation: string; readonly file_id: string }
  | { readonly name: 'PartialParsingError'; readonly exc_info: string };

export interface PartialParseOptions {
  /** The file of an earlier parse; null: there is nothing to be used. */
  readonly read: string | null;
  /** Where this parse is kept. */
  readonly write: string;
  /** The version of tsdbt: another one's file is not used. */
  readonly version: string;
  readonly tell: (event: PartialParseEvent) => void;
}

/** The files of the project as units, and the signatures of a properties file's entries. */
export interface Present {
  readonly units: ReadonlyMap<string, PresentUnit>;
  signatures(file: string): ReadonlyMap<string, string>;
}

/** A parse in two steps, so that it can begin again between them. */
export interface ParseSteps<C extends { readonly units: Units }, P> {
  /** Parses all files. `onReads` is called before the first one whose templates are rendered. */
  collect(units: Units, onReads: (values: ReadValues) => void): C;
  /** Connects what was found. */
  finish(collected: C): P;
}

/** Parses with the help of an earlier parse. */
export class PartialParse {
  /** For the hashes of values in the file. */
  readonly salt: string;
  readonly #options: PartialParseOptions;
  readonly #base: BaseKey;
  readonly #present: Present;
  readonly #strict: boolean;
  #kept: KeptParse | null;

  constructor(options: PartialParseOptions, config: RuntimeConfig, present: Present) {
    this.#options = options;
    this.#present = present;
    const { warn_error: all, warn_error_options: some } = config.flags;
    this.#strict = all || some.error === 'all' || some.error.length > 0;
    this.#kept = this.#load();
    this.salt = this.#kept?.salt ?? randomBytes(12).toString('base64');
    this.#base = baseKey(config, options.version, this.salt);
    if (this.#kept && !this.#isUsable(this.#kept)) this.#kept = null;
  }

  /**
   * Parses what has changed and takes the rest from the earlier parse. Whatever goes wrong on the way, the project is
   * parsed from the beginning: errors are always those of a full parse.
   */
  async run<C extends { readonly units: Units }, P>(
    warn: (warning: ConfigWarning) => void,
    steps: ParseSteps<C, P>,
  ): Promise<P> {
    const kept = this.#kept;
    if (kept) {
      const parsed = await this.#reuse(kept, warn, steps);
      if (parsed) return parsed;
      this.#kept = null;
    }
    let values: ReadValues | undefined;
    const collected = steps.collect(new Units(warn), (now) => {
      values = now;
    });
    const parsed = steps.finish(collected);
    if (values) await this.#save(collected.units, values);
    return parsed;
  }

  async #reuse<C extends { readonly units: Units }, P>(
    kept: KeptParse,
    warn: (warning: ConfigWarning) => void,
    steps: ParseSteps<C, P>,
  ): Promise<P | null> {
    const plan = new Plan(kept);
    let warnings: ConfigWarning[] | null = [];
    let parsed: P;
    let collected: C;
    let values: ReadValues | undefined;
    let valid = true;
    try {
      plan.compareFiles(this.#present.units, (file) => this.#present.signatures(file));
      do {
        warnings = [];
        const units = new Units((warning) => (warnings ? void warnings.push(warning) : warn(warning)));
        units.reuse({ kept, plan });
        collected = steps.collect(units, (now) => {
          if (!values) valid = plan.compareReads(now);
          values = now;
        });
        // A new name may be one that a unit taken over has looked for.
      } while (valid && plan.touch(namesOf(collected.units)));
      if (!valid) {
        this.#options.tell({
          name: 'UnableToPartialParse',
          reason: 'the macros that name relations, or what they read, have changed',
        });
        return null;
      }
      parsed = steps.finish(collected);
      // A warning that becomes an error becomes one where it is found.
      if (this.#strict && warnings.length > 0) return null;
    } catch (error) {
      this.#options.tell({ name: 'PartialParsingError', exc_info: String(error) });
      return null;
    }
    this.#tell(kept, collected.units);
    const held = warnings;
    warnings = null;
    for (const warning of held) warn(warning);
    if (values) await this.#save(collected.units, values);
    return parsed;
  }

  #load(): KeptParse | null {
    const { read, tell } = this.#options;
    if (read === null) return null;
    try {
      const kept = readCache(read);
      if (!kept) tell({ name: 'UnableToPartialParse', reason: 'saved manifest not found. Starting full parse.' });
      return kept;
    } catch (error) {
      tell({ name: 'ParsedFileLoadFailed', path: read, exc: (error as Error).message });
      return null;
    }
  }

  #isUsable({ base }: KeptParse): boolean {
    const changed = Object.keys(this.#base).filter((part) => base[part] !== this.#base[part]);
    for (const reason of changed) this.#options.tell({ name: 'UnableToPartialParse', reason });
    return changed.length === 0;
  }

  /** Tells which files have changed since, as dbt does. */
  #tell(kept: KeptParse, units: Units): void {
    const { tell } = this.#options;
    const before = new Map([...kept.units.values()].map(({ id, hash }) => [fileOfUnit(id), hash]));
    const now = this.#present.units;
    const added = [...now.keys()].filter((id) => !before.has(id));
    const deleted = [...before.keys()].filter((id) => !now.has(id));
    const changed = [...now.values()].filter(({ id, hash }) => before.has(id) && before.get(id) !== hash);
    tell({ name: 'PartialParsingEnabled', deleted: deleted.length, added: added.length, changed: changed.length });
    if (units.recorder.units.length === 0 && deleted.length === 0) tell({ name: 'PartialParsingSkipParsing' });
    const file = (operation: string, id: string): void =>
      tell({ name: 'PartialParsingFile', operation, file_id: id.split('|')[1] ?? id });
    for (const id of added) file('added', id);
    for (const id of deleted) file('deleted', id);
    for (const { id } of changed) file('updated', id);
  }

  /** Keeps the parse. A target directory that can't be written to is no reason to stop. */
  async #save(units: Units, values: ReadValues): Promise<void> {
    const { write, read, tell } = this.#options;
    const kept = this.#kept;
    const toWrite = units.toWrite();
    if (units.naming.volatile || units.naming.warnings.length > 0) return;
    if (kept && read === write && units.recorder.units.length === 0 && toWrite.length === kept.units.size) return;
    const naming = new Set(units.naming.reads);
    for (const read of kept?.naming ?? []) naming.add(kept?.reads[read]?.[0] as string);
    try {
      await writeCache(write, {
        base: this.#base,
        salt: this.salt,
        naming: [...naming],
        units: toWrite,
        print: (key) => values.print(key),
      });
    } catch (error) {
      tell({ name: 'PartialParsingError', exc_info: (error as Error).message });
    }
  }
}

function* namesOf(units: Units): IterableIterator<string> {
  for (const unit of units.recorder.units) yield* unit.names;
}
