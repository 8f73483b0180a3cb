// Landing zone -> lake: typed, Hive-partitioned Parquet, rejects beside it, and an audit that adds up.

import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readHeader, readRecords } from '../records.mjs';
import { checkHeader, LakeError, literal, readSchema, typedRows } from '../schema.mjs';
import { partitionKey, readManifest, writeManifest } from './manifest.mjs';

export const ENTITIES = Object.freeze(['members', 'transactions', 'visits']);

/** Changes whenever the same source would give another lake. */
const LOADER_VERSION = 1;
/** Days are loaded together up to this many bytes of CSV. */
const BATCH_BYTES = 24 * 1024 * 1024;
const DAY_FOLDER = /^dt=(\d{4}-\d{2}-\d{2})$/;

/** @typedef {import('./manifest.mjs').Partition} Partition */
/** @typedef {import('../schema.mjs').EntitySchema} EntitySchema */
/** @typedef {{day: string, files: {path: string, name: string}[], bytes: number, fingerprint: string}} Day */
/** @typedef {{row: number, file: string, problem: string, raw: string}} Reject */
/** @typedef {{loaded: number, unchanged: number, removed: number, raw: number, clean: number, rejected: number}} LoadResult */

/**
 * Loads the days that are new or have changed; removes those that are gone from the landing zone.
 * @param {string} lake @returns {Promise<LoadResult>}
 */
export async function load(lake) {
  const manifestPath = join(lake, 'audit', 'manifest.json');
  const aside = join(lake, '.aside');
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await mkdir(join(lake, 'audit'), { recursive: true });
  const manifest = await readManifest(manifestPath);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    temp_directory: aside,
  });
  const connection = await instance.connect();
  try {
    const result = { loaded: 0, unchanged: 0, removed: 0, raw: 0, clean: 0, rejected: 0 };
    for (const entity of ENTITIES) {
      const schema = await readSchema('member_risk', entity);
      const days = await landingDays(lake, schema);
      result.removed += await removeGoneDays(lake, entity, days, manifest);
      const due = [];
      for (const day of days) {
        if (await isCurrent(lake, entity, day, manifest)) result.unchanged += 1;
        else due.push(day);
      }
      for (const batch of batches(due)) {
        // From here to the end of the batch the manifest vouches for none of these days.
        for (const day of batch) manifest.delete(partitionKey(entity, day.day));
        await writeManifest(manifestPath, manifest);
        for (const partition of await loadBatch({ lake, aside, connection, schema }, batch)) {
          manifest.set(partitionKey(entity, partition.load_date), partition);
        }
        await writeManifest(manifestPath, manifest);
        result.loaded += batch.length;
      }
    }
    await writeAudit(lake, aside, connection, manifest);
    for (const partition of manifest.values()) {
      result.raw += partition.raw_rows;
      result.clean += partition.clean_rows;
      result.rejected += partition.rejected_rows;
    }
    return result;
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(aside, { recursive: true, force: true });
  }
}

/** @param {string} lake @param {EntitySchema} schema @returns {Promise<Day[]>} */
async function landingDays(lake, schema) {
  const folder = join(lake, 'landing', schema.entity);
  const names = await readdir(folder).catch(() => {
    throw new LakeError(
      `${folder}: no such folder; nothing has been landed for '${schema.entity}' (run project/generate/main.mjs first)`,
    );
  });
  const days = [];
  for (const name of names.sort()) {
    const day = DAY_FOLDER.exec(name)?.[1];
    if (!day) throw new LakeError(`${join(folder, name)}: expected folders named dt=YYYY-MM-DD only`);
    days.push(await readDay(lake, schema, join(folder, name), day));
  }
  if (days.length === 0) throw new LakeError(`${folder}: holds no day`);
  return days;
}

/** @param {string} lake @param {EntitySchema} schema @param {string} folder @param {string} day @returns {Promise<Day>} */
async function readDay(lake, schema, folder, day) {
  const hash = createHash('sha256').update(`${LOADER_VERSION} ${JSON.stringify(schema)}`);
  const files = [];
  let bytes = 0;
  for (const name of (await readdir(folder)).sort()) {
    // A part still being written is not there yet.
    if (name.endsWith('.tmp') || name.startsWith('.')) continue;
    const path = join(folder, name);
    if (!name.endsWith('.csv')) throw new LakeError(`${path}: expected .csv files only`);
    const content = await readFile(path);
    hash.update(`\n${name} ${content.length}\n`).update(content);
    bytes += content.length;
    files.push({ path, name: relative(join(lake, 'landing'), path).replaceAll('\\', '/') });
  }
  return { day, files, bytes, fingerprint: hash.digest('hex') };
}

/** @param {string} lake @param {string} entity @param {string} day */
function places(lake, entity, day) {
  return {
    clean: join(lake, 'clean', entity, `load_date=${day}`),
    rejects: join(lake, 'rejects', entity, `load_date=${day}`),
  };
}

