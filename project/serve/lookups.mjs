// How long look-ups take, warm: whole rows, all of them, of keys that are drawn from the data.

import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { readArguments, runScript, UsageError } from '../generate/options.mjs';
import { withSnapshot } from './published/reader.mjs';
import { PublishError } from './published/versions.mjs';
import { LOOKUPS, publishedFolder, TABLE } from './tables.mjs';
import { numberOption, placesOf } from './warehouse.mjs';

const HELP = `Measures look-ups of the wide table of revenue operations and fails when one is slower than the limit: what a client did, what it did in a
month, and what was paid at merchants of a category on a day. Each is asked warm for keys that differ, drawn by lot from those that there are.
Whole rows, none left out; the time is that until the last row is there.

  node project/serve/lookups.mjs [options]

  --published             asks the published Parquet in place of the warehouse
  --count <n>             keys of each (default 200)
  --limit <ms>            the most that the 95th percentile may be (default 50)
  --seed <n>              of the keys (default 1)
  --threads <n>           of DuckDB (default: as many as there are cores)
  --memory <limit>        of DuckDB (default 1GB)
  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
  --database <file>       default <lake>/warehouse.duckdb, or FLAGSHIP_DATABASE
  --out <folder>          where it is published (default in the lake)
`;

/** How many are asked before the clock runs. */
const WARM_UP = 20;

/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */
/** @typedef {(lookup: import('./tables.mjs').Lookup) => Promise<import('@duckdb/node-api').DuckDBResultReader>} Ask */
/** @typedef {{ client_id: number, mcc: number, day: string }} Key of a kind that has not all of them, those that it has */

