import { randomBytes } from 'node:crypto';
import type * as Driver from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { DbtError } from '../../../diagnostics/errors.js';
import type { LoadRequest, RowObject } from '../../base/rows.js';
import { engineError } from '../engine-error.js';
import { finalType, learn, Misfit, quoted, type Shape, shown, storedType } from './shape.js';
import { type Write, writerOf } from './write-value.js';

type Api = typeof Driver;

/** Rows that are looked at before the table is made, and rows of a chunk: DuckDB's vector size. */
const CHUNK = 2048;
/** Chunks after which the event loop gets its turn: Ctrl-C, other models. */
const BREATH = 8;

const INTEGERS = /^\s*(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INT(?:EGER)?|INT[1248]|SHORT|LONG|SIGNED)\s*$/i;

export interface Loaded {
  /** The temporary table. */
  readonly table: string;
  /** The query that reads it. */
  readonly sql: string;
}

/**
 * Puts rows into a temporary table of a connection, chunk by chunk; no more than one chunk is held. The columns are those of the first
 * chunk, in the order in which its rows name them.
 *
 * @throws DbtError `typescript-rows`, with the number of the row (from 1) and the column.
 */
export async function loadRows(api: Api, connection: DuckDBConnection, request: LoadRequest): Promise<Loaded> {
  const table = `__tsdbt_rows_${randomBytes(6).toString('hex')}`;
  const loader = new Loader(api, connection, request, table);
  let buffer: RowObject[] = [];
  let chunks = 0;
  for await (const rows of request.rows) {
    for (const row of rows) {
      buffer.push(row);
      if (buffer.length < CHUNK) continue;
      await loader.add(buffer);
      buffer = [];
      chunks += 1;
      if (chunks % BREATH === 0) await new Promise<void>((done) => setImmediate(done));
    }
  }
  if (buffer.length > 0) await loader.add(buffer);
  return { table, sql: await loader.finish() };
}

interface LoadedColumn {
  readonly name: string;
  shape: Shape;
  readonly type: string | undefined;
}

class Loader {
  readonly #api: Api;
  readonly #connection: DuckDBConnection;
  readonly #request: LoadRequest;
  readonly #table: string;
  readonly #columns = new Map<string, LoadedColumn>();
  #writers: readonly { readonly name: string; readonly path: () => string; readonly write: Write }[] = [];
  #types: readonly DuckDBType[] = [];
  #appender: DuckDBAppender | undefined;
  #count = 0;

  constructor(api: Api, connection: DuckDBConnection, request: LoadRequest, table: string) {
    this.#api = api;
    this.#connection = connection;
    this.#request = request;
    this.#table = table;
  }

  async add(rows: readonly RowObject[]): Promise<void> {
    if (!this.#appender) {
      this.#learn(rows);
      await this.#create();
    }
    const columns: DuckDBValue[][] = this.#writers.map(() => new Array(rows.length));
    let at = 0;
    try {
      for (; at < rows.length; at++) this.#write(rows[at] as RowObject, at, columns);
    } catch (error) {
      throw this.#located(error, at);
    }
    try {
      const chunk = this.#api.DuckDBDataChunk.create(this.#types, rows.length);
      chunk.setColumns(columns);
      this.#appender?.appendDataChunk(chunk);
    } catch (error) {
      throw engineError(error);
    }
    this.#count += rows.length;
  }

  /** Closes the table and gives the query of it, with the types that all rows together have. */
  async finish(): Promise<string> {
    if (!this.#appender) return this.#empty();
    try {
      this.#appender.closeSync();
    } catch (error) {
      throw engineError(error);
    }
    const columns = [...this.#columns.values()].map(({ name, shape, type }) => {
      const found = finalType(shape);
      const own = found === String(storedType(this.#api, shape)) ? quoted(name) : `cast(${quoted(name)} as ${found})`;
      const wanted = type === undefined ? own : `cast(${own} as ${type})`;
      return wanted === quoted(name) ? wanted : `${wanted} as ${quoted(name)}`;
    });
    return `select ${columns.join(', ')} from temp.main.${quoted(this.#table)}`;
  }

  /** No row: the columns have to be known from elsewhere. */
  async #empty(): Promise<string> {
    const columns = await this.#request.columns();
    if (columns === null || columns.size === 0) {
      throw new DbtError('typescript-rows', 'The model returned no rows, and its columns are not known', {
        hint: 'Enforce a contract: its columns are the model’s then.',
      });
    }
    const nulls = [...columns].map(([name, type]) => `cast(null as ${type}) as ${quoted(name)}`);
    return `select ${nulls.join(', ')} where false`;
  }

  /** Learns the columns and their types of the first rows. */
  #learn(rows: readonly RowObject[]): void {
    let at = 0;
    try {
      for (; at < rows.length; at++) {
        const row = rowOf(rows[at]);
        for (const name of Object.keys(row)) {
          const known = this.#columns.get(name);
          const shape = learn(this.#api, known?.shape ?? { kind: 'null' }, row[name], name);
          if (known) known.shape = shape;
          else this.#columns.set(name, { name, shape, type: this.#request.types.get(name.toLowerCase()) });
        }
      }
    } catch (error) {
      throw this.#located(error, at);
    }
    if (this.#columns.size === 0) throw this.#located(new Misfit('', 'the row has no columns'), 0);
    refuseTwins([...this.#columns.keys()]);
  }

  async #create(): Promise<void> {
    const api = this.#api;
    const columns = [...this.#columns.values()];
    this.#types = columns.map(({ shape }) => storedType(api, shape));
    this.#writers = columns.map(({ name, shape, type }) => ({
      name,
      path: () => name,
      write: writerOf(api, shape, type !== undefined && INTEGERS.test(type)),
    }));
    const list = columns.map(({ name }, i) => `${quoted(name)} ${this.#types[i]}`).join(', ');
    try {
      await this.#connection.run(`create temporary table ${quoted(this.#table)} (${list})`);
      this.#appender = await this.#connection.createAppender(this.#table, 'main', 'temp');
    } catch (error) {
      throw engineError(error);
    }
  }

  #write(given: RowObject, at: number, columns: DuckDBValue[][]): void {
    const row = rowOf(given);
    let found = 0;
    let i = 0;
    for (const { name, path, write } of this.#writers) {
      const value = row[name];
      if (value !== undefined) found += 1;
      (columns[i++] as DuckDBValue[])[at] = write(value, path);
    }
    const keys = Object.keys(row);
    if (keys.length === found) return;
    for (const key of keys) if (!this.#columns.has(key)) throw new Misfit(key, 'no row before has this column');
  }

  #located(error: unknown, at: number): unknown {
    if (!(error instanceof Misfit)) return error;
    const column = error.path === '' ? '' : `, column '${error.path}'`;
    return new DbtError('typescript-rows', `Row ${this.#count + at + 1}${column}: ${error.message}`, {
      hint: 'All rows must have the same columns, and a column values of one type; null is a value of each.',
      cause: error,
    });
  }
}

function rowOf(row: unknown): RowObject {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as RowObject;
  throw new Misfit('', `${shown(row)} is no row: a row is an object with a value for each column`);
}

/** Names that SQL takes for one. */
function refuseTwins(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw new DbtError('typescript-rows', `The columns '${other}' and '${name}' differ in letter case only`, {
        hint: 'SQL takes them for one: give one of them another name.',
      });
    }
    seen.set(name.toLowerCase(), name);
  }
}
