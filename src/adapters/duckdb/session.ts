import type * as Driver from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import type { Connection, ExecuteOptions, QueryResult } from '../base/adapter.js';
import type { LoadRequest, QueryParameters, RowObject, RowSession } from '../base/rows.js';
import { converterFor, type TextOf } from './convert.js';
import { engineError } from './engine-error.js';
import { withRetries } from './retry.js';
import { loadRows } from './rows/load-rows.js';
import { readerOf } from './rows/read-value.js';
import { escapeSqlString } from './secrets.js';

/** Milliseconds after which a statement that still runs is interrupted again. */
const INTERRUPT_AGAIN = 50;

const NO_RESULT: QueryResult = { response: { _message: 'OK' }, columns: [], rows: [] };

/** What a session needs of the adapter that lends it. */
export interface SessionOwner {
  /** The driver, which is loaded when the database is opened. */
  readonly api: typeof Driver;
  readonly toText: TextOf;
  readonly bind: (value: unknown) => DuckDBValue;
  /** How often a statement is tried, and after which errors. */
  readonly retries: { readonly query_attempts: number; readonly exceptions: readonly string[] };
  release(session: Session): Promise<void>;
}

/** One of DuckDB's connections: its own transactions, temporary tables and settings; one statement at a time. */
export class Session implements Connection, RowSession {
  name = 'idle';
  /** Whether somebody else may have changed its settings: it serves no other node then. */
  lent = false;
  readonly rows: RowSession = this;
  readonly #temporary: string[] = [];
  readonly #connection: DuckDBConnection;
  readonly #owner: SessionOwner;
  #inTransaction = false;
  #running = false;
  #cancelling: NodeJS.Timeout | undefined;

  constructor(connection: DuckDBConnection, owner: SessionOwner) {
    this.#connection = connection;
    this.#owner = owner;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  async execute(sql: string, options: ExecuteOptions = {}): Promise<QueryResult> {
    const result = await this.#run(sql, options.bindings?.map(this.#owner.bind));
    if (!options.fetch || result.columnCount === 0) return NO_RESULT;
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, i) => ({ name, type: String(types[i]) }));
    const converters = types.map((type) => converterFor(type, this.#owner.toText));
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    const rows: unknown[][] = [];
    for (const chunk of await result.fetchAllChunks()) {
      if (rows.length >= limit) break;
      for (const row of chunk.getRows()) {
        if (rows.length >= limit) break;
        rows.push(row.map((value, i) => (value === null ? null : converters[i]?.(value))));
      }
    }
    return { response: NO_RESULT.response, columns, rows };
  }

  #run(sql: string, bindings?: DuckDBValue[]): Promise<DuckDBMaterializedResult> {
    const { retries } = this.#owner;
    return this.#busy(() => withRetries(retries, retries.query_attempts, () => this.#connection.run(sql, bindings)));
  }

  /** Runs something of the engine that `cancel` interrupts. */
  async #busy<T>(step: () => Promise<T>): Promise<T> {
    this.#running = true;
    try {
      return await step();
    } catch (error) {
      throw engineError(error);
    } finally {
      this.#running = false;
      clearInterval(this.#cancelling);
      this.#cancelling = undefined;
    }
  }

  async *stream(sql: string, parameters?: QueryParameters): AsyncGenerator<readonly RowObject[], void, undefined> {
    const values = parameters && (parameters as DuckDBValue[] | { [name: string]: DuckDBValue });
    const result = await this.#busy(() => this.#connection.stream(sql, values));
    // Settings and temporary tables would be there for the next node.
    if (result.statementType !== this.#owner.api.StatementType.SELECT) this.lent = true;
    const names = result.deduplicatedColumnNames();
    const readers = result.columnTypes().map(readerOf);
    for (;;) {
      const chunk = await this.#busy(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      const columns = chunk.getColumns();
      const rows: { [column: string]: unknown }[] = Array.from({ length: chunk.rowCount }, () => ({}));
      for (const [i, name] of names.entries()) {
        const column = columns[i] ?? [];
        const read = readers[i];
        for (const [at, row] of rows.entries()) row[name] = read ? read(column[at] ?? null) : column[at];
      }
      yield rows;
    }
  }

  async load(request: LoadRequest): Promise<string> {
    const { table, sql } = await loadRows(this.#owner.api, this.#connection, request);
    this.#temporary.push(table);
    return sql;
  }

  parquet(paths: readonly string[]): string {
    return `select * from read_parquet([${paths.map((path) => `'${escapeSqlString(path)}'`).join(', ')}])`;
  }

  lend(): DuckDBConnection {
    this.lent = true;
    return this.#connection;
  }

  /** Drops the temporary tables of rows. */
  async dropTemporary(): Promise<void> {
    for (const table of this.#temporary.splice(0)) await this.#run(`drop table if exists temp.main."${table}"`);
  }

  async begin(): Promise<void> {
    await this.#run('BEGIN');
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    try {
      await this.#run('COMMIT');
    } catch (error) {
      await this.#abandon();
      throw error;
    }
  }

  async rollback(): Promise<void> {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    await this.#abandon();
  }

  /** DuckDB may have ended the transaction itself, by the error that led here. */
  async #abandon(): Promise<void> {
    try {
      await this.#run('ROLLBACK');
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('no transaction is active')) throw error;
    }
  }

  /**
   * Cancels the statement that runs. DuckDB forgets an interruption that comes before the statement has begun, or between
   * two statements of one text: it is repeated until the session is idle.
   */
  cancel(): void {
    if (!this.#running) return;
    this.#connection.interrupt();
    this.#cancelling ??= setInterval(() => this.#connection.interrupt(), INTERRUPT_AGAIN).unref();
  }

  get isRunning(): boolean {
    return this.#running;
  }

  async release(): Promise<void> {
    await this.#owner.release(this);
  }

  /** Ends the session for good. */
  close(): void {
    this.#connection.disconnectSync();
  }
}
