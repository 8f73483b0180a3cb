// Damages the lake in one named way, as accidents do, to show that the build notices: project/README.md has the table.

import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { lakeFolder, readArguments, runScript, UsageError } from './options.mjs';

/** @typedef {{lake: string, day: string | undefined}} Target */
/** @typedef {{what: string, apply: (target: Target) => Promise<void>}} Break */

/** The days of an entity in the clean area, in order. @param {string} lake @param {string} entity */
async function partitions(lake, entity) {
  const folder = join(lake, 'clean', entity);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) throw new UsageError(`${folder} holds nothing: generate and load first`);
  return names.sort().map((name) => join(folder, name));
}

/** The partition of the day asked for, else the last one. @param {Target} target @param {string} entity */
async function partition({ lake, day }, entity) {
  const all = await partitions(lake, entity);
  const found = day ? all.find((path) => path.endsWith(`load_date=${day}`)) : all.at(-1);
  if (!found) throw new UsageError(`${entity} has no partition of ${day}`);
  return found;
}

/** Writes a partition's file again through a query; `#` in it stands for the file. @param {string} folder @param {string} query */
async function rewrite(folder, query) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const file = join(folder, 'data.parquet');
  const quoted = (/** @type {string} */ path) => `'${path.replaceAll("'", "''")}'`;
  await connection.run(
    `copy (${query.replace('#', `read_parquet(${quoted(file)}, hive_partitioning = false)`)}) to ${quoted(`${file}.tmp`)} (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  await rename(`${file}.tmp`, file);
}

/** @param {string} entity @param {string} query @returns {Break['apply']} on one day */
function onOneDay(entity, query) {
  return async (target) => rewrite(await partition(target, entity), query);
}

/** @param {string} entity @param {string} query @returns {Break['apply']} on every day */
function onEveryDay(entity, query) {
  return async ({ lake }) => {
    for (const folder of await partitions(lake, entity)) await rewrite(folder, query);
  };
}

/** @type {Readonly<Record<string, Break>>} */
const BREAKS = Object.freeze({
  duplicate_delivery: {
    what: 'a partition of transactions holds its rows twice',
    async apply(target) {
      const folder = await partition(target, 'transactions');
      await copyFile(join(folder, 'data.parquet'), join(folder, 'data_again.parquet'));
    },
  },
  missing_partition: {
    what: 'a day of visits is gone',
    async apply(target) {
      await rm(await partition(target, 'visits'), { recursive: true });
    },
  },
  lost_rows: {
    what: 'a tenth of a day of transactions is gone',
    apply: onOneDay('transactions', 'select * from # where source_row % 10 <> 0'),
  },
  null_keys: {
    what: 'transactions of a day without a member',
    apply: onOneDay(
      'transactions',
      'select * replace (case when source_row % 10 = 0 then null else member_id end as member_id) from #',
    ),
  },
  out_of_range: {
    what: 'amounts of a day in the hundreds of millions',
    apply: onOneDay(
      'transactions',
      'select * replace (cast(case when source_row % 10 = 0 then 999999999.99 else amount end as decimal(12, 2)) as amount) from #',
    ),
  },
  negative_payments: {
    what: 'payments of a day with the wrong sign',
    apply: onOneDay('visits', 'select * replace (cast(-paid_amount - 1 as decimal(12, 2)) as paid_amount) from #'),
  },
  unknown_code: {
    what: 'a transaction status that nobody has heard of',
    apply: onOneDay('transactions', "select * replace ('banana' as status) from #"),
  },
  orphan_explosion: {
    what: 'every tenth transaction belongs to nobody',
    apply: onEveryDay(
      'transactions',
      "select * replace (case when source_row % 10 = 0 then 'M9999999' else member_id end as member_id) from #",
    ),
  },
  future_dates: {
    what: 'every tenth visit is dated 400 days ahead',
    apply: onEveryDay(
      'visits',
      'select * replace (case when source_row % 10 = 0 then admitted_on + 400 else admitted_on end as admitted_on) from #',
    ),
  },
  schema_drift: {
    what: 'updated_at of visits becomes text',
    apply: onEveryDay('visits', 'select * replace (cast(updated_at as varchar) as updated_at) from #'),
  },
  landing_drift: {
    what: 'a raw file of members comes with a column renamed (the load stops)',
    async apply({ lake, day }) {
      const folder = join(lake, 'landing', 'members');
      const names = (await readdir(folder).catch(() => [])).sort();
      const name = day ? `dt=${day}` : names.at(-1);
      if (!name || !names.includes(name)) throw new UsageError(`${folder} has no day ${day ?? ''}`);
      const file = join(folder, name, 'part-0000.csv');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('annual_income', 'yearly_income'));
    },
  },
});

const HELP = `Damages the lake in one way. project/load/main.mjs mends it (after landing_drift: project/generate/main.mjs first).

  node project/generate/break.mjs <name> [--day <date>] [--lake <folder>]

${Object.entries(BREAKS)
  .map(([name, { what }]) => `  ${name.padEnd(20)} ${what}`)
  .join('\n')}
`;

await runScript(async () => {
  const { values, positionals } = readArguments({ lake: { type: 'string' }, day: { type: 'string' } }, HELP);
  const [name, ...rest] = positionals;
  if (!name || rest.length > 0 || !Object.hasOwn(BREAKS, name)) {
    throw new UsageError(
      `expected one of: ${Object.keys(BREAKS).join(', ')}${name ? `; not '${positionals.join(' ')}'` : ''}`,
    );
  }
  await BREAKS[name]?.apply({ lake: lakeFolder(values.lake), day: values.day });
  process.stdout.write(`broken: ${name} - ${BREAKS[name]?.what}\n`);
});
