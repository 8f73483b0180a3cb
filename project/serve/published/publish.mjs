// A table -> Parquet that other processes read: written aside, put on the disk, compared with the table, switched by one rename.

import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { removeLeftovers, removeOld } from './retention.mjs';
import { currentVersion, PublishError, serve, sync, versionAfter, versionsIn, writeWhole } from './versions.mjs';

/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */
/** @typedef {{ name: string, order_by: readonly string[] }} Layout files are cut between values of the first column */
/**
 * @typedef {object} PublishOptions
 * @property {Connection} connection to the warehouse; all is read in one transaction of it
 * @property {string} table as SQL names it
 * @property {string} folder
 * @property {readonly Layout[]} layouts
 * @property {readonly string[]} keys columns of whole numbers or dates, whose least and greatest value in each file the manifest tells
 * @property {number} rowsAFile about so many
 * @property {number} rowGroupSize
 * @property {import('./retention.mjs').Retention} retention
 * @property {(step: string) => void} [onStep] told before each step
 */

const quoted = (/** @type {string} */ name) => `"${name.replaceAll('"', '""')}"`;
const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;

/** Folders that this process is publishing into: the system's lock is the process's. @type {Set<string>} */
const busy = new Set();

/**
 * Publishes what the table has now as a new version.
 * @param {PublishOptions} options
 * @returns {Promise<{ version: string, rows: number, bytes: number, files: number, removed: string[], held: string[] }>}
 * @throws {PublishError} another publisher is at work; the table is not there, or empty, or the files don't add up to it
 */
export async function publish(options) {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const unlock = await lock(folder);
  try {
    return await publishVersion({ ...options, folder });
  } finally {
    unlock();
  }
}

/** One publisher at a time. DuckDB's lock on a file of its own is the system's: it ends with the process, however that ends. @param {string} folder */
async function lock(folder) {
  if (busy.has(folder)) throw new PublishError(`This process is publishing into ${folder} already`);
  busy.add(folder);
  try {
    const instance = await DuckDBInstance.create(join(folder, '.publisher.lock'));
    return () => {
      instance.closeSync();
      busy.delete(folder);
    };
  } catch (error) {
    busy.delete(folder);
    const message = error instanceof Error ? error.message : String(error);
    const pid = /\(PID (\d+)\)/.exec(message)?.[1];
    if (pid === undefined) throw error;
    throw new PublishError(`Process ${pid} is publishing into ${folder}: wait for it, or end it`);
  }
}

