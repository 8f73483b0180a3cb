import { join, resolve } from 'node:path';
import { lakeFolder, ROOT, readArguments, runScript, UsageError } from '../generate/options.mjs';
import { buildDashboards, DashboardError } from './build.mjs';
import { DASHBOARDS } from './dashboards.mjs';

const HELP = `Builds the dashboards from the marts of the warehouse: static pages that open from the folder, without a network.

  node project/dashboards/main.mjs [options]

  --database <file>   default <lake>/warehouse.duckdb, or FLAGSHIP_DATABASE
  --out <folder>      default target/dashboards, or FLAGSHIP_DASHBOARDS
  --needed <name>     only this one must be built (and further ones by the same option); others are, if their marts are there
  --lake <folder>     default project/lake, or FLAGSHIP_LAKE
`;

await runScript(async () => {
  const { values } = readArguments(
    {
      database: { type: 'string' },
      out: { type: 'string' },
      needed: { type: 'string', multiple: true },
      lake: { type: 'string' },
    },
    HELP,
  );
  const needed = /** @type {string[] | undefined} */ (/** @type {unknown} */ (values.needed));
  const names = DASHBOARDS.map(({ name }) => name);
  const unknown = needed?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`--needed must be one of ${names.join(', ')}, not '${unknown}'`);
  const database =
    values.database ?? process.env.FLAGSHIP_DATABASE ?? join(lakeFolder(values.lake), 'warehouse.duckdb');
  const out = resolve(values.out ?? process.env.FLAGSHIP_DASHBOARDS ?? join(ROOT, 'target', 'dashboards'));
  try {
    const { index, leftOut } = await buildDashboards({
      database: resolve(database),
      out,
      dashboards: DASHBOARDS,
      ...(needed ? { needed } : {}),
    });
    process.stdout.write(`${DASHBOARDS.length - leftOut.length} dashboards: open ${index}\n`);
    if (leftOut.length > 0) process.stdout.write(`left out, for their marts are not there: ${leftOut.join(', ')}\n`);
  } catch (error) {
    if (error instanceof DashboardError) throw new UsageError(error.message);
    throw error;
  }
});
