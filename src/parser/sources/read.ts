import { asRecord } from '../../config/yaml.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { pyRepr } from '../../jinja/values.js';
import type { PropertiesPlace } from '../nodes/draft.js';
import { fqnPrefix } from '../nodes/render-node.js';
import { type KeptTable, KeptUnusable } from '../partial/kept.js';
import type { Recorder } from '../partial/recorder.js';
import type { Unit } from '../partial/unit.js';
import { UnitTable } from '../partial/unit-table.js';
import type { PropertiesEntry, Record } from '../properties/file.js';

/** A table of a source as written, before it is configured. */
export interface WrittenTable {
  readonly entry: PropertiesEntry;
  readonly source: Record;
  readonly table: Record;
  readonly path: readonly (string | number)[];
  readonly uniqueId: string;
  readonly fqn: readonly string[];
  readonly sourceName: string;
  readonly tableName: string;
  readonly patchPath: string | null;
  /** The entry's unit. */
  readonly unit: Unit | null;
}

/** An entry with `overrides:`, which changes the source of a package. */
export interface SourcePatch {
  readonly entry: PropertiesEntry;
  readonly overrides: string;
  readonly name: string;
}

const SOURCE_KEYS = new Set([
  'name',
  'description',
  'meta',
  'database',
  'schema',
  'loader',
  'quoting',
  'freshness',
  'loaded_at_field',
  'loaded_at_field_present',
  'loaded_at_query',
  'tables',
  'tags',
  'config',
  'overrides',
  'data_tests',
  'tests',
]);

/** Collects the sources of all properties files: they are worked out when all are there. */
export class SourceReader {
  readonly tables: UnitTable<WrittenTable | KeptTable>;
  readonly patches: UnitTable<SourcePatch>;
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.tables = new UnitTable('sourceTables', recorder);
    this.patches = new UnitTable('sourcePatches', recorder);
  }

  /** The place of a source's entry in a properties file. */
  placeOf(uniqueId: string): PropertiesPlace | null {
    const table = this.tables.get(uniqueId);
    if (!table) return null;
    return 'entry' in table ? table.entry.place : table.place;
  }

  /** The entry of the root that changes a package's source. */
  patchOf(packageName: string, source: string): SourcePatch | undefined {
    this.#recorder.name(overridden(packageName, source));
    return this.patches.get(`${packageName}.${source}`);
  }

  read(entry: PropertiesEntry): void {
    // Its tables are units of their own, which need it: both are parsed or none.
    const { current } = this.#recorder;
    if (current) this.#recorder.name(unitName(current.id));
    const { data } = entry;
    const overrides = data['overrides'];
    if (typeof overrides === 'string') {
      this.#recorder.name(overridden(overrides, entry.name));
      const key = `${overrides}.${entry.name}`;
      const known = this.patches.get(key);
      if (known)
        throw entry.file.error(
          [...entry.place.path, 'name'],
          `dbt found two schema.yml entries for the same source named ${entry.name} in package ${overrides}.`,
          'Merge the two entries.',
        );
      this.patches.set(key, { entry, overrides, name: entry.name });
      return;
    }
    this.#checkKeys(entry);
    const tables = data['tables'];
    if (tables === undefined || tables === null) return;
    if (!Array.isArray(tables))
      throw entry.file.error(
        [...entry.place.path, 'tables'],
        invalid(entry, `${pyRepr(tables)} is not of type 'array'`),
        "Write each table as '- name: …'.",
      );
    for (const [i, item] of tables.entries()) this.#add(entry, item, i);
  }

  #add(entry: PropertiesEntry, item: unknown, i: number): void {
    const path = ['tables', i];
    const table = asRecord(item);
    const name = table?.['name'];
    if (!table || typeof name !== 'string') {
      throw entry.file.error(
        [...entry.place.path, ...path],
        invalid(entry, "'name' is a required property"),
        "Add 'name: …' to the table.",
      );
    }
    const { packageName, relative } = entry.file.file;
    const uniqueId = `source.${packageName}.${entry.name}.${name}`;
    const known = this.tables.get(uniqueId);
    if (known && !('entry' in known)) throw new KeptUnusable(`the source ${uniqueId} is twice`);
    if (known) {
      throw entry.file.error(
        [...entry.place.path, ...path, 'name'],
        `dbt found two sources with the name "${entry.name}_${name}".\n\nSince these resources have the same name, dbt will be unable to find the correct resource when looking for source("${entry.name}", "${name}").\n\nTo fix this, change the name of one of these resources:\n- ${uniqueId} (${entry.file.file.original})\n- ${uniqueId} (${known.entry.file.file.original})`,
        'Rename or remove one of the two.',
      );
    }
    this.tables.set(uniqueId, {
      entry,
      source: entry.data,
      table,
      path,
      uniqueId,
      fqn: [...fqnPrefix(packageName, relative), entry.name, name],
      sourceName: entry.name,
      tableName: name,
      patchPath: null,
      unit: this.#recorder.current,
    });
  }

  #checkKeys(entry: PropertiesEntry): void {
    for (const key of Object.keys(entry.data)) {
      if (SOURCE_KEYS.has(key)) continue;
      throw entry.file.error(
        [...entry.place.path, key],
        invalid(entry, `Additional properties are not allowed (${pyRepr(key)} was unexpected)`),
        didYouMean(key, SOURCE_KEYS) ?? `A source can't have '${key}'; put keys of your own below 'meta'.`,
      );
    }
  }
}

function invalid(entry: PropertiesEntry, message: string): string {
  return `Invalid sources config given in ${entry.file.file.original} @ sources: ${message}`;
}

/** Applies the `overrides:` entries of the root to the sources of packages. */
export function patchedTable(table: WrittenTable, reader: SourceReader): WrittenTable {
  const patch = reader.patchOf(table.entry.file.file.packageName, table.sourceName);
  if (!patch) return table;
  const { name: _n, overrides: _o, tables, ...own } = patch.entry.data as { [key: string]: unknown };
  const tablePatch = (Array.isArray(tables) ? tables : []).map(asRecord).find((t) => t?.['name'] === table.tableName);
  const { name: _t, ...ownTable } = (tablePatch ?? {}) as { [key: string]: unknown };
  return {
    ...table,
    source: { ...table.source, ...own },
    table: { ...table.table, ...ownTable },
    patchPath: patch.entry.file.file.original,
  };
}

/** The name by which an entry's unit and those of its tables are known as belonging together. */
export function unitName(id: string): string {
  return `unit ${id}`;
}

/** The name by which a source of a package and an entry that changes it are known as belonging together. */
function overridden(packageName: string, source: string): string {
  return `source ${packageName}.${source}`;
}
