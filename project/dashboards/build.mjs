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

/** Copies the marts that the dashboards read out of the warehouse. @param {string} database @param {readonly string[]} marts @param {string} folder */
async function exportMarts(database, marts, folder) {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    for (const mart of marts) {
      const [schema = '', name = ''] = mart.split('.');
      const found = await connection.runAndReadAll(
        `select 1 from information_schema.tables where table_schema = ${literal(schema)} and table_name = ${literal(name)}`,
      );
      if (found.currentRowCount === 0)
        throw new DashboardError(`${database} has no ${mart}: run \`npm run flagship\` first`);
      await connection.run(
        `copy (select * from ${quoted(schema)}.${quoted(name)}) to ${literal(join(folder, `${name}.parquet`))} (format parquet, compression zstd)`,
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Builds every page.
 * @param {{database: string, out: string, dashboards: readonly import('./page.mjs').Dashboard[]}} options
 * @returns {Promise<string>} the index's path
 */
export async function buildDashboards({ database, out, dashboards }) {
  if (!existsSync(database)) throw new DashboardError(`${database} is not there: run \`npm run flagship\` first`);
  const aside = `${out}.aside`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(join(aside, 'data'), { recursive: true });
  try {
    const marts = [...new Set(dashboards.flatMap((it) => it.marts))].sort();
    await exportMarts(database, marts, join(aside, 'data'));
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
    return join(out, 'index.html');
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
