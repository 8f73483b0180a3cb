/** A row: a value for each column. */
export type ModelRow = { readonly [column: string]: unknown };

/** A relation as SQL names it: in a template literal it is its name, quoted as the project says. */
export interface ModelRelation {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  /** The text for SQL. With `--empty` or `--sample`, and of an ephemeral model, it is a query or a CTE's name. */
  toString(): string;
}

/** Options of `ref`. */
export interface RefOptions {
  readonly version?: string | number;
  readonly v?: string | number;
}

/** A value that can be written into `config({ … })`. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** The model's configuration. */
export interface ModelConfig {
  /**
   * Configures the model, as `config(…)` in a SQL model does, with literals: it is read without running the model. Keys are dbt's:
   * `materialized`, `unique_key`, `tags`, `meta`, `pre_hook` …
   */
  (options: { readonly [key: string]: ConfigValue }): void;
  /** What the model is configured with, wherever that is written: in the file, in its properties, in dbt_project.yml. */
  get<T = unknown>(name: string, fallback?: T): T;
  /** As `get`; without a value it throws. */
  require<T = unknown>(name: string): T;
  /** A key of the config `meta`. */
  metaGet<T = unknown>(name: string, fallback?: T): T;
}

/** A query that runs when its rows are asked for, on a connection of its own. */
export interface ModelQuery<Row extends ModelRow> extends AsyncIterable<Row> {
  /** The rows in chunks as the engine gives them: faster than one by one. */
  chunks(): AsyncIterable<readonly Row[]>;
  /** All rows. They are all in memory then. */
  all(): Promise<Row[]>;
  /** The first row, or undefined. The rest is not read. */
  first(): Promise<Row | undefined>;
}

/** What a TypeScript model is called with. Its members may be destructured. */
export interface ModelContext {
  /** The relation of a model, seed or snapshot. Called with literals. */
  ref(name: string, options?: RefOptions): ModelRelation;
  ref(packageName: string, name: string, options?: RefOptions): ModelRelation;
  /** The relation of a source's table. Called with literals. */
  source(source: string, table: string): ModelRelation;
  readonly config: ModelConfig;
  /** The relation that the model becomes. */
  readonly this: ModelRelation;
  /** Whether the model is incremental, its table is there and is not to be built anew. */
  isIncremental(): boolean;
  /**
   * Asks the database. Ephemeral models are put in as CTEs. Numbers come as `number`, from BIGINT on as `bigint`; BLOB as
   * `Uint8Array`; LIST and ARRAY as arrays, STRUCT as objects, MAP as `Map`; what JavaScript has no exact type of (DECIMAL, DATE,
   * TIME, TIMESTAMP, INTERVAL, UUID) as the values of the engine's driver, which print as SQL does and are taken back as they are.
   *
   * @param parameters For `?` or `$1` (an array) or `$name` (an object).
   */
  query<Row extends ModelRow = ModelRow>(
    sql: string,
    parameters?: readonly unknown[] | { readonly [name: string]: unknown },
  ): ModelQuery<Row>;
  /**
   * The engine's own connection: on DuckDB a `DuckDBConnection` of `@duckdb/node-api`. It is not the one on which the model is
   * built, and is closed with the model.
   */
  connection<Connection = unknown>(): Promise<Connection>;
  /** A variable of the project or of `--vars`. Without a value and a fallback it throws. */
  var<T = unknown>(name: string, fallback?: T): T;
  /** A variable of the environment, by the rules of dbt's `env_var`. */
  envVar(name: string, fallback?: string): string;
  /** What profiles.yml says of the target: `name`, `schema`, `database`, `type`, `threads` … */
  readonly target: { readonly [key: string]: unknown };
  /** The model itself, as in the manifest. */
  readonly model: { readonly unique_id: string; readonly name: string; readonly [key: string]: unknown };
  /** Writes a line to dbt.log; with `info` to the console too. */
  log(message: string, options?: { readonly info?: boolean }): void;
  /** Aborted when the run is cancelled. Hand it on to `fetch`. */
  readonly signal: AbortSignal;
}

/** Rows, one by one or in arrays. */
export type Rows<Row extends ModelRow = ModelRow> =
  | Iterable<Row | readonly Row[]>
  | AsyncIterable<Row | readonly Row[]>;

/** Parquet: paths (globs and URLs as DuckDB takes them; relative to the project), or bytes of one file. */
export interface ParquetResult {
  readonly parquet: string | URL | readonly (string | URL)[] | Uint8Array | AsyncIterable<Uint8Array>;
}

/** What a model returns: a query in SQL, rows, or Parquet. */
export type ModelResult<Row extends ModelRow = ModelRow> = string | Rows<Row> | ParquetResult;

/**
 * A model in TypeScript. The file exports it as `model`, or by default.
 *
 * @example
 * ```ts
 * import type { Model } from 'tsdbt';
 * export const model: Model = ({ ref, config }) => {
 *   config({ materialized: 'view' });
 *   return `select * from ${ref('orders')} where status = 'returned'`;
 * };
 * ```
 */
export type Model<Row extends ModelRow = ModelRow> = (
  dbt: ModelContext,
) => ModelResult<Row> | Promise<ModelResult<Row>>;
