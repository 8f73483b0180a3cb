import type { JsonObject } from '../../contracts/common.js';
import type { ManifestNode, SourceDefinition } from '../../contracts/nodes.js';
import type { RuntimeConfig, TargetConfig } from '../../contracts/runtime-config.js';
import type { DbtErrorOptions } from '../../diagnostics/errors.js';
import type { CallArgs } from '../../jinja/values.js';
import type { Column } from './column.js';
import type { Relation } from './relation.js';
import type { RowSession } from './rows.js';

/** What the engine said about a statement: `run_results.json`'s `adapter_response`. */
export interface AdapterResponse extends JsonObject {
  readonly _message: string;
}

/** A result set. Cells are Jinja values: exact integers, `PyDecimal`, `PyDate`, `PyDateTime`, null for NULL. */
export interface QueryResult {
  readonly response: AdapterResponse;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface ExecuteOptions {
  /** Without it the rows are not read. */
  readonly fetch?: boolean;
  /** At most so many rows; all without it. */
  readonly limit?: number | null;
  /** Bound to `?` placeholders, for seeds. */
  readonly bindings?: readonly unknown[];
  /** Whether reports show only the statement's beginning. */
  readonly abridged?: boolean;
}

/** One session of the engine, used by one node at a time. */
export interface Connection {
  /** The `unique_id` of the node that uses it, or a word for the purpose. */
  readonly name: string;
  readonly inTransaction: boolean;
  /** Runs one or several statements; the result is the last one's. Throws a DbtError `database-error` with the engine's message. */
  execute(sql: string, options?: ExecuteOptions): Promise<QueryResult>;
  begin(): Promise<void>;
  /** Without an open transaction these two do nothing. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Interrupts the statement that runs, if any: its promise rejects with `interrupted`. */
  cancel(): void;
  /** Rolls back what is open and gives the session back to the pool. */
  release(): Promise<void>;
  /** Rows in JavaScript's values, where the engine has the capability `typescriptModels`. */
  readonly rows?: RowSession;
}

/** What an adapter may ask of the world of macros, injected so that adapters know no Jinja environment. */
export interface AdapterCall {
  readonly adapter: Adapter;
  /** The session of the node that calls. */
  readonly connection: Connection;
  readonly node: ManifestNode | null;
  /** Runs a macro by name, found and dispatched as dbt's `execute_macro` does; the root project may override it. */
  runMacro(name: string, keyword: { readonly [name: string]: unknown }): Promise<unknown>;
  /** Reports a warning as an event. */
  warn(message: string): void;
}

/** One of the names that Jinja's `adapter` object offers. */
export interface AdapterMethod {
  /** dbt's answer while parsing, when there is no database: most are None, `[]` or a Relation made of the arguments. */
  parse(args: CallArgs): unknown;
  run(call: AdapterCall, args: CallArgs): unknown | Promise<unknown>;
}

/** What an engine can do; what it can't is declared here and refused by name. */
export interface AdapterCapabilities {
  readonly transactionalDdl: boolean;
  readonly schemaMetadataByRelations: boolean;
  readonly grants: boolean;
  /** Connections have `rows`: what models in TypeScript need. */
  readonly typescriptModels: boolean;
}

/** An engine. State: its pool of sessions and the cache of relations. */
export interface Adapter {
  /** dbt's name, the dispatch prefix. */
  readonly type: string;
  /** Dispatch prefixes in order, without `default`: the engine's own first, then its parents'. */
  readonly dispatchPrefixes: readonly string[];
  readonly target: TargetConfig;
  /** The time as the engine's SQL asks for it: Jinja's `sql_now`. */
  readonly currentTimeSql: string;
  readonly capabilities: AdapterCapabilities;
  /** Jinja's `adapter.<name>`, without `dispatch` and `type`. */
  readonly methods: ReadonlyMap<string, AdapterMethod>;
  /** The relation of that name, or null when the database has none. */
  getRelation(
    call: AdapterCall,
    database: string | null,
    schema: string,
    identifier: string | null,
  ): Promise<Relation | null>;
  /** Attributes of Jinja's `adapter` that are no methods: `behavior`, `Relation` (a RelationClass), `Column` (a ColumnClass). */
  readonly attributes: ReadonlyMap<string, unknown>;
  /** A source's relation as the engine reads it, e.g. files by a function in place of a name. */
  sourceRelation(relation: Relation, source: SourceDefinition): Relation;
  /** Opens the database; called once, before the first `acquire`. */
  open(): Promise<void>;
  /** A session from the pool; waits when `threads` of them are in use and `name` is a node's. */
  acquire(name: string): Promise<Connection>;
  /** Cancels every statement that runs and says which connections were cancelled. */
  cancelAll(): readonly string[];
  close(): Promise<void>;
  /** Fills the relation cache for these schemas (dbt's `list_relations_without_caching` per schema). */
  populateCache(
    call: AdapterCall,
    schemas: readonly { readonly database: string; readonly schema: string }[],
  ): Promise<void>;
  /** What the cache knows of a schema; asks the database when it knows nothing. */
  listRelations(call: AdapterCall, database: string | null, schema: string): Promise<readonly Relation[]>;
  /** The schemas of a database, lower-case names not folded. */
  listSchemas(call: AdapterCall, database: string): Promise<readonly string[]>;
  createSchema(call: AdapterCall, relation: Relation): Promise<void>;
  getColumns(call: AdapterCall, relation: Relation): Promise<readonly Column[]>;
  /** Around a model's materialization; what the first returns is called when the model is done, come what may. */
  beforeModel(call: AdapterCall): Promise<() => void>;
}

/** What an engine runs with, for a person to read: `memory limit`, `18.8 GiB`. */
export interface EngineFact {
  readonly name: string;
  readonly value: string;
}

/** A database that a program keeps open, whatever commands come and go. */
export interface HeldDatabase {
  /** A connection of the engine's driver, with the profile's settings: its own transactions, beside those of commands. */
  connect(): Promise<unknown>;
  /** Ends its connections. The database is closed when the command that runs on it, if any, has ended. */
  close(): void;
}

/** What an adapter is given of the command that it works for. */
export interface AdapterHooks {
  /** Seconds to wait for a database that is in use elsewhere; null is what the profile says. */
  readonly lockTimeout?: number | null;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Told once when it begins to wait, with the reason. */
  readonly onWait?: (message: string) => void;
}

/** Where an output of profiles.yml is. */
export interface CredentialsPlace {
  readonly profile: string;
  readonly target: string;
  /** The place of a setting, for errors about it. */
  readonly at?: (key: string) => Pick<DbtErrorOptions, 'span' | 'sourceText'>;
}

/** What the registry knows of an engine without loading its driver. */
export interface AdapterPlugin {
  readonly type: string;
  /** Absolute directory of the internal package `dbt_<type>` with its `macros/`. */
  readonly includeDir: string;
  readonly packageName: string;
  /** Checks an output of profiles.yml and fills defaults (`database`, `schema`, `threads`). Loads no driver. */
  parseCredentials(
    output: { readonly [key: string]: unknown },
    place: CredentialsPlace,
  ): {
    readonly database: string;
    readonly schema: string;
    readonly threads: number;
    readonly credentials: { readonly [key: string]: unknown };
  };
  /** Names and values that Jinja's `target` shows beside the common ones. */
  targetContext(target: TargetConfig): { readonly [name: string]: unknown };
  /** The profile that `init` writes. */
  readonly sampleProfile: {
    readonly target: string;
    readonly outputs: { readonly [target: string]: { readonly [key: string]: unknown } };
  };
  /** What dbt's `debug` prints of an output, in its order: the settings by dbt's names. Secrets are scrubbed when printed. */
  connectionInfo(target: TargetConfig): readonly (readonly [name: string, value: unknown])[];
  /**
   * Opens the database as a run does, asks for an answer and says what the engine runs with. Loads the driver. `cwd` is
   * what relative paths are relative to.
   *
   * @throws DbtError what keeps it from being opened.
   */
  probe(target: TargetConfig, cwd: string, hooks?: AdapterHooks): Promise<readonly EngineFact[]>;
  /**
   * Opens the database and keeps it open; commands of this process that need it run on it meanwhile. Loads the driver.
   *
   * @throws DbtError what keeps it from being opened.
   */
  hold(target: TargetConfig, cwd: string, hooks?: AdapterHooks): Promise<HeldDatabase>;
  /** What parsing needs: relation and column classes, quoting, stub methods. Loads no driver. */
  create(config: RuntimeConfig, hooks?: AdapterHooks): Adapter;
}
