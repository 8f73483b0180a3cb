import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** What a build has written. */
export interface State {
  /** Of each table its columns, indexes, number and checksum of rows; of each view and table function its text. */
  readonly relations: { readonly [name: string]: string };
  /** The rows of external files. */
  readonly files: { readonly [path: string]: string };
  /** The rows that views and table functions give. */
  readonly views: { readonly [name: string]: string };
}

/** Columns of a snapshot that are the time of its run: only whether there is one counts. */
const TIMES = ['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id'];
const READERS: { readonly [extension: string]: string } = {
  '.parquet': 'read_parquet',
  '.csv': 'read_csv',
  '.json': 'read_json',
};

/** Opens the database file of a project, with its relative paths, and looks at everything. */
export async function stateOf(project: string, { views = true } = {}): Promise<State> {
  const instance = await DuckDBInstance.create(join(project, 'db.duckdb'), { file_search_path: project });
  const connection = await instance.connect();
  try {
    return {
      relations: await relationsOf(connection),
      files: await externalFiles(connection, project),
      views: views ? await viewsOf(connection) : {},
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function ask(connection: DuckDBConnection, sql: string): Promise<string[][]> {
  return (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String));
}

async function one(connection: DuckDBConnection, sql: string): Promise<string> {
  return (await ask(connection, sql))[0]?.[0] ?? '';
}

const checksum = (from: string, what = '*'): string =>
  `select count(*) || ' rows ' || coalesce(sum(hash(t)::hugeint), 0) from (select ${what} from ${from}) t`;

async function relationsOf(connection: DuckDBConnection): Promise<State['relations']> {
  const found: { [name: string]: string } = {};
  for (const [schema, name] of await ask(
    connection,
    'select schema_name, table_name from duckdb_tables() order by all',
  )) {
    const where = `where schema_name = '${schema}' and table_name = '${name}'`;
    const columns = await ask(
      connection,
      `select column_name, data_type from duckdb_columns() ${where} order by column_index`,
    );
    const list = columns.map(([column]) => `"${column}"${TIMES.includes(column ?? '') ? ' is null' : ''}`).join();
    const rows = await one(connection, checksum(`"${schema}"."${name}"`, list));
    const indexes = await ask(connection, `select expressions from duckdb_indexes() ${where}`);
    const shape = `table (${columns.map((c) => c.join(' ')).join(', ')}) ${indexes}`;
    found[`${schema}.${name}`] = `${shape} ${rows}`;
    if (name === 'audit') {
      found[`${schema}.${name}`] = shape;
      // What is built twice is hooked twice.
      for (const [model, v] of await ask(connection, 'select distinct model, v from audit order by all')) {
        found[`audit of ${model} ${v}`] = 'there';
      }
    }
    if (name !== 'batches') continue;
    // Each batch is committed by itself.
    found[`${schema}.${name}`] = shape;
    for (const day of [1, 2, 3, 4]) {
      found[`${schema}.${name} day ${day}`] = await one(connection, checksum(`batches where day(happened) = ${day}`));
    }
  }
  for (const [schema, name, sql] of await ask(
    connection,
    `select schema_name, view_name, sql from duckdb_views() where not internal union all
     select schema_name, function_name, macro_definition from duckdb_functions() where function_type = 'table_macro' and not internal order by all`,
  )) {
    found[`${schema}.${name}`] = sql ?? '';
  }
  return found;
}

async function viewsOf(connection: DuckDBConnection): Promise<State['views']> {
  const found: { [name: string]: string } = {};
  const views = await ask(
    connection,
    'select schema_name, view_name from duckdb_views() where not internal order by all',
  );
  const froms = [...views.map(([schema, name]) => `"${schema}"."${name}"`), 'calls(10)'];
  for (const from of froms) found[from] = await one(connection, checksum(from));
  return found;
}

/** Fails for a file that is not whole. */
async function externalFiles(connection: DuckDBConnection, project: string): Promise<State['files']> {
  const found: { [path: string]: string } = {};
  for (const path of filesOf(project).filter(
    (p) => p.startsWith('out/') && !p.includes('/.') && extname(p) !== '.txt',
  )) {
    const reader = READERS[extname(path)];
    // What was being written has another name; filesOf tells whether it is still there after the next build.
    if (reader && !basename(path).startsWith('tmp_'))
      found[path] = await one(connection, checksum(`${reader}('${path}')`));
  }
  return found;
}

/** All files of a project but for logs, sorted. */
export function filesOf(project: string): string[] {
  return (readdirSync(project, { recursive: true, withFileTypes: true }) as Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .filter((path) => !path.startsWith('logs/'))
    .sort();
}

/** The invocation that wrote each JSON file of target/; throws when one is not whole. */
export function writers(project: string): { readonly [artifact: string]: string } {
  const target = join(project, 'target');
  const names = readdirSync(target).filter((name) => name.endsWith('.json'));
  const idOf = (name: string): string => {
    const { metadata } = JSON.parse(readFileSync(join(target, name), 'utf8')) as {
      metadata?: { invocation_id: string };
    };
    return metadata?.invocation_id ?? 'whole';
  };
  return Object.fromEntries(names.map((name) => [name, idOf(name)]));
}
