import { generate } from './generate.mjs';
import { lakeFolder, readArguments, runScript, WORLD_OPTIONS, worldOptions } from './options.mjs';

const HELP = `Writes the flagship's raw daily CSV files into <lake>/landing. The same options give the same bytes.

  node project/generate/main.mjs [options]

  --scale <name|members>  tiny (1,000 members, 30 days), small (2,000, 60; the default), medium (10,000, 90),
                          million (40,000, 90: about a million transactions), or a number of members
  --days <n>              how many days from the first one; a further day leaves the earlier ones as they are
  --until <date>          the same, as the last day
  --seed <n>              default 20250101
  --start <date>          the first day, default 2025-01-01
  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
`;

await runScript(async () => {
  const { values } = readArguments({ ...WORLD_OPTIONS, lake: { type: 'string' } }, HELP);
  const result = await generate(lakeFolder(values.lake), worldOptions(values));
  const counts = Object.entries(result.rows).map(([entity, rows]) => `${rows.toLocaleString('en')} ${entity}`);
  process.stdout.write(`generated ${result.days} days: ${counts.join(', ')} (raw rows)\n`);
});
