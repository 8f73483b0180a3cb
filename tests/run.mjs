// `npm test`: every test that needs only Node, then one line about what was left out.
import { spawnSync } from 'node:child_process';

const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname;
const { status } = spawnSync(
  process.execPath,
  [decodeURI(vitest), 'run', '--project', 'node', '--project', 'binary', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: new URL('..', import.meta.url),
  },
);
console.log(
  'Left out (they need more than Node; `bash .ci/run` has them): typecheck and lint, full disks and read-only folders (mounts), 50 kills in place of 4, the package on Node 20, 22 and 24, the docs site in Chromium, the comparison with dbt in Python, the DAGs of Airflow.',
);
process.exit(status ?? 1);
