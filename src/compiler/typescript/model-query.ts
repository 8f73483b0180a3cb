import type { QueryParameters, RowObject } from '../../adapters/base/rows.js';
import type { NodeConnection } from '../../context/node-connection.js';
import type { ModelQuery } from '../../contracts/typescript-model.js';
import { DbtError } from '../../diagnostics/errors.js';

/** What queries of a model need of the run. */
export interface QueryRun {
  /** A connection of its own, taken when the first statement runs. */
  readonly connect: () => NodeConnection;
  /** The query with the CTEs of the ephemeral models that the model refers to. */
  readonly complete: (sql: string) => string;
  /** The error of a query, with the place at which the model asked it. */
  readonly failure: (error: unknown, calledAt: string | undefined) => DbtError;
}

/** A query of a model. Nothing is asked before its rows are wanted; each time that they are it is asked again. */
export function modelQuery(run: QueryRun, sql: unknown, parameters?: QueryParameters): ModelQuery<RowObject> {
  const called = new Error();
  if (typeof sql !== 'string') {
    throw new DbtError('typescript-result', `query() takes SQL as a text, not ${typeof sql}`, {
      hint: 'Write query(`select … from ${ref(…)}`).',
    });
  }
  async function* chunks(): AsyncGenerator<readonly RowObject[], void, undefined> {
    const connection = run.connect();
    try {
      yield* connection.stream(run.complete(sql as string), parameters);
    } catch (error) {
      throw run.failure(error, called.stack);
    } finally {
      await connection.release();
    }
  }
  async function* rows(): AsyncGenerator<RowObject, void, undefined> {
    for await (const chunk of chunks()) yield* chunk;
  }
  return {
    chunks,
    [Symbol.asyncIterator]: rows,
    all: async () => {
      const all: RowObject[] = [];
      for await (const chunk of chunks()) for (const row of chunk) all.push(row);
      return all;
    },
    first: async () => {
      for await (const row of rows()) return row;
      return undefined;
    },
  };
}