/** @param {string} lake @param {string} entity @param {Day} day @param {Map<string, Partition>} manifest */
async function isCurrent(lake, entity, day, manifest) {
  const known = manifest.get(partitionKey(entity, day.day));
  if (known?.fingerprint !== day.fingerprint) return false;
  const { clean, rejects } = places(lake, entity, day.day);
  // A file that was damaged, lost or added since: the day is loaded again.
  return (
    (await holdsOnly(clean, 'data.parquet', known.clean_bytes)) &&
    (await holdsOnly(rejects, 'rejects.parquet', known.rejects_bytes))
  );
}

/** @param {string} folder @param {string} name @param {number} size */
async function holdsOnly(folder, name, size) {
  const names = await readdir(folder).catch(() => []);
  return names.length === 1 && names[0] === name && (await stat(join(folder, name))).size === size;
}

/** @param {string} lake @param {string} entity @param {Day[]} days @param {Map<string, Partition>} manifest */
async function removeGoneDays(lake, entity, days, manifest) {
  const landed = new Set(days.map(({ day }) => day));
  let removed = 0;
  for (const area of ['clean', 'rejects']) {
    const names = await readdir(join(lake, area, entity)).catch(() => []);
    for (const name of names) {
      if (!landed.has(name.replace('load_date=', ''))) await rm(join(lake, area, entity, name), { recursive: true });
    }
  }
  for (const [key, partition] of manifest) {
    if (partition.entity === entity && !landed.has(partition.load_date)) {
      manifest.delete(key);
      removed += 1;
    }
  }
  return removed;
}

