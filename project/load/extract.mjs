// A whole extract -> lake, whatever its form: everything is written aside, then each file takes its place by one rename, the audit last, so
// that what a kill in between leaves does not agree with the audit, and a test of the build says so.

import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { LakeError, literal } from './schema.mjs';

/** @typedef {{entity: string, raw: number, clean: number, rejected: number}} Counted */
/** @typedef {{landing: string, aside: string, connection: import('@duckdb/node-api').DuckDBConnection}} Work */

/**
 * Loads the extract of a system from `<home>/landing` to `<home>/{clean,rejects,audit}`. `loadEntities` leaves `<entity>.parquet` and
 * `<entity>-rejects.parquet` aside and counts them.
 * @param {string} home @param {string} toMend what helps when there is no extract @param {(work: Work) => Promise<readonly Counted[]>} loadEntities
 * @returns {Promise<{raw: number, clean: number, rejected: number}>}
 */
export async function loadExtract(home, toMend, loadEntities) {
  const landing = join(home, 'landing');
  const aside = join(home, '.aside');
  const extractedOn = await extractDay(landing, toMend);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    temp_directory: aside,
  });
  const connection = await instance.connect();
  try {
    const counted = await loadEntities({ landing, aside, connection });
    for (const { entity, raw, clean, rejected } of counted) {
      if (clean + rejected !== raw)
        throw new LakeError(
          `${entity}: ${raw} raw rows, but ${clean} clean and ${rejected} rejected. Nothing was published; this is a bug in project/load.`,
        );
    }
    await writeAudit(connection, aside, counted, extractedOn);
    for (const { entity } of counted) await publish(home, aside, entity);
    await mkdir(join(home, 'audit'), { recursive: true });
    await rename(join(aside, 'load_audit.parquet'), join(home, 'audit', 'load_audit.parquet'));
    const sum = (/** @type {'raw' | 'clean' | 'rejected'} */ key) => counted.reduce((total, it) => total + it[key], 0);
    return { raw: sum('raw'), clean: sum('clean'), rejected: sum('rejected') };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(aside, { recursive: true, force: true });
  }
}

/** @param {string} landing @param {string} toMend */
async function extractDay(landing, toMend) {
  const path = join(landing, '_extract.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new LakeError(`${path}: no such file; nothing has been extracted (${toMend})`);
  });
  const day = /"extracted_on"\s*:\s*"(\d{4}-\d{2}-\d{2})"/.exec(text)?.[1];
  if (!day) throw new LakeError(`${path}: has no "extracted_on": "YYYY-MM-DD"`);
  return day;
}

/** Writes a query's rows to Parquet. @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} query @param {string} path @returns {Promise<number>} rows */
export async function copied(connection, query, path) {
  const done = await connection.runAndReadAll(`copy (${query}) to ${literal(path)} (format parquet, compression zstd)`);
  return Number(done.getRows()[0]?.[0]);
}

/** @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} aside @param {readonly Counted[]} counted @param {string} day */
async function writeAudit(connection, aside, counted, day) {
  const rows = counted.map((it) => `('${it.entity}', date '${day}', ${it.raw}, ${it.clean}, ${it.rejected})`);
  await connection.run(
    `copy (select entity, extracted_on, cast(raw_rows as bigint) as raw_rows, cast(clean_rows as bigint) as clean_rows,
       cast(rejected_rows as bigint) as rejected_rows
     from (values ${rows.join(', ')}) as v(entity, extracted_on, raw_rows, clean_rows, rejected_rows))
     to ${literal(join(aside, 'load_audit.parquet'))} (format parquet)`,
  );
}

/** @param {string} home @param {string} aside @param {string} entity */
async function publish(home, aside, entity) {
  for (const [area, name] of [
    ['clean', `${entity}.parquet`],
    ['rejects', `${entity}-rejects.parquet`],
  ]) {
    const folder = join(home, area ?? '', entity);
    await mkdir(folder, { recursive: true });
    await rename(join(aside, name ?? ''), join(folder, 'data.parquet'));
  }
}
