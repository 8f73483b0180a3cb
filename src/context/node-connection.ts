import type { Adapter, Connection, ExecuteOptions, QueryResult } from '../adapters/base/adapter.js';
import type { LoadRequest, QueryParameters, RowObject, RowSession } from '../adapters/base/rows.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';

/** How many characters of an abridged statement are reported: dbt's figure. */
const ABRIDGED = 512;

export interface NodeConnectionOptions {
  readonly adapter: Adapter;
  /** The `unique_id` of the node, or a word for the purpose. */
  readonly name: string;
  /** Awaited before the session is taken. */
  readonly prepare: () => Promise<void>;
  /** Whether no further statement may begin. */
  readonly stopped: () => boolean;
  /** Adds the query comment to a statement. */
  readonly annotate: (sql: string) => string | Promise<string>;
  readonly onSql: (sql: string) => void;
  readonly onStatus: (message: string, seconds: number) => void;
}

/** A statement that the engine refused, with the text as it was sent. */
export class StatementError extends DbtError {
  readonly statement: string;

  constructor(error: DbtError, statement: string) {
    const { code, severity: _severity, message, ...rest } = error.diagnostic;
    super(code, message, { ...rest, cause: error.cause ?? error });
    this.statement = statement;
  }

  override with(details: Parameters<DbtError['with']>[0]): StatementError {
    return new StatementError(super.with(details), this.statement);
  }
}

/**
 * A node's session: taken from the pool when the first statement needs it, so that compiling without queries opens no
 * database. Every statement carries the query comment and is reported.
 */
export class NodeConnection implements Connection {
  readonly name: string;
  readonly #options: NodeConnectionOptions;
  #open: Promise<Connection> | undefined;
  #connection: Connection | undefined;
  #released = false;
  readonly #cleanups: (() => Promise<void>)[] = [];

  constructor(options: NodeConnectionOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get inTransaction(): boolean {
    return this.#connection?.inTransaction ?? false;
  }

  async execute(sql: string, options?: ExecuteOptions): Promise<QueryResult> {
    const connection = await this.#acquire();
    const statement = await this.#announced(sql, options);
    const start = performance.now();
    try {
      const result = await connection.execute(statement, options);
      this.#options.onStatus(result.response._message, (performance.now() - start) / 1000);
      return result;
    } catch (error) {
      if (isDbtError(error) && !(error instanceof StatementError)) throw new StatementError(error, statement);
      throw error;
    }
  }

  /** As {@link RowSession.stream}. */
  async *stream(sql: string, parameters?: QueryParameters): AsyncGenerator<readonly RowObject[], void, undefined> {
    const rows = rowsOf(await this.#acquire());
    const statement = await this.#announced(sql);
    const start = performance.now();
    try {
      for await (const chunk of rows.stream(statement, parameters)) {
        this.#refuseWhenStopped();
        yield chunk;
      }
      this.#options.onStatus('OK', (performance.now() - start) / 1000);
    } catch (error) {
      if (isDbtError(error) && !(error instanceof StatementError)) throw new StatementError(error, statement);
      throw error;
    }
  }

  /** As {@link RowSession.load}. */
  async load(request: LoadRequest): Promise<string> {
    return rowsOf(await this.#acquire()).load(request);
  }

  /** As {@link RowSession.parquet}. */
  async parquet(paths: readonly string[]): Promise<string> {
    return rowsOf(await this.#acquire()).parquet(paths);
  }

  /** As {@link RowSession.lend}. */
  async lend(): Promise<unknown> {
    return rowsOf(await this.#acquire()).lend();
  }

  /** Does something more when the session is given back. */
  onRelease(step: () => Promise<void>): void {
    this.#cleanups.push(step);
  }

  async begin(): Promise<void> {
    const connection = await this.#acquire();
    this.#options.onSql('BEGIN');
    await connection.begin();
  }

  async commit(): Promise<void> {
    if (!this.inTransaction) return;
    this.#options.onSql('COMMIT');
    await this.#connection?.commit();
  }

  async rollback(): Promise<void> {
    if (this.inTransaction) this.#options.onSql('ROLLBACK');
    await this.#connection?.rollback();
  }

  cancel(): void {
    this.#connection?.cancel();
  }

  /** Gives the session back; a later statement would take a new one. */
  async release(): Promise<void> {
    this.#released = true;
    const open = this.#open;
    this.#open = undefined;
    if (this.inTransaction) this.#options.onSql('ROLLBACK');
    this.#connection = undefined;
    try {
      await (await open)?.release();
    } finally {
      for (const step of this.#cleanups.splice(0)) await step();
    }
  }

  /** The statement with its comment, which has been reported. */
  async #announced(sql: string, options?: ExecuteOptions): Promise<string> {
    const annotated = this.#options.annotate(sql);
    const statement = typeof annotated === 'string' ? annotated : await annotated;
    this.#refuseWhenStopped();
    this.#options.onSql(options?.abridged ? `${statement.slice(0, ABRIDGED)}...` : statement);
    return statement;
  }

  #refuseWhenStopped(): void {
    if (this.#released) throw this.#stopped();
    this.checkStopped();
  }

  /** Throws a DbtError `interrupted` when the run was stopped. */
  checkStopped(): void {
    if (this.#options.stopped()) throw this.#stopped();
  }

  #stopped(): DbtError {
    return new DbtError('interrupted', `The run was stopped before ${this.name} was done`);
  }

  async #acquire(): Promise<Connection> {
    this.#refuseWhenStopped();
    this.#open ??= this.#options.prepare().then(() => this.#options.adapter.acquire(this.name));
    this.#connection = await this.#open;
    return this.#connection;
  }
}

function rowsOf(connection: Connection): RowSession {
  if (connection.rows) return connection.rows;
  throw new InternalError('the adapter says that it has rows for models in TypeScript, but its connections have none');
}