/** @param {Day[]} days @returns {Generator<Day[]>} */
function* batches(days) {
  /** @type {Day[]} */
  let batch = [];
  let bytes = 0;
  for (const day of days) {
    if (batch.length > 0 && bytes + day.bytes > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(day);
    bytes += day.bytes;
  }
  if (batch.length > 0) yield batch;
}

/**
 * @typedef {object} Work
 * @property {string} lake
 * @property {string} aside
 * @property {import('@duckdb/node-api').DuckDBConnection} connection
 * @property {EntitySchema} schema
 */

/** @param {Work} work @param {Day[]} batch @returns {Promise<Partition[]>} */
async function loadBatch(work, batch) {
  const { connection, schema } = work;
  const prepared = [];
  /** @type {Map<string, Reject[]>} */
  const rejects = new Map();
  /** @type {Map<string, number>} */
  const rawRows = new Map();
  for (const day of batch) {
    const { path, rows, rejected } = await prepareDay(work, day);
    prepared.push(path);
    rawRows.set(day.day, rows);
    rejects.set(day.day, rejected);
  }
  await connection.run(`create or replace temp table typed as ${typedRows(schema, prepared)}`);
  await addTypeRejects(work, batch, rejects);
  const partitions = [];
  for (const day of batch)
    partitions.push(await publishDay(work, day, rawRows.get(day.day) ?? 0, rejects.get(day.day) ?? []));
  await connection.run('drop table typed');
  for (const path of prepared) await rm(path);
  return partitions;
}

/** Copies the readable records of a day into one file with where they came from; returns the others. @param {Work} work @param {Day} day */
async function prepareDay({ aside, schema }, day) {
  const path = join(aside, `${schema.entity}-${day.day}.csv`);
  const expected = schema.columns.map((column) => column.name);
  const output = await open(path, 'w');
  /** @type {Reject[]} */
  const rejected = [];
  let rows = 0;
  try {
    for (const file of day.files) {
      const bytes = await readFile(file.path);
      const { columns, next } = readHeader(bytes);
      checkHeader(file.path, columns, expected);
      /** @type {(string | Buffer)[]} */
      const pieces = [];
      for (const record of readRecords(bytes, next, expected.length)) {
        rows += 1;
        const raw = bytes.subarray(record.start, record.end);
        if (record.problem)
          rejected.push({ row: record.row, file: file.name, problem: record.problem, raw: raw.toString('utf8') });
        else pieces.push(Buffer.from(`${day.day},${file.name},${record.row},`), raw, LINE_FEED);
      }
      await output.write(Buffer.concat(/** @type {Buffer[]} */ (pieces)));
    }
  } finally {
    await output.close();
  }
  return { path, rows, rejected };
}

const LINE_FEED = Buffer.from('\n');

/** Records whose values do not fit: their bytes are taken from the source again. @param {Work} work @param {Day[]} batch @param {Map<string, Reject[]>} rejects */
async function addTypeRejects({ connection, schema }, batch, rejects) {
  const found = await connection.runAndReadAll(
    `select strftime(load_date, '%Y-%m-%d'), source_file, source_row, problems from typed
     where problems is not null order by load_date, source_file, source_row`,
  );
  /** @type {Map<string, Map<number, {day: string, problem: string}>>} */
  const byFile = new Map();
  for (const [day, file, row, problem] of /** @type {[string, string, number, string][]} */ (found.getRows())) {
    const rows = byFile.get(file) ?? new Map();
    rows.set(row, { day, problem });
    byFile.set(file, rows);
  }
  for (const file of batch.flatMap((day) => day.files)) {
    const wanted = byFile.get(file.name);
    if (!wanted) continue;
    const bytes = await readFile(file.path);
    for (const record of readRecords(bytes, readHeader(bytes).next, schema.columns.length)) {
      const hit = wanted.get(record.row);
      if (hit)
        rejects.get(hit.day)?.push({
          row: record.row,
          file: file.name,
          problem: hit.problem,
          raw: bytes.toString('utf8', record.start, record.end),
        });
    }
  }
}

/** Puts a day's Parquet files in place of its earlier ones, each by one rename. @param {Work} work @param {Day} day @param {number} rawRows @param {Reject[]} rejects @returns {Promise<Partition>} */
async function publishDay({ lake, aside, connection, schema }, day, rawRows, rejects) {
  const names = schema.columns.map((column) => column.name).join(', ');
  const place = places(lake, schema.entity, day.day);
  const cleanAside = join(aside, 'clean.parquet');
  const rejectsAside = join(aside, 'rejects.parquet');
  const copied = await connection.runAndReadAll(
    `copy (select ${names}, source_file, source_row from typed where load_date = date '${day.day}' and problems is null
       order by source_file, source_row) to ${literal(cleanAside)} (format parquet, compression zstd)`,
  );
  const cleanRows = Number(copied.getRows()[0]?.[0]);
  await copyRejects(connection, schema.entity, rejects, rejectsAside);
  if (cleanRows + rejects.length !== rawRows) {
    throw new LakeError(
      `${schema.entity} of ${day.day}: ${rawRows} raw rows, but ${cleanRows} clean and ${rejects.length} rejected. ` +
        'Nothing of this day was published; this is a bug in project/load.',
    );
  }
  const cleanBytes = (await stat(cleanAside)).size;
  const rejectsBytes = (await stat(rejectsAside)).size;
  await mkdir(place.clean, { recursive: true });
  await mkdir(place.rejects, { recursive: true });
  await rename(rejectsAside, join(place.rejects, 'rejects.parquet'));
  await rename(cleanAside, join(place.clean, 'data.parquet'));
  await removeOthers(place.clean, 'data.parquet');
  await removeOthers(place.rejects, 'rejects.parquet');
  return {
    entity: schema.entity,
    load_date: day.day,
    fingerprint: day.fingerprint,
    source_files: day.files.length,
    source_bytes: day.bytes,
    raw_rows: rawRows,
    clean_rows: cleanRows,
    rejected_rows: rejects.length,
    clean_bytes: cleanBytes,
    rejects_bytes: rejectsBytes,
  };
}

/** @param {string} folder @param {string} kept */
async function removeOthers(folder, kept) {
  for (const name of await readdir(folder)) {
    if (name !== kept) await rm(join(folder, name), { recursive: true });
  }
}

/** @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} entity @param {Reject[]} rejects @param {string} path */
async function copyRejects(connection, entity, rejects, path) {
  const rows = rejects
    .sort((a, b) => (a.file === b.file ? a.row - b.row : a.file < b.file ? -1 : 1))
    .map((reject) => {
      const first = reject.problem.split(' ')[0] ?? '';
      const [code = '', column] = first.split(':');
      const values = [
        literal(entity),
        literal(reject.file),
        reject.row,
        literal(code),
        column ? literal(column) : 'null',
      ];
      return `(${[...values, literal(reject.problem), literal(reject.raw.replaceAll('\0', '\ufffd'))].join(', ')})`;
    });
  const values = rows.length > 0 ? rows.join(', ') : '(null, null, null, null, null, null, null)';
  await connection.run(
    `copy (select cast(c0 as varchar) as entity, cast(c1 as varchar) as source_file, cast(c2 as integer) as source_row,
       cast(c3 as varchar) as reason_code, cast(c4 as varchar) as column_name, cast(c5 as varchar) as reasons, cast(c6 as varchar) as raw_record
     from (values ${values}) as v(c0, c1, c2, c3, c4, c5, c6) where c0 is not null) to ${literal(path)} (format parquet)`,
  );
}

/** One row a partition, for dbt to read. @param {string} lake @param {string} aside @param {import('@duckdb/node-api').DuckDBConnection} connection @param {Map<string, Partition>} manifest */
async function writeAudit(lake, aside, connection, manifest) {
  const rows = [...manifest.keys()].sort().map((key) => {
    const it = /** @type {Partition} */ (manifest.get(key));
    const numbers = [it.source_files, it.source_bytes, it.raw_rows, it.clean_rows, it.rejected_rows].join(', ');
    return `(${literal(it.entity)}, date '${it.load_date}', ${literal(it.fingerprint)}, ${numbers})`;
  });
  const path = join(aside, 'load_audit.parquet');
  await connection.run(
    `copy (select entity, load_date, fingerprint, cast(source_files as integer) as source_files, cast(source_bytes as bigint) as source_bytes,
       cast(raw_rows as bigint) as raw_rows, cast(clean_rows as bigint) as clean_rows, cast(rejected_rows as bigint) as rejected_rows
     from (values ${rows.join(', ')}) as v(entity, load_date, fingerprint, source_files, source_bytes, raw_rows, clean_rows, rejected_rows))
     to ${literal(path)} (format parquet)`,
  );
  await rename(path, join(lake, 'audit', 'load_audit.parquet'));
}
