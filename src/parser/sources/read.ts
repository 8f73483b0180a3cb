import { configWarning, type Warn } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import type { PropertiesPlace } from '../nodes/draft.js';
import { fqnPrefix } from '../nodes/render-node.js';
import { type KeptTable, KeptUnusable } from '../partial/kept.js';
import type { Recorder } from '../partial/recorder.js';
import type { Unit } from '../partial/unit.js';
import { UnitTable } from '../partial/unit-table.js';
import type { PropertiesEntry, Record } from '../properties/file.js';
import { placeOf } from '../properties/place.js';
import { checkShape, invalidEntry } from '../properties/shape.js';
import { SOURCE, SOURCE_PATCH } from '../properties/shapes.js';

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
  /** The entry's unit. */
  readonly unit: Unit | null;
}

/** An entry with `overrides:`, which changes the source of a package. */
export interface SourcePatch {
  /** Null for one whose unit was kept: so were the tables that it changes. */
  readonly entry: PropertiesEntry | null;
  readonly overrides: string;
  readonly name: string;
  readonly tables: readonly string[];
  readonly place: PropertiesPlace;
}

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
      checkShape(entry, SOURCE_PATCH);
      this.#recorder.name(overridden(overrides, entry.name));
      const key = `${overrides}.${entry.name}`;
      const known = this.patches.get(key);
      if (known && !known.entry) throw new KeptUnusable(`the source ${key} is changed twice`);
      if (known)
        throw entry.file.error(
          [...entry.place.path, 'name'],
          `dbt found two schema.yml entries for the same source named ${entry.name} in package ${overrides}.`,
          'Merge the two entries.',
        );
      const tables = ((data['tables'] ?? []) as readonly Record[]).map((table) => String(table['name']));
      this.patches.set(key, { entry, overrides, name: entry.name, tables, place: entry.place });
      return;
    }
    checkShape(entry, SOURCE);
    checkLoadedAtField(entry, data, []);
    const tables = (data['tables'] ?? []) as readonly Record[];
    for (const [i, table] of tables.entries()) this.#add(entry, table, i);
  }

  #add(entry: PropertiesEntry, table: Record, i: number): void {
    const path = ['tables', i];
    const name = String(table['name']);
    checkLoadedAtField(entry, table, path);
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
      unit: this.#recorder.current,
    });
  }
}

function checkLoadedAtField(entry: PropertiesEntry, owner: Record, path: readonly (string | number)[]): void {
  if (owner['loaded_at_field'] !== '') return;
  const message = 'at path []: loaded_at_field cannot be an empty string.';
  throw invalidEntry(entry, [...path, 'loaded_at_field'], message, 'Name the column, or leave the key out.');
}

/** Applies the `overrides:` entries of the root to the sources of packages. */
export function patchedTable(table: WrittenTable, reader: SourceReader): WrittenTable {
  const patch = reader.patchOf(table.entry.file.file.packageName, table.sourceName)?.entry;
  if (!patch) return table;
  const { name: _n, overrides: _o, tables, ...own } = patch.data as { [key: string]: unknown };
  const tablePatch = (Array.isArray(tables) ? tables : []).map(asRecord).find((t) => t?.['name'] === table.tableName);
  const { name: _t, ...ownTable } = (tablePatch ?? {}) as { [key: string]: unknown };
  return {
    ...table,
    source: { ...table.source, ...own },
    table: { ...table.table, ...ownTable },
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

/** dbt's warning about `overrides:` that no source or table answers to. */
export function warnUnusedPatches({ patches, tables }: SourceReader, warn: Warn): void {
  const lines: string[] = [];
  let first: SourcePatch | undefined;
  for (const patch of patches.values()) {
    const unused = unusedOf(patch, [...tables.keys()]);
    if (unused.length > 0) first ??= patch;
    lines.push(...unused);
  }
  if (!first) return;
  const message = `During parsing, dbt encountered source overrides that had no target:\n${lines.join('\n')}\n`;
  warn(configWarning('UnusedTables', 'properties-no-node', message, { span: placeOf(first.place, ['name']) }));
}

function unusedOf({ overrides, name, tables, place }: SourcePatch, ids: readonly string[]): string[] {
  const source = `${overrides}.${name}`;
  const file = place.file.original;
  if (!ids.some((id) => id.startsWith(`source.${source}.`))) return [`  - Source ${source} (in ${file})`];
  return tables
    .filter((table) => !ids.includes(`source.${source}.${table}`))
    .sort()
    .map((table) => `  - Source table ${source}.${table} (in ${file})`);
}
