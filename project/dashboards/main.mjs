import { join, resolve } from 'node:path';
import { lakeFolder, ROOT, readArguments, runScript, UsageError } from '../generate/options.mjs';
import { buildDashboards, DashboardError } from './build.mjs';
import { DASHBOARDS } from './dashboards.mjs';

const HELP = `Builds the dashboards from the marts of the warehouse: static pages that open from the folder, without a network.

  node project/dashboards/main.mjs [options]

  --database <file>   default <lake>/warehouse.duckdb, or FLAGSHIP_DATABASE
  --out <folder>      default target/dashboards
  --lake <folder>     default project/lake, or FLAGSHIP_LAKE
`;

await runScript(async () => {
  const { values } = readArguments(
    { database: { type: 'string' }, out: { type: 'string' }, lake: { type: 'string' } },
    HELP,
  );
  const database =
    values.database ?? process.env.FLAGSHIP_DATABASE ?? join(lakeFolder(values.lake), 'warehouse.duckdb');
  const out = values.out ? resolve(values.out) : join(ROOT, 'target', 'dashboards');
  try {
    const index = await buildDashboards({ database: resolve(database), out, dashboards: DASHBOARDS });
    process.stdout.write(`${DASHBOARDS.length} dashboards: open ${index}\n`);
  } catch (error) {
    if (error instanceof DashboardError) throw new UsageError(error.message);
    throw error;
  }
});
