// What the loads of the two forms of file share: batches that become Parquet files of a folder one after the other, and rejects on the disk.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { LakeError, literal } from '../schema.mjs';

/** Records of a Parquet file. */
export const BATCH_ROWS = 1_000_000;

/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */
/** @typedef {{clean: number, rejected: number}} Counts */

/** @param {string} folder @param {number} number 0 for the first */
export const partPath = (folder, number) => join(folder, `part-${String(number).padStart(4, '0')}.parquet`);

/**
 * Writes a query's rows to a Parquet file; there must be as many as are known to have gone in.
 * @param {Connection} connection @param {string} query @param {string} path @param {number} expected
 */
export async function writePart(connection, query, path, expected) {
  const done = await connection.runAndReadAll(`copy (${query}) to ${literal(path)} (format parquet, compression zstd)`);
  const rows = Number(done.getRows()[0]?.[0]);
  if (rows !== expected)
    throw new LakeError(
      `${path}: ${expected} records went in, ${rows} rows came out. Nothing was published; this is a bug in project/load.`,
    );
}

/** The rejects of a file, on the disk: there may be as many as records. */
export class Rejects {
  #stream;
  /** @type {Error | undefined} */
  #failure;
  count = 0;

  /** @param {string} path @param {{entity: string, source_file: string}} source */
  constructor(path, source) {
    this.path = path;
    this.source = source;
    this.#stream = createWriteStream(path);
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** @param {number} row @param {string} reason @param {string} record as it stands in the file */
  add(row, reason, record) {
    this.count += 1;
    const reject = { ...this.source, source_row: row, reason, raw_record: record.replaceAll('\0', '\ufffd') };
    this.#stream.write(`${JSON.stringify(reject)}\n`);
  }

  /** Waits for the disk when it is behind. */
  async drained() {
    if (this.#failure) throw this.#failure;
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain');
  }

  async close() {
    this.#stream.end();
    if (!this.#failure) await once(this.#stream, 'close');
    if (this.#failure) throw this.#failure;
  }
}

/** @param {string} path of rejects that were written @returns {string} */
export const rejectRows = (path) =>
  `select * from read_json(${literal(path)}, format = 'newline_delimited', maximum_object_size = 16777216,
     columns = {entity: 'varchar', source_file: 'varchar', source_row: 'bigint', reason: 'varchar', raw_record: 'varchar'})`;
