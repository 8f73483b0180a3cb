import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Runs statements on the DuckDB file of a project. */
export async function runStatements(project: string, statements: readonly string[]): Promise<void> {
  await withConnection(project, async (connection) => {
    for (const sql of statements) await connection.run(sql);
  });
}

/** The rows of each query as the recorders write them: null, or Python's text of the value. */
export async function rowsOf(
  project: string,
  queries: { readonly [name: string]: string },
): Promise<{ [name: string]: (string | null)[][] }> {
  const out: { [name: string]: (string | null)[][] } = {};
  await withConnection(project, async (connection) => {
    for (const [name, sql] of Object.entries(queries)) {
      out[name] = (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(pythonText));
    }
  });
  return out;
}

function pythonText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

async function withConnection(project: string, body: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(join(project, 'db.duckdb'));
  const connection = await instance.connect();
  try {
    await body(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
