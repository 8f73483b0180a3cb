import type { Constraint } from '../../contracts/common.js';
import type { CompilableNode } from '../../contracts/nodes.js';
import type { AdapterCall } from '../base/adapter.js';
import { runStatement } from '../base/methods/statements.js';
import { escapeSqlString } from './secrets.js';

const KEY_TYPES: { readonly [engine: string]: string } = {
  'FOREIGN KEY': 'foreign_key',
  'PRIMARY KEY': 'primary_key',
  UNIQUE: 'unique',
};

/** A table by its place. */
export interface Place {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/**
 * Tables that foreign keys connect. Creating or dropping one changes the other too, so two models that share a foreign
 * key must not be built at the same time: such models wait for each other here.
 */
export class ForeignKeys {
  #catalogs: Promise<ReadonlyMap<string, string>> | undefined;
  readonly #schemas = new Map<string, Promise<ReadonlyMap<string, ReadonlySet<string>>>>();
  #lock: Promise<void> = Promise.resolve();

  /** Only DuckDB's own databases have foreign keys, attached ones of other kinds have not. */
  async supported(call: AdapterCall, database: string): Promise<boolean> {
    this.#catalogs ??= readCatalogs(call);
    const type = (await this.#catalogs).get(database.toLowerCase());
    return type === 'duckdb' || type === 'motherduck';
  }

  /** The kinds of key that a table has since before the run; what the run adds is in the models' configuration. */
  async existing(call: AdapterCall, place: Place): Promise<ReadonlySet<string>> {
    if (!(await this.supported(call, place.database))) return new Set();
    const key = JSON.stringify([place.database.toLowerCase(), place.schema.toLowerCase()]);
    let tables = this.#schemas.get(key);
    if (!tables) {
      tables = readKeys(call, place);
      this.#schemas.set(key, tables);
    }
    return (await tables).get(place.identifier.toLowerCase()) ?? new Set();
  }

  /** Waits until no other model with foreign keys is built, if this model has to; returns what ends its turn. */
  async acquire(call: AdapterCall): Promise<() => void> {
    const { node } = call;
    const done = (): void => undefined;
    if (node?.resource_type !== 'model' || node.database === null) return done;
    if (!(await this.supported(call, node.database))) return done;
    const place = { database: node.database, schema: node.schema, identifier: node.alias };
    const declared = declaredKeys(node);
    if (declared.size === 0 && (await this.existing(call, place)).size === 0) return done;

    const before = this.#lock;
    let release = done;
    this.#lock = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      // Only now: a model that was being built hides its references until it commits.
      const types = new Set([...declared, ...(await this.existing(call, place))]);
      if (types.has('foreign_key') || (await isReferenced(call, place))) return release;
    } catch (error) {
      release();
      throw error;
    }
    release();
    return done;
  }
}

function declaredKeys(node: CompilableNode): Set<string> {
  if (!node.contract?.enforced) return new Set();
  const own = (node as { readonly constraints?: readonly Constraint[] }).constraints ?? [];
  const all = [...own, ...Object.values(node.columns).flatMap((column) => column.constraints)];
  return new Set(all.map((c) => c.type as string).filter((type) => Object.values(KEY_TYPES).includes(type)));
}

async function readCatalogs(call: AdapterCall): Promise<ReadonlyMap<string, string>> {
  const { rows } = await runStatement(call, 'select database_name, type from duckdb_databases()', { fetch: true });
  return new Map(rows.map(([name, type]) => [String(name).toLowerCase(), String(type).toLowerCase()]));
}

async function readKeys(call: AdapterCall, place: Place): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await runStatement(
    call,
    `select table_name, constraint_type from duckdb_constraints() where lower(database_name) = lower('${escapeSqlString(place.database)}') ` +
      `and lower(schema_name) = lower('${escapeSqlString(place.schema)}') and constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')`,
    { fetch: true },
  );
  const found = new Map<string, Set<string>>();
  for (const [table, type] of rows) {
    const name = String(table).toLowerCase();
    const types = found.get(name) ?? new Set<string>();
    types.add(KEY_TYPES[String(type)] ?? String(type));
    found.set(name, types);
  }
  return found;
}

async function isReferenced(call: AdapterCall, place: Place): Promise<boolean> {
  const { rows } = await runStatement(
    call,
    `select 1 from duckdb_constraints() where constraint_type = 'FOREIGN KEY' and lower(database_name) = lower('${escapeSqlString(place.database)}') ` +
      `and lower(schema_name) = lower('${escapeSqlString(place.schema)}') and lower(referenced_table) = lower('${escapeSqlString(place.identifier)}') ` +
      'and lower(table_name) <> lower(referenced_table) limit 1',
    { fetch: true },
  );
  return rows.length > 0;
}
