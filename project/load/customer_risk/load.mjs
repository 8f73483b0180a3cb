// An API extract -> lake: typed Parquet, rejects with their reason, and an audit that adds up. An extract is whole or not there:
// everything is written aside, then each file takes its place by one rename, the audit last.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { LakeError, literal, readSchema, typedRows } from '../schema.mjs';
import { flatten, itemsOf, readPage } from './records.mjs';

/** Entity, the API's list that it comes from, and what of a page it takes. */
const ENTITIES = Object.freeze(
  /** @type {const} */ ([
    ['users', 'users', (/** @type {readonly unknown[]} */ page) => page],
    ['products', 'products', (/** @type {readonly unknown[]} */ page) => page],
    ['carts', 'carts', (/** @type {readonly unknown[]} */ page) => page],
    ['cart_items', 'carts', itemsOf],
  ]),
);
const REJECT_COLUMNS = Object.freeze(['entity', 'source_file', 'source_row', 'reasons', 'raw_record']);

/** @typedef {{entity: string, raw: number, clean: number, rejected: number}} Counted */

/** @param {string} lake @returns {Promise<{raw: number, clean: number, rejected: number, pages: number}>} */
export async function loadCustomerRisk(lake) {
  const home = join(lake, 'customer_risk');
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
    let pages = 0;
    for (const [entity, list, take] of ENTITIES) {
      const { rows, files } = await loadEntity({ landing, aside, connection }, entity, list, take);
      counted.push(rows);
      if (entity === list) pages += files;
    }
    await writeAudit(connection, aside, counted, extractedOn);
    for (const [entity] of ENTITIES) await publish(home, aside, entity);
    await mkdir(join(home, 'audit'), { recursive: true });
    await rename(join(aside, 'load_audit.parquet'), join(home, 'audit', 'load_audit.parquet'));
    const sum = (/** @type {'raw' | 'clean' | 'rejected'} */ key) => counted.reduce((total, it) => total + it[key], 0);
    return { raw: sum('raw'), clean: sum('clean'), rejected: sum('rejected'), pages };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(aside, { recursive: true, force: true });
  }
}

/** The day of the extract: what the extract says, or, for files dropped in by hand, `extracted_on` written beside them. @param {string} landing */
async function extractDay(landing) {
  const path = join(landing, '_extract.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new LakeError(
      `${path}: no such file; nothing has been extracted (run project/generate/main.mjs, or write {"extracted_on": "YYYY-MM-DD"} beside files of the API)`,
    );
  });
  const day = /"extracted_on"\s*:\s*"(\d{4}-\d{2}-\d{2})"/.exec(text)?.[1];
  if (!day) throw new LakeError(`${path}: has no "extracted_on": "YYYY-MM-DD"`);
  return day;
}

/** @typedef {{landing: string, aside: string, connection: import('@duckdb/node-api').DuckDBConnection}} Work */

/** @param {Work} work @param {string} entity @param {string} list @param {(page: readonly unknown[]) => readonly unknown[]} take */
async function loadEntity({ landing, aside, connection }, entity, list, take) {
  const schema = await readSchema('customer_risk', entity);
  const folder = join(landing, list);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new LakeError(`${folder}: holds no .json file`);
  let raw = 0;
  const prepared = join(aside, `${entity}.csv`);
  const rejects = join(aside, `${entity}-rejects.ndjson`);
  await writeFile(prepared, '');
  await writeFile(rejects, '');
  for (const name of names) {
    const path = join(folder, name);
    const records = take(readPage(path, await readFile(path, 'utf8'), list));
    const file = `${list}/${name}`;
    let lines = '';
    let refused = '';
    for (const record of flatten(records, schema.columns)) {
      raw += 1;
      if (record.line !== undefined) lines += `1970-01-01,${file},${record.row},${record.line}\n`;
      const reject = {
        entity,
        source_file: file,
        source_row: record.row,
        reasons: record.problem ?? null,
        raw_record: record.raw,
      };
      refused += `${JSON.stringify(reject)}\n`;
    }
    await writeFile(prepared, lines, { flag: 'a' });
    await writeFile(rejects, refused, { flag: 'a' });
  }
  await connection.run(`create or replace temp table typed as ${typedRows(schema, [prepared])}`);
  const columns = schema.columns.map((column) => column.name).join(', ');
  const clean = await copied(
    connection,
    `select concat(source_file, '#', source_row) as record_id, ${columns}, source_file, source_row
     from typed where problems is null order by source_file, source_row`,
    join(aside, `${entity}.parquet`),
  );
  const types = REJECT_COLUMNS.map((name) => `${name}: '${name === 'source_row' ? 'integer' : 'varchar'}'`).join(', ');
  const rejected = await copied(
    connection,
    `select r.entity, r.source_file, r.source_row, coalesce(r.reasons, t.problems) as reasons, r.raw_record
     from read_json(${literal(rejects)}, format = 'newline_delimited', columns = {${types}}) as r
     left join typed as t on r.source_file = t.source_file and r.source_row = t.source_row
     where r.reasons is not null or t.problems is not null order by r.source_file, r.source_row`,
    join(aside, `${entity}-rejects.parquet`),
  );
  if (clean + rejected !== raw)
    throw new LakeError(
      `${entity}: ${raw} raw records, but ${clean} clean and ${rejected} rejected. Nothing was published; this is a bug in project/load.`,
    );
  return { rows: { entity, raw, clean, rejected }, files: names.length };
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
    const folder = join(home, area, entity);
    await mkdir(folder, { recursive: true });
    await rename(join(aside, name), join(folder, 'data.parquet'));
  }
}
