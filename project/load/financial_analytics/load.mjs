// An extract of the bank -> lake: typed Parquet, rejects with their reason, and an audit that adds up. An extract is whole or not there:
// everything is written aside, then each file takes its place by one rename, the audit last.

import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { checkHeader } from '../member_risk/load.mjs';
import { readHeader, readRecords } from '../member_risk/records.mjs';
import { LakeError, literal, readSchema, typedRows } from '../schema.mjs';

const ENTITIES = Object.freeze(/** @type {const} */ (['customers', 'accounts', 'loans', 'transactions']));
const LINE_FEED = Buffer.from('\n');

/** @typedef {{entity: string, raw: number, clean: number, rejected: number}} Counted */
/** @typedef {{landing: string, aside: string, connection: import('@duckdb/node-api').DuckDBConnection}} Work */

/** @param {string} lake @returns {Promise<{raw: number, clean: number, rejected: number}>} */
export async function loadFinancialAnalytics(lake) {
  const home = join(lake, 'financial_analytics');
  const landing = join(home, 'landing');
  const aside = join(home, '.aside');
  const extractedOn = await extractDay(landing);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    temp_directory: aside,
  });
  const connection = await instance.connect();
  try {
    /** @type {Counted[]} */
    const counted = [];
    for (const entity of ENTITIES) counted.push(await loadEntity({ landing, aside, connection }, entity));
    await writeAudit(connection, aside, counted, extractedOn);
    for (const entity of ENTITIES) await publish(home, aside, entity);
    // Where the build puts the silver layer: an engine writes files, it makes no folders.
    await mkdir(join(home, 'silver'), { recursive: true });
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

/** @param {string} landing */
async function extractDay(landing) {
  const path = join(landing, '_extract.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new LakeError(`${path}: no such file; nothing has been extracted (run project/generate/main.mjs first)`);
  });
  const day = /"extracted_on"\s*:\s*"(\d{4}-\d{2}-\d{2})"/.exec(text)?.[1];
  if (!day) throw new LakeError(`${path}: has no "extracted_on": "YYYY-MM-DD"`);
  return day;
}

/** @param {Work} work @param {typeof ENTITIES[number]} entity @returns {Promise<Counted>} */
async function loadEntity({ landing, aside, connection }, entity) {
  const schema = await readSchema('financial_analytics', entity);
  const expected = schema.columns.map((column) => column.name);
  const folder = join(landing, entity);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.csv')).sort();
  if (names.length === 0) throw new LakeError(`${folder}: holds no .csv file`);
  const prepared = join(aside, `${entity}.csv`);
  const broken = join(aside, `${entity}-rejects.ndjson`);
  await writeFile(prepared, '');
  await writeFile(broken, '');
  let raw = 0;
  for (const name of names) {
    const path = join(folder, name);
    const bytes = await readFile(path);
    const { columns, next } = readHeader(bytes);
    checkHeader(path, columns, expected);
    /** @type {Buffer[]} */
    const pieces = [];
    let refused = '';
    for (const record of readRecords(bytes, next, expected.length)) {
      raw += 1;
      const text = bytes.subarray(record.start, record.end);
      if (record.problem) {
        const reject = {
          source_file: `${entity}/${name}`,
          source_row: record.row,
          reasons: record.problem,
        };
        refused += `${JSON.stringify(reject)}\n`;
      } else {
        pieces.push(Buffer.from(`1970-01-01,${entity}/${name},${record.row},`), text, LINE_FEED);
      }
    }
    await appendFile(prepared, Buffer.concat(pieces));
    await appendFile(broken, refused);
  }
  await connection.run(`create or replace temp table typed as ${typedRows(schema, [prepared])}`);
  const clean = await copied(
    connection,
    `select concat(source_file, '#', source_row) as record_id, ${expected.join(', ')}, source_file, source_row
     from typed where problems is null order by source_file, source_row`,
    join(aside, `${entity}.parquet`),
  );
  // Where a reject stands in its file, not the record: the file is kept, and personal data has one place less.
  const rejected = await copied(
    connection,
    `select '${entity}' as entity, source_file, source_row, reasons
     from read_json(${literal(broken)}, format = 'newline_delimited',
       columns = {source_file: 'varchar', source_row: 'integer', reasons: 'varchar'})
     union all
     select '${entity}', source_file, source_row, problems from typed where problems is not null
     order by source_file, source_row`,
    join(aside, `${entity}-rejects.parquet`),
  );
  await connection.run('drop table typed');
  if (clean + rejected !== raw)
    throw new LakeError(
      `${entity}: ${raw} raw rows, but ${clean} clean and ${rejected} rejected. Nothing was published; this is a bug in project/load.`,
    );
  return { entity, raw, clean, rejected };
}

/** @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} query @param {string} path @returns {Promise<number>} rows */
async function copied(connection, query, path) {
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
