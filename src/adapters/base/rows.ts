/** A row in JavaScript's values, by column. */
export type RowObject = { readonly [column: string]: unknown };

/** Rows that are to become a temporary table of the session. */
export interface LoadRequest {
  /** In chunks of any size. */
  readonly rows: AsyncIterable<readonly RowObject[]>;
  /** SQL types that columns are to have, by name in lower case; of the others they are told from the rows. */
  readonly types: ReadonlyMap<string, string>;
  /** Is asked when there is no row: the columns, in order, with their types; null when they can't be known. */
  readonly columns: () => Promise<ReadonlyMap<string, string> | null>;
}

/** What of a session is used by models in TypeScript. */
export interface RowSession {
  /**
   * The rows of a query as they come, in chunks. Nothing else may run on the session until the last one was read.
   *
   * @param parameters For `?` or `$1` in the query: JavaScript's values, or an object for `$name`.
   */
  stream(sql: string, parameters?: QueryParameters): AsyncGenerator<readonly RowObject[], void, undefined>;
  /**
   * Puts rows into a temporary table, which is there until the session is given back, and gives the query that reads it.
   *
   * @throws DbtError `typescript-rows` for a row that does not fit with those before it.
   */
  load(request: LoadRequest): Promise<string>;
  /** The query that reads Parquet files: paths, globs, URLs. */
  parquet(paths: readonly string[]): string;
  /** The engine's own connection. The session is used for nothing else afterwards. */
  lend(): unknown;
}

export type QueryParameters = readonly unknown[] | { readonly [name: string]: unknown };
