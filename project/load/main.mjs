import { lakeFolder, readArguments, runScript } from '../generate/options.mjs';
import { load } from './load.mjs';

const HELP = `Loads the landing zone into the lake: typed Parquet by day, rejects, audit. Days that have not changed are left alone.

  node project/load/main.mjs [--lake <folder>]
`;

await runScript(async () => {
  const { values } = readArguments({ lake: { type: 'string' } }, HELP);
  const { loaded, unchanged, removed, raw, clean, rejected } = await load(lakeFolder(values.lake));
  const number = (/** @type {number} */ value) => value.toLocaleString('en');
  process.stdout.write(
    `loaded ${number(loaded)} partitions (${number(unchanged)} unchanged, ${number(removed)} removed): ` +
      `${number(raw)} raw rows = ${number(clean)} clean + ${number(rejected)} rejected\n`,
  );
});
