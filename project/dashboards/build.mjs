// The marts of the warehouse -> Parquet -> static pages. Written aside; the folder takes its place whole.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance, DuckDBTypeId } from '@duckdb/node-api';
import { build as bundle } from 'esbuild';
import { indexHtml, pageHtml } from './page.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Something missing that the caller can mend: printed without a stack. */
export class DashboardError extends Error {
  name = 'DashboardError';
}

const NUMERIC = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

const quoted = (/** @type {string} */ name) => `"${name.replaceAll('"', '""')}"`;
const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;

/** @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} sql @returns {Promise<import('./page.mjs').Row[]>} */
async function rowsOf(connection, sql) {
  const result = await connection.runAndReadAll(sql);
  const numeric = result.columnTypes().map((type) => NUMERIC.has(type.typeId));
  const names = result.columnNames();
  return result.getRowsJson().map((row) =>
    Object.fromEntries(
      names.map((name, i) => {
        const value = row[i];
        if (value === null || value === undefined) return [name, null];
        return [name, numeric[i] ? Number(value) : typeof value === 'boolean' ? value : String(value)];
      }),
    ),
  );
}

/**
 * The dashboards whose marts the warehouse has. Those in `needed` must be among them.
 * @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} database
 * @param {readonly import('./page.mjs').Dashboard[]} dashboards @param {readonly string[]} needed
 */
async function buildable(connection, database, dashboards, needed) {
  const found = await connection.runAndReadAll('select table_schema, table_name from information_schema.tables');
  const there = new Set(found.getRows().map(([schema, name]) => `${schema}.${name}`));
  return dashboards.filter(({ name, marts }) => {
    const missing = marts.filter((mart) => !there.has(mart));
    if (missing.length > 0 && needed.includes(name))
      throw new DashboardError(`${database} has no ${missing.join(', ')}: run \`npm run flagship\` first`);
    return missing.length === 0;
  });
}

/** Copies the marts that the dashboards read out of the warehouse. @param {import('@duckdb/node-api').DuckDBConnection} connection @param {readonly string[]} marts @param {string} folder */
async function exportMarts(connection, marts, folder) {
  for (const mart of marts) {
    const [schema = '', name = ''] = mart.split('.');
    await connection.run(
      `copy (select * from ${quoted(schema)}.${quoted(name)}) to ${literal(join(folder, `${name}.parquet`))} (format parquet, compression zstd)`,
    );
  }
}

/**
 * Opens the warehouse, decides what can be built and copies the marts for it.
 * @param {string} database @param {readonly import('./page.mjs').Dashboard[]} given @param {readonly string[]} needed @param {string} folder
 */
async function takeOut(database, given, needed, folder) {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const dashboards = await buildable(connection, database, given, needed);
    const marts = [...new Set(dashboards.flatMap((it) => it.marts))].sort();
    await exportMarts(connection, marts, folder);
    return { dashboards, marts };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Builds a page for each dashboard whose marts are there.
 * @param {object} options
 * @param {string} options.database @param {string} options.out
 * @param {readonly import('./page.mjs').Dashboard[]} options.dashboards
 * @param {readonly string[]} [options.needed] names of those that must be built, by default all of them
 * @returns {Promise<{index: string, leftOut: string[]}>} the index's path, and the names of the others
 */
export async function buildDashboards({ database, out, dashboards: given, needed = given.map(({ name }) => name) }) {
  if (!existsSync(database)) throw new DashboardError(`${database} is not there: run \`npm run flagship\` first`);
  const aside = `${out}.aside`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(join(aside, 'data'), { recursive: true });
  try {
    const { dashboards, marts } = await takeOut(database, given, needed, join(aside, 'data'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      for (const mart of marts) {
        const name = mart.split('.')[1] ?? '';
        await connection.run(
          `create view ${quoted(name)} as from read_parquet(${literal(join(aside, 'data', `${name}.parquet`))})`,
        );
      }
      const builtFrom = `${marts.length} marts, ${dashboards.length} dashboards; the data is in data/*.parquet`;
      for (const dashboard of dashboards) {
        /** @type {Record<string, import('./page.mjs').Row[]>} */
        const data = {};
        for (const [name, sql] of Object.entries(dashboard.queries)) data[name] = await rowsOf(connection, sql);
        await writeFile(join(aside, `${dashboard.name}.html`), pageHtml(dashboard, data, builtFrom));
      }
      await writeFile(join(aside, 'index.html'), indexHtml(dashboards, builtFrom));
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    await bundle({
      entryPoints: [join(here, 'browser', 'main.js')],
      outfile: join(aside, 'dashboards.js'),
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      logLevel: 'warning',
    });
    await copyFile(join(here, 'browser', 'dashboards.css'), join(aside, 'dashboards.css'));
    await rm(out, { recursive: true, force: true });
    await rename(aside, out);
    const leftOut = given.filter((it) => !dashboards.includes(it)).map(({ name }) => name);
    return { index: join(out, 'index.html'), leftOut };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
