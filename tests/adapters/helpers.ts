import { type DuckDbCredentials, parseCredentials } from '../../src/adapters/duckdb/credentials.js';
import { Database } from '../../src/adapters/duckdb/database.js';
import type { Session } from '../../src/adapters/duckdb/session.js';

/** Credentials as a profile's output gives them. */
export function credentials(output: { readonly [key: string]: unknown } = {}): DuckDbCredentials {
  return parseCredentials({ type: 'duckdb', ...output }, { profile: 'p', target: 'dev' });
}

/** Opens a database for the time of a call. */
export async function withDatabase<T>(
  output: { readonly [key: string]: unknown },
  use: (session: Session, database: Database) => Promise<T>,
  root = process.cwd(),
): Promise<T> {
  const database = await Database.open(credentials(output), root);
  try {
    return await use(await database.session('test'), database);
  } finally {
    database.close();
  }
}
