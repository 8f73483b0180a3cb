// An API extract in JSON -> lake: typed Parquet, rejects with their reason and their record.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copied, loadExtract } from '../extract.mjs';
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
const TO_MEND = 'run project/generate/main.mjs, or write {"extracted_on": "YYYY-MM-DD"} beside files of the API';
const REJECT_COLUMNS = Object.freeze(['entity', 'source_file', 'source_row', 'reasons', 'raw_record']);

/** @param {string} lake @returns {Promise<{raw: number, clean: number, rejected: number, pages: number}>} */
export async function loadCustomerRisk(lake) {
  let pages = 0;
  const done = await loadExtract(join(lake, 'customer_risk'), TO_MEND, async (work) => {
    const counted = [];
    for (const [entity, list, take] of ENTITIES) {
      const { rows, files } = await loadEntity(work, entity, list, take);
      counted.push(rows);
      if (entity === list) pages += files;
    }
    return counted;
  });
  return { ...done, pages };
}

/** @param {import('../extract.mjs').Work} work @param {string} entity @param {string} list @param {(page: readonly unknown[]) => readonly unknown[]} take */
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
  return { rows: { entity, raw, clean, rejected }, files: names.length };
}
