// A JSON object of keys and texts -> Parquet. Every member is a row or a reject, also one whose key was there before.

import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BIGINT, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import { BATCH_ROWS, partPath, Rejects, writePart } from './batches.mjs';
import { readMembers } from './json-members.mjs';

/** @typedef {import('./load.mjs').Work} Work */
/** @typedef {import('./load.mjs').Loaded} Loaded */

/** Rows of a data chunk: DuckDB's vectors have no more. */
const CHUNK_ROWS = 2_048;

/** Rows on their way to Parquet: a chunk here, a batch in a table of the engine, the others in files. */
class Table {
  /** @type {string[]} */
  #keys = [];
  /** @type {string[]} */
  #values = [];
  /** @type {bigint[]} */
  #numbers = [];
  #inTable = 0;
  #batch = 0;
  rows = 0;

  /** @param {Work} work @param {readonly string[]} columns of key and value @param {string} folder */
  constructor(work, columns, folder) {
    this.connection = work.connection;
    this.columns = columns;
    this.folder = folder;
  }

  async open() {
    const [key, value] = this.columns;
    await this.connection.run(
      `create or replace temp table members (${key} varchar, ${value} varchar, source_row bigint)`,
    );
    this.appender = await this.connection.createAppender('members');
    this.chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, BIGINT]);
  }

  /** @param {string} key @param {string} value @param {number} row */
  add(key, value, row) {
    this.rows += 1;
    this.#keys.push(key);
    this.#values.push(value);
    this.#numbers.push(BigInt(row));
    if (this.#keys.length === CHUNK_ROWS) this.#append();
  }

  #append() {
    if (!this.chunk || this.#keys.length === 0) return;
    this.chunk.reset();
    this.chunk.setColumns([this.#keys, this.#values, this.#numbers]);
    this.appender?.appendDataChunk(this.chunk);
    this.#inTable += this.#keys.length;
    this.#keys = [];
    this.#values = [];
    this.#numbers = [];
  }

  /** A full batch becomes a file. @returns {Promise<void> | undefined} */
  flush() {
    return this.#inTable >= BATCH_ROWS ? this.#write() : undefined;
  }

  async #write() {
    this.appender?.flushSync();
    const path = partPath(this.folder, this.#batch);
    await writePart(this.connection, 'select * from members', path, this.#inTable);
    await this.connection.run('truncate members');
    this.#batch += 1;
    this.#inTable = 0;
  }

  async close() {
    this.#append();
    if (this.#inTable > 0 || this.#batch === 0) await this.#write();
    this.appender?.closeSync();
    await this.connection.run('drop table members');
  }
}

/**
 * @param {Work} work @param {string} path @param {import('./load.mjs').Entity} entity @param {readonly string[]} columns of key and value
 * @returns {Promise<Loaded>}
 */
export async function loadJson(work, path, entity, columns) {
  const hash = createHash('sha256');
  const folder = join(work.aside, entity.name);
  await mkdir(folder);
  const table = new Table(work, columns, folder);
  const rejects = new Rejects(join(work.aside, `${entity.name}-rejects.ndjson`), {
    entity: entity.name,
    source_file: entity.file,
  });
  let raw = 0;
  await table.open();
  await readMembers(
    path,
    entity.object,
    (key, value) => {
      raw += 1;
      if (value.isString) table.add(key, value.text, raw);
      else rejects.add(raw, `${columns[1]}_is_no_text`, `${JSON.stringify(key)}: ${value.text}`);
    },
    async (piece) => {
      hash.update(piece);
      await table.flush();
      await rejects.drained();
    },
  );
  await table.close();
  await rejects.close();
  return { hash: hash.digest('hex'), raw, clean: table.rows, rejects };
}
