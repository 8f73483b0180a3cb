import { Table } from '../adapters/base/table.js';
import { relationOf } from '../context/relations.js';
import { RuntimeSession } from '../context/runtime-session.js';
import type { CatalogTable } from '../contracts/catalog.js';
import type { Manifest } from '../contracts/manifest.js';
import { InternalError, isDbtError } from '../diagnostics/errors.js';
import { RunReporter } from '../events/run-reporter.js';
import { PySet, pyStr } from '../jinja/values.js';
import { invocationOf } from '../runner/invocation-of.js';
import type { LoadedProject } from './load-project.js';
import { reportOptions } from './run-graph.js';
import type { TaskContext } from './task.js';

/** What a catalog holds besides its metadata. */
export interface CatalogTables {
  readonly nodes: { readonly [uniqueId: string]: CatalogTable };
  readonly sources: { readonly [uniqueId: string]: CatalogTable };
  readonly errors: readonly string[];
}

/** A row of `get_catalog`: one column of one relation. */
type Row = { readonly [column: string]: unknown };

const STATS: CatalogTable['stats'] = {
  has_stats: {
    id: 'has_stats',
    label: 'Has Stats?',
    value: false,
    include: false,
    description: 'Indicates whether there are statistics for this table',
  },
};

/** Up to so many relations are asked for by name; of more all of their schemas is read. dbt's figure. */
const BY_RELATIONS = 100;

/**
 * Reads tables and columns of everything in the manifest: one call of the macro `get_catalog_relations` or `get_catalog`
 * a database. What the engine refuses is told as a warning and listed in the catalog's `errors`.
 */
export async function readCatalogTables(
  context: TaskContext,
  project: LoadedProject,
  manifest: Manifest,
): Promise<CatalogTables> {
  const { bus, flags } = context;
  const { adapter, config, macros } = project;
  const report = reportOptions(project);
  const events = new RunReporter({
    bus,
    node: () => undefined,
    total: 0,
    report,
    print: flags.print,
    engine: adapter.type,
  });
  const invocation = invocationOf({ config, adapter, events });
  const prepare = (): Promise<void> => adapter.open();
  const session = new RuntimeSession({ invocation, manifest, macros, selected: [], report: events, prepare });
  const wanted = wantedRelations(manifest, invocation);
  const byDatabase = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const database = (each.relation.database ?? '').toLowerCase();
    byDatabase.set(database, [...(byDatabase.get(database) ?? []), each]);
  }
  const errors: string[] = [];
  const rows: Row[] = [];
  for (const group of byDatabase.values()) {
    const connection = session.connect('generate_catalog', null);
    try {
      const [first] = group;
      if (!first) continue;
      const information_schema = first.relation.informationSchema(null);
      const few = wanted.length <= BY_RELATIONS && adapter.capabilities.schemaMetadataByRelations;
      const macro = few ? 'get_catalog_relations' : 'get_catalog';
      const table = await session.macroContext(connection).runMacro(macro, {
        information_schema,
        ...(few
          ? { relations: new PySet(group.map(({ relation }) => relation)) }
          : { schemas: new PySet(group.map(({ relation }) => relation.schema ?? '')) }),
      });
      if (!(table instanceof Table)) throw new InternalError(`the macro ${macro} returned no table`);
      for (const row of table.rows) rows.push(rowOf(table, row.values));
    } catch (error) {
      if (!isDbtError(error)) throw error;
      errors.push(error.message);
      bus.warn('CatalogGenerationError', { exc: error.message });
    } finally {
      await connection.release();
    }
  }
  return { ...assign(rows, wanted), errors };
}

interface Wanted {
  readonly uniqueId: string;
  readonly isSource: boolean;
  readonly relation: ReturnType<typeof relationOf>;
}

type Lookup = Parameters<typeof relationOf>[0];

function wantedRelations(manifest: Manifest, invocation: Lookup): Wanted[] {
  const wanted: Wanted[] = [];
  for (const node of Object.values(manifest.nodes)) {
    const { resource_type: type } = node;
    if (type !== 'model' && type !== 'seed' && type !== 'snapshot') continue;
    if (node.config.materialized === 'ephemeral') continue;
    wanted.push({ uniqueId: node.unique_id, isSource: false, relation: relationOf(invocation, node) });
  }
  for (const source of Object.values(manifest.sources)) {
    const named = { database: source.database, schema: source.schema, name: source.name, alias: source.identifier };
    wanted.push({ uniqueId: source.unique_id, isSource: true, relation: relationOf(invocation, named) });
  }
  return wanted;
}

function rowOf(table: Table, values: readonly unknown[]): Row {
  return Object.fromEntries(table.columnNames.map((name, i) => [name, values[i]]));
}

function assign(rows: readonly Row[], wanted: readonly Wanted[]): Pick<CatalogTables, 'nodes' | 'sources'> {
  const tables = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row['table_database'], row['table_schema'], row['table_name']);
    const known = tables.get(key);
    if (known) known.push(row);
    else tables.set(key, [row]);
  }
  const nodes: { [uniqueId: string]: CatalogTable } = {};
  const sources: { [uniqueId: string]: CatalogTable } = {};
  const byKey = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const key = keyOf(each.relation.database, each.relation.schema, each.relation.identifier);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  // In the order of the engine's answer, as dbt.
  for (const [key, found] of tables) {
    for (const { uniqueId, isSource } of byKey.get(key) ?? []) {
      (isSource ? sources : nodes)[uniqueId] = catalogTable(uniqueId, found);
    }
  }
  return { nodes, sources };
}

/** Names are compared without regard to case, as dbt does. */
function keyOf(database: unknown, schema: unknown, name: unknown): string {
  return JSON.stringify([database, schema, name].map((part) => text(part).toLowerCase()));
}

function catalogTable(uniqueId: string, rows: readonly Row[]): CatalogTable {
  const first = rows[0] ?? {};
  const columns = rows.map((row) => ({
    type: text(row['column_type']),
    index: Number(row['column_index']),
    name: text(row['column_name']),
    comment: orNull(row['column_comment']),
  }));
  return {
    metadata: {
      type: text(first['table_type']),
      schema: text(first['table_schema']),
      name: text(first['table_name']),
      database: orNull(first['table_database']),
      comment: orNull(first['table_comment']),
      owner: orNull(first['table_owner']),
    },
    columns: Object.fromEntries(columns.map((column) => [column.name, column])),
    stats: STATS,
    unique_id: uniqueId,
  };
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : pyStr(value);
}

function orNull(value: unknown): string | null {
  return value === null || value === undefined ? null : pyStr(value);
}
