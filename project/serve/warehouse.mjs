// The warehouse, held open by this process: it answers queries on connections of its own while tsdbt builds in it.

import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lakeFolder, ROOT, UsageError } from '../generate/options.mjs';
import { readSalt } from '../generate/salt.mjs';
import { MODEL, TABLE } from './tables.mjs';

/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */

/** Options of the scripts that open it. */
export const WAREHOUSE_OPTIONS = Object.freeze(
  /** @type {const} */ ({
    lake: { type: 'string' },
    database: { type: 'string' },
    work: { type: 'string' },
    'lock-timeout': { type: 'string' },
  }),
);

export const WAREHOUSE_HELP = `  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
  --database <file>       default <lake>/warehouse.duckdb, or FLAGSHIP_DATABASE
  --lock-timeout <s>      seconds to wait for the database while another process has it open (default 0)
  --work <folder>         where tsdbt writes its target and logs (default <lake>/serve)
`;

/**
 * A number of the command line.
 * @param {Record<string, string | undefined>} values @param {string} name @param {number} otherwise @param {number} [least]
 */
export function numberOption(values, name, otherwise, least = 0) {
  const text = values[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least)
    throw new UsageError(`--${name} must be a number of at least ${least}, not '${text}'`);
  return value;
}

/** Where lake and database are. @param {Record<string, string | undefined>} values */
export function placesOf(values) {
  const lake = lakeFolder(values.lake);
  const given = values.database ?? (values.lake ? undefined : process.env.FLAGSHIP_DATABASE);
  return { lake, database: resolve(given ?? join(lake, 'warehouse.duckdb')) };
}

/** An error of tsdbt's with its code and what it says to do. @param {unknown} error @returns {never} */
function rethrow(error) {
  if (error instanceof Error && 'diagnostic' in error) {
    const { code, hint } = /** @type {{ code: string, hint?: string }} */ (error.diagnostic);
    throw new UsageError(`error[${code}]: ${error.message}${hint ? `\n  hint: ${hint}` : ''}`);
  }
  throw error;
}

/**
 * Opens project and database.
 * @param {Record<string, string | undefined>} values of {@link WAREHOUSE_OPTIONS}
 * @param {{ arguments?: readonly string[] }} [more] options of each run
 */
export async function openWarehouse(values, more = {}) {
  const { lake, database } = placesOf(values);
  if (!existsSync(database))
    throw new UsageError(`${database} is not there: node project/run.mjs --system revenue_operations builds it`);
  const door = join(ROOT, 'dist', 'index.js');
  if (!existsSync(door)) throw new UsageError(`${door} is not there: npm run build makes it`);
  /** @type {typeof import('../../dist/index.js')} */
  const { openProject } = await import(door);
  const work = resolve(values.work ?? join(lake, 'serve'));
  mkdirSync(work, { recursive: true });
  const env = {
    ...process.env,
    FLAGSHIP_LAKE: lake,
    FLAGSHIP_DATABASE: database,
    FLAGSHIP_PII_SALT: process.env.FLAGSHIP_PII_SALT ?? (await readSalt(lake)) ?? '',
  };
  const args = ['--target-path', join(work, 'target'), '--log-path', join(work, 'logs'), ...(more.arguments ?? [])];
  const project = await openProject({ cwd: ROOT, env, args }).catch(rethrow);
  const held = await project.openDatabase({ lockTimeout: numberOption(values, 'lock-timeout', 0) }).catch(rethrow);
  return {
    lake,
    database,
    /** @returns {Promise<Connection>} */
    connect: () => held.connect(),
    /**
     * Builds the model anew; readers have the old table until its transaction is committed.
     * @param {number} version what `served_version` is in its rows
     * @param {AbortSignal} [signal] cancels: the old table stays
     * @returns {Promise<number>} seconds
     * @throws {UsageError} what the build came to, when that is not success
     */
    async refresh(version, signal) {
      const began = performance.now();
      const { success, results, error } = await project.invoke(
        ['run', '--select', MODEL, '--vars', JSON.stringify({ served_version: version })],
        signal ? { signal } : {},
      );
      if (error) rethrow(error);
      const failed = results.find(({ status }) => status !== 'success');
      if (!success || failed || results.length === 0)
        throw new UsageError(
          `${MODEL} was not built, the old one is served on: ${failed?.message ?? 'nothing was selected'}`,
        );
      return (performance.now() - began) / 1000;
    },
    /** The version of the rows that are served now. @param {Connection} connection */
    async servedVersion(connection) {
      try {
        const [[version] = []] = (
          await connection.runAndReadAll(`select max(served_version)::integer from ${TABLE}`)
        ).getRows();
        return Number(version ?? 0);
      } catch (error) {
        throw new UsageError(
          `${database} has no ${TABLE}: node project/run.mjs --system revenue_operations builds it\n${error instanceof Error ? error.message : error}`,
        );
      }
    },
    close: () => held.close(),
  };
}