/** Nearest rank. @param {readonly number[]} sorted @param {number} share */
const percentile = (sorted, share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** What keys are drawn of: columns of the table, and the look-up that asks for them. */
const KINDS = Object.freeze([
  {
    name: 'one client',
    columns: 'client_id',
    lookup: (/** @type {Key} */ { client_id }) => LOOKUPS.client({ client_id }),
  },
  {
    name: 'one client and month',
    columns: 'client_id, transaction_month::varchar as day',
    lookup: (/** @type {Key} */ { client_id, day }) => LOOKUPS.client_month({ client_id, month: day.slice(0, 7) }),
  },
  {
    name: 'one mcc and day',
    columns: 'mcc, transaction_date::varchar as day',
    lookup: (/** @type {Key} */ { mcc, day }) => LOOKUPS.mcc_day({ mcc, day }),
  },
]);

/**
 * Keys that there are, each as likely as the next: the same for the same data and seed.
 * @param {Connection} connection @param {string} relation @param {string} columns @param {number} seed @param {number} count @returns {Promise<Key[]>}
 */
async function drawKeys(connection, relation, columns, seed, count) {
  const found = await connection.runAndReadAll(
    `select * from (select distinct ${columns} from ${relation}) as k order by hash(k::varchar || '${seed}') limit ${count}`,
  );
  return /** @type {Key[]} */ (/** @type {unknown} */ (found.getRowObjectsJson()));
}

/**
 * @param {Ask} ask @param {(columns: string, count: number) => Promise<Key[]>} draw @param {number} count
 */
async function measure(ask, draw, count) {
  const measured = [];
  for (const { name, columns, lookup } of KINDS) {
    const keys = await draw(columns, count + WARM_UP);
    const asked = keys.slice(0, count).map(lookup);
    // With keys of their own, where there are so many.
    for (const key of [...keys.slice(count), ...keys].slice(0, WARM_UP)) await ask(lookup(key));
    const times = [];
    let rows = 0;
    let most = 0;
    for (const one of asked) {
      const began = performance.now();
      const { currentRowCount: found } = await ask(one);
      times.push(performance.now() - began);
      if (found === 0) throw new Error(`No rows where there must be some: ${one.where}`);
      rows += found;
      most = Math.max(most, found);
    }
    times.sort((a, b) => a - b);
    measured.push({
      look_up: name,
      keys: asked.length,
      'rows, mean': Math.round(rows / asked.length),
      'rows, most': most,
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
      max: times.at(-1) ?? 0,
    });
  }
  return measured;
}

/** @param {string} database @param {Record<string, string>} options */
async function openReadOnly(database, options) {
  if (!existsSync(database))
    throw new UsageError(`${database} is not there: node project/run.mjs --system revenue_operations builds it`);
  try {
    return await DuckDBInstance.create(database, { ...options, access_mode: 'READ_ONLY' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const pid = /\(PID (\d+)\)/.exec(message)?.[1];
    if (pid === undefined) throw error;
    throw new UsageError(
      `Process ${pid} has ${database} open: DuckDB gives a file to one process. Ask what it publishes: --published`,
    );
  }
}

await runScript(async () => {
  const { values, positionals } = readArguments(
    {
      lake: { type: 'string' },
      database: { type: 'string' },
      out: { type: 'string' },
      count: { type: 'string' },
      limit: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      memory: { type: 'string' },
      published: { type: 'boolean' },
    },
    HELP,
  );
  if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`);
  const count = numberOption(values, 'count', 200, 1);
  const limit = numberOption(values, 'limit', 50);
  const seed = numberOption(values, 'seed', 1);
  const { lake, database } = placesOf(values);
  /** @type {Record<string, string>} */
  const options = { memory_limit: values.memory ?? '1GB' };
  if (values.threads !== undefined) options.threads = String(numberOption(values, 'threads', 1, 1));
  const folder = values.out ?? publishedFolder(lake);
  const instance = await (values.published
    ? DuckDBInstance.create(':memory:', options)
    : openReadOnly(database, options));
  const connection = await instance.connect();
  try {
    // A published file never changes: its footer is read once.
    if (values.published) await connection.run('set parquet_metadata_cache = true');
    /** @type {Ask} */
    const fromTable = ({ relation, where }) => connection.runAndReadAll(`select * from ${relation} where ${where}`);
    // The pointer is resolved for each query, as a reader does: that counts.
    /** @type {Ask} */
    const fromFiles = ({ keys, where }) =>
      withSnapshot(folder, (snapshot) =>
        connection.runAndReadAll(`select * from ${snapshot.relation(keys)} where ${where}`),
      );
    const measured = await measure(
      values.published ? fromFiles : fromTable,
      (columns, drawn) =>
        values.published
          ? withSnapshot(folder, (snapshot) => drawKeys(connection, snapshot.relation(), columns, seed, drawn))
          : drawKeys(connection, TABLE, columns, seed, drawn),
      count,
    );
    const [[rows] = []] = (
      await connection.runAndReadAll(
        values.published
          ? `select ${await withSnapshot(folder, async (snapshot) => snapshot.manifest.rows)}`
          : `select count(*) from ${TABLE}`,
      )
    ).getRows();
    process.stdout.write(
      `${values.published ? folder : database}: ${Number(rows).toLocaleString('en')} rows; milliseconds\n`,
    );
    const names = Object.keys(measured[0] ?? {});
    const table = [
      names,
      ...measured.map((row) =>
        Object.values(row).map((value) =>
          typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(1) : String(value),
        ),
      ),
    ];
    for (const row of table)
      process.stdout.write(
        `${row
          .map((cell, i) => cell.padEnd(Math.max(...table.map((it) => (it[i] ?? '').length))))
          .join('  ')
          .trimEnd()}\n`,
      );
    const slow = measured.filter(({ p95 }) => p95 > limit);
    for (const { look_up, p95 } of slow)
      process.stderr.write(`${look_up}: 95 of 100 within ${p95.toFixed(1)} ms, more than the limit of ${limit} ms\n`);
    if (slow.length > 0) process.exitCode = 1;
  } catch (error) {
    if (error instanceof PublishError) throw new UsageError(error.message);
    if (error instanceof Error && /^Catalog Error: Table with name/.test(error.message))
      throw new UsageError(`${database} has no ${TABLE}: node project/run.mjs --system revenue_operations builds it`);
    throw error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});
