import { lakeFolder, readArguments, runScript } from '../generate/options.mjs';
import { seal } from './landing.mjs';

const HELP = `Seals what has landed for member risk: every file is counted and hashed (<lake>/landing/_landed.json), once nothing is missing or half written.
project/load/main.mjs --sealed loads those files and no others.

  node project/landing/main.mjs [--lake <folder>]
`;

const number = (/** @type {number} */ value) => value.toLocaleString('en');

await runScript(async () => {
  const { values } = readArguments({ lake: { type: 'string' } }, HELP);
  const { until, records, files, added, changed, gone } = await seal(lakeFolder(values.lake));
  process.stdout.write(
    `landed ${number(records)} records in ${number(files)} files to ${until} (${number(added)} new, ${number(changed)} changed, ${number(gone)} gone since the last seal)\n`,
  );
});