/** @param {PublishOptions} options */
async function publishVersion({ connection, table, folder, layouts, keys, retention, onStep = () => {}, ...sizes }) {
  onStep('begin');
  await removeLeftovers(folder);
  const version = versionAfter([(await currentVersion(folder)) ?? '', ...(await versionsIn(folder))].sort().at(-1));
  const aside = join(folder, `.aside-${process.pid}-${version}`);
  try {
    await mkdir(aside);
    const written = await write({ connection, table, layouts, keys, aside, onStep, ...sizes });
    const manifest = { version, table, published_at: new Date().toISOString(), ...written };
    onStep('manifest');
    await writeWhole(join(aside, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    onStep('rename');
    await rename(aside, join(folder, version));
    await sync(folder);
    onStep('switch');
    await serve(folder, version);
    onStep('remove');
    const { removed, held } = await removeOld(folder, retention);
    onStep('end');
    const files = manifest.layouts.flatMap((layout) => layout.files);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { version, rows: manifest.rows, bytes, files: files.length, removed, held };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** @param {Omit<PublishOptions, 'folder' | 'retention'> & { aside: string }} options */
async function write({ connection, table, layouts, keys, rowsAFile, rowGroupSize, aside, onStep = () => {} }) {
  const rows = async (/** @type {string} */ sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  // One state of the table, whatever is committed meanwhile.
  await connection.run('begin transaction');
  try {
    const columns = (await rows(`describe ${table}`)).map(([name, type]) => ({
      name: String(name),
      type: String(type),
    }));
    const names = columns.map(({ name }) => quoted(name)).join(', ');
    const sumOf = async (/** @type {string} */ relation) => {
      const [[count, sum] = []] = await rows(`select count(*), sum(hash(${names})) from ${relation}`);
      return { count: Number(count), text: `${count} rows, ${sum}` };
    };
    const whole = await sumOf(table);
    if (whole.count === 0) throw new PublishError(`${table} has no rows: what is published stays as it is`);
    /** @type {Record<string, string>} */
    const checksums = { table: whole.text };
    const done = [];
    for (const { name, order_by } of layouts) {
      await mkdir(join(aside, name));
      const files = [];
      const key = quoted(order_by[0] ?? '');
      for (const [from, to] of await cuts(rows, table, key, rowsAFile)) {
        onStep('file');
        const path = `${name}/part-${String(files.length).padStart(4, '0')}.parquet`;
        const file = join(aside, path);
        await connection.run(
          `copy (select * from ${table} where ${key} between ${from} and ${to} order by ${order_by.map(quoted).join(', ')}) ` +
            `to ${literal(file)} (format parquet, compression zstd, row_group_size ${rowGroupSize})`,
        );
        await sync(file);
        files.push({ path, bytes: (await stat(file)).size, ...(await boundsOf(rows, file, keys)) });
      }
      await sync(join(aside, name));
      onStep('check');
      const read = await sumOf(`read_parquet([${files.map(({ path }) => literal(join(aside, path))).join(', ')}])`);
      checksums[name] = read.text;
      if (read.text !== whole.text)
        throw new PublishError(
          `The files of ${name} hold ${read.text}, ${table} holds ${whole.text}: nothing is published`,
        );
      done.push({ name, order_by, files });
    }
    await sync(aside);
    return { rows: whole.count, checksums, columns, layouts: done };
  } catch (error) {
    if (error instanceof Error && /^Catalog Error: Table with name/.test(error.message))
      throw new PublishError(`${table} is not there: build it first\n${error.message}`);
    throw error;
  } finally {
    await connection.run('rollback').catch(() => {});
  }
}

/**
 * Ranges of a column, each with about so many rows, as literals.
 * @param {(sql: string) => Promise<unknown[][]>} rows @param {string} table @param {string} key @param {number} rowsAFile
 */
async function cuts(rows, table, key, rowsAFile) {
  const counted = await rows(
    `select ${key}::varchar, count(*), ${key} is null from ${table} group by ${key} order by ${key}`,
  );
  if (counted.some(([, , isNull]) => isNull))
    throw new PublishError(`${table} has rows without ${key}, by which its files are cut`);
  /** @type {[string, string][]} */
  const found = [];
  let room = 0;
  for (const [value, count] of counted) {
    const text = literal(String(value));
    const last = found.at(-1);
    if (last && room >= Number(count)) last[1] = text;
    else {
      found.push([text, text]);
      room = rowsAFile;
    }
    room -= Number(count);
  }
  return found;
}

/** @param {(sql: string) => Promise<unknown[][]>} rows @param {string} file @param {readonly string[]} keys */
async function boundsOf(rows, file, keys) {
  const wanted = keys.flatMap((key) => [`min(${quoted(key)})`, `max(${quoted(key)})`]);
  const [[count, ...values] = []] = await rows(
    `select ${['count(*)', ...wanted].join(', ')} from read_parquet(${literal(file)})`,
  );
  const bound = (/** @type {0 | 1} */ side) =>
    Object.fromEntries(
      keys.flatMap((key, i) => {
        const value = values[2 * i + side];
        return typeof value === 'number' || typeof value === 'string' ? [[key, value]] : [];
      }),
    );
  return { rows: Number(count), min: bound(0), max: bound(1) };
}
