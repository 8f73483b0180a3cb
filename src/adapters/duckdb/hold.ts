import type { DuckDBConnection } from '@duckdb/node-api';
import type { AdapterHooks, HeldDatabase } from '../base/adapter.js';
import type { DuckDbCredentials } from './credentials.js';
import { Database } from './database.js';
import { engineError } from './engine-error.js';
import { sessionStatements } from './opening.js';

/**
 * Opens the database as a run does and keeps it open: invocations of this process that need it work on the same instance,
 * beside the connections that are given out here.
 *
 * @throws DbtError what keeps it from being opened.
 */
export async function holdDatabase(
  credentials: DuckDbCredentials,
  cwd: string,
  hooks: AdapterHooks = {},
): Promise<HeldDatabase> {
  const { instance, release } = await Database.hold(credentials, cwd, hooks);
  const connections = new Set<DuckDBConnection>();
  return {
    async connect() {
      try {
        const connection = await instance.connect();
        connections.add(connection);
        for (const statement of sessionStatements(credentials)) await connection.run(statement);
        return connection;
      } catch (error) {
        throw engineError(error);
      }
    },
    close() {
      for (const connection of connections) connection.disconnectSync();
      connections.clear();
      release();
    },
  };
}
