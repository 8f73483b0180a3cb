// The flagship at a million transactions: `tsdbt build` beside the statements of dbt-core's own target/run sent straight to DuckDB
// (statements.mjs), over the same lake, in one run. Needs Python (tests/oracle/venv.sh).
//
//   node tests/bench/flagship.mjs [--scale million] [--runs 5] [--lake DIR]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, measure } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'million' },
    runs: { type: 'string', default: '5' },
    lake: { type: 'string' },
    threads: { type: 'string', default: '4' },
  },
});
const work = mkdtempSync(join(tmpdir(), 'tsdbt-flagship-bench-'));
const lake = values.lake ? resolve(values.lake) : join(work, 'lake');
if (!existsSync(join(lake, 'clean'))) {
  for (const [step, ...args] of [
    ['generate', '--system', 'member_risk', '--scale', values.scale],
    ['load', '--system', 'member_risk'],
  ]) {
    const r = measure([process.execPath, join(root, 'project', step, 'main.mjs'), ...args], {
      cwd: root,
      env: { FLAGSHIP_LAKE: lake },
    });
    console.log(`${step}: ${r.wall.toFixed(1)} s, ${r.peak.toFixed(0)} MiB`);
  }
}
const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();
/** The database's name is part of every statement, so each side has a folder and all have the same file name. @param {string} side */
const sideOf = (side) => {
  const dir = join(work, side);
  mkdirSync(dir, { recursive: true });
  return { database: join(dir, 'warehouse.duckdb'), target: join(dir, 'target'), logs: join(dir, 'logs') };
};
const dbt = sideOf('dbt');
const tsdbt = sideOf('tsdbt');
const floor = sideOf('floor');
/** @param {{database: string, target: string, logs: string}} side */
// The first system alone: it is the one that scales, and the statements of the others need values of the session.
const build = (side) => [
  'build',
  '--select',
  'tag:member_risk',
  '--vars',
  '{typescript_models: false}',
  '--threads',
  values.threads,
  '--target-path',
  side.target,
  '--log-path',
  side.logs,
];
/** @param {{database: string}} side */
const env = (side) => ({ FLAGSHIP_LAKE: lake, FLAGSHIP_DATABASE: side.database });
/** @param {{database: string, target: string}} side */
const clean = (side) => () => {
  for (const path of [side.database, `${side.database}.wal`, side.target])
    rmSync(path, { recursive: true, force: true });
};

measure([join(venv, 'bin/dbt'), 'deps'], { cwd: root, env: env(dbt) });
const full = measure([join(venv, 'bin/dbt'), ...build(dbt)], { cwd: root, env: env(dbt) });
console.log(
  `dbt-core build, once: ${full.wall.toFixed(1)} s wall, ${full.cpu.toFixed(1)} s cpu, ${full.peak.toFixed(0)} MiB`,
);
const ratios = compare(
  `the flagship, ${values.scale}`,
  {
    name: 'tsdbt build',
    command: [process.execPath, join(root, 'dist/cli/main.js'), ...build(tsdbt)],
    cwd: root,
    env: env(tsdbt),
    before: clean(tsdbt),
  },
  {
    name: 'statements',
    command: [
      process.execPath,
      join(root, 'tests/bench/statements.mjs'),
      root,
      dbt.target,
      floor.database,
      values.threads,
    ],
    cwd: root,
    env: env(floor),
    before: clean(floor),
  },
  Number(values.runs),
);
console.log(`cpu of tsdbt over cpu of the statements: ${ratios.cpu.toFixed(3)} (expected: at most 1.2)`);
rmSync(work, { recursive: true, force: true });
