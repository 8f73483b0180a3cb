// An extract of the bank in CSV -> lake: typed Parquet, rejects with their reason.

import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copied, loadExtract } from '../extract.mjs';
import { readHeader, readRecords } from '../records.mjs';
import { checkHeader, LakeError, literal, readSchema, typedRows } from '../schema.mjs';

const ENTITIES = Object.freeze(/** @type {const} */ (['customers', 'accounts', 'loans', 'transactions']));
const LINE_FEED = Buffer.from('\n');

/** @typedef {import('../extract.mjs').Counted} Counted */
/** @typedef {import('../extract.mjs').Work} Work */

/** @param {string} lake @returns {Promise<{raw: number, clean: number, rejected: number}>} */
export async function loadFinancialAnalytics(lake) {
  const home = join(lake, 'financial_analytics');
  const done = await loadExtract(home, 'run project/generate/main.mjs first', async (work) => {
    /** @type {Counted[]} */
    const counted = [];
    for (const entity of ENTITIES) counted.push(await loadEntity(work, entity));
    return counted;
  });
  // Where the build puts the silver layer: an engine writes files, it makes no folders.
  await mkdir(join(home, 'silver'), { recursive: true });
  return done;
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
  return { entity, raw, clean, rejected };
}
