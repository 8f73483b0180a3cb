// A CSV file -> Parquet, its values as they were delivered. The bytes are split into records here, so that none is lost; DuckDB reads those
// that are whole. While it writes one batch, the next is split.

import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeader } from '../records.mjs';
import { checkHeader, literal } from '../schema.mjs';
import { BATCH_ROWS, partPath, Rejects, writePart } from './batches.mjs';
import { eachLine, LONGEST_BLOCK, lineBlocks } from './lines.mjs';

/** @typedef {import('./load.mjs').Work} Work */
/** @typedef {import('./load.mjs').Loaded} Loaded */

/** Bytes before a record: its number and a comma. */
const PREFIX = 16;
const LF = 0x0a;
const COMMA = 0x2c;

/** @param {string} path @param {readonly string[]} columns */
function preparedRows(path, columns) {
  const types = ['source_row', ...columns].map((name) => `${literal(name)}: 'varchar'`).join(', ');
  return `select ${columns.join(', ')}, cast(source_row as bigint) as source_row
     from read_csv(${literal(path)}, columns = {${types}}, header = false, auto_detect = false,
       delim = ',', quote = '"', escape = '"', new_line = '\\n')`;
}

/** Records that are whole, with their number before them, as files that DuckDB reads. */
class Prepared {
  #buffer;
  #at = 0;
  #batch = 0;
  #rows = 0;
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  #file;
  /** @type {Promise<unknown>} */
  #writing = Promise.resolve();
  rows = 0;

  /** @param {Work} work @param {string} entity @param {readonly string[]} columns @param {string} folder of the Parquet files */
  constructor(work, entity, columns, folder) {
    this.work = work;
    this.columns = columns;
    this.folder = folder;
    this.entity = entity;
    // A block of the shortest records, which have a comma between fields and a line end, fits too.
    this.#buffer = Buffer.allocUnsafe(Math.ceil(LONGEST_BLOCK * (1 + PREFIX / columns.length)));
  }

  #path() {
    return join(this.work.aside, `${this.entity}-${this.#batch}.csv`);
  }

  /** @param {number} row @param {Buffer} bytes @param {number} start @param {number} end */
  add(row, bytes, start, end) {
    this.rows += 1;
    this.#rows += 1;
    this.#at += this.#buffer.latin1Write(String(row), this.#at);
    this.#buffer[this.#at++] = COMMA;
    this.#at += bytes.copy(this.#buffer, this.#at, start, end);
    this.#buffer[this.#at++] = LF;
  }

  /** After each block: what it has added goes to the disk, and a full batch to DuckDB. */
  async flush() {
    this.#file ??= await open(this.#path(), 'w');
    await this.#file.write(this.#buffer, 0, this.#at);
    this.#at = 0;
    if (this.#rows >= BATCH_ROWS) await this.#endBatch();
  }

  async #endBatch() {
    if (!this.#file) return;
    await this.#file.close();
    this.#file = undefined;
    const path = this.#path();
    const rows = this.#rows;
    const part = partPath(this.folder, this.#batch);
    this.#batch += 1;
    this.#rows = 0;
    // One batch is being written while the next is prepared, no more: the disk and the memory hold two.
    await this.#writing;
    this.#writing = writePart(this.work.connection, preparedRows(path, this.columns), part, rows).then(() => rm(path));
    this.#writing.catch(() => {});
  }

  async close() {
    if (this.#rows > 0 || this.#batch === 0) {
      await this.flush();
      await this.#endBatch();
    }
    await this.#writing;
    await this.#file?.close();
  }

  /** Gives up: nothing is written any more. */
  async abandon() {
    await this.#writing.catch(() => {});
    await this.#file?.close();
  }
}

/**
 * @param {Work} work @param {string} path @param {import('./load.mjs').Entity} entity @param {readonly string[]} columns
 * @returns {Promise<Loaded>}
 */
export async function loadCsv(work, path, entity, columns) {
  const hash = createHash('sha256');
  const folder = join(work.aside, entity.name);
  await mkdir(folder);
  const prepared = new Prepared(work, entity.name, columns, folder);
  const rejects = new Rejects(join(work.aside, `${entity.name}-rejects.ndjson`), {
    entity: entity.name,
    source_file: entity.file,
  });
  let raw = 0;
  let isFirst = true;
  try {
    for await (const block of lineBlocks(path, (bytes) => hash.update(bytes))) {
      let from = 0;
      if (isFirst) {
        const header = readHeader(block);
        checkHeader(path, header.columns, [...columns]);
        from = header.next;
        isFirst = false;
      }
      eachLine(block, from, columns.length, (start, end, problem) => {
        raw += 1;
        if (problem === undefined) prepared.add(raw, block, start, end);
        else rejects.add(raw, problem, block.toString('utf8', start, end));
      });
      await prepared.flush();
      await rejects.drained();
    }
    if (isFirst) checkHeader(path, [], [...columns]);
    await prepared.close();
    await rejects.close();
  } catch (error) {
    await prepared.abandon();
    throw error;
  }
  return { hash: hash.digest('hex'), raw, clean: prepared.rows, rejects };
}
