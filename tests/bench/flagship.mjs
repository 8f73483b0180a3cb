// A system of the flagship at a large scale: `tsdbt build` beside the statements of dbt-core's own target/run sent straight to DuckDB
// (statements.mjs) and beside dbt-core itself, over the same lake, in one run; with the statements each sent and the scans of tables and files that
// they come to (scans.mjs). Needs Python (tests/oracle/venv.sh).
//
//   node tests/bench/flagship.mjs [--system member_risk] [--scale million] [--runs 5] [--lake DIR] [--threads 4] [--work DIR]
//
// Runs alternate after a warm-up of each side; `--runs 1` is for the largest scale: one run of each, without warm-up. `--work` is where the databases are
// (some gigabytes at scale full).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SYSTEMS } from '../../project/generate/options.mjs';
import { readSalt } from '../../project/generate/salt.mjs';
import { compare, measure } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    system: { type: 'string', default: 'member_risk' },
    scale: { type: 'string', default: 'million' },
    runs: { type: 'string', default: '5' },
    lake: { type: 'string' },
    threads: { type: 'string', default: '4' },
    work: { type: 'string', default: tmpdir() },
  },
});
const { system, scale, threads } = values;
if (!SYSTEMS.some((name) => name === system)) throw new Error(`--system must be one of ${SYSTEMS.join(', ')}`);
const work = mkdtempSync(join(values.work, 'tsdbt-flagship-bench-'));
const lake = values.lake ? resolve(values.lake) : join(work, 'lake');
const script = (/** @type {string} */ path, /** @type {string[]} */ ...args) => [
  process.execPath,
  join(root, path),
  ...args,
];

/** @param {string} name @param {{wall: number, cpu: number, peak: number}} it */
const report = (name, it) =>
  console.log(`${name}: ${it.wall.toFixed(1)} s wall, ${it.cpu.toFixed(1)} s cpu, ${it.peak.toFixed(0)} MiB`);

if (!existsSync(join(lake, ...(system === 'member_risk' ? [] : [system]), 'clean'))) {
  for (const command of [
    script('project/generate/main.mjs', '--system', system, '--scale', scale),
    script('project/load/main.mjs', '--system', system),
  ])
    report(command.slice(1).join(' '), measure(command, { cwd: root, env: { FLAGSHIP_LAKE: lake } }));
}
const salt = (await readSalt(lake)) ?? 'a salt of the benchmark, 38 characters';
const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();

/** The database's name is part of every statement, so each side has a folder and all have the same file name. @param {string} side */
const sideOf = (side) => {
  const dir = join(work, side);
  mkdirSync(dir, { recursive: true });
  return { database: join(dir, 'warehouse.duckdb'), target: join(dir, 'target'), logs: join(dir, 'logs') };
};
/** @typedef {ReturnType<typeof sideOf>} Side */
const dbt = sideOf('dbt');
const tsdbt = sideOf('tsdbt');
const floor = sideOf('floor');

/** One system alone: models, tests and seeds, but for what is made day by day. @param {Side} side */
const build = (side) => [
  ...['--log-format-file', 'json', 'build', '--select', `tag:${system}`],
  ...['--exclude', 'tag:by_day', '--threads', threads],
  ...['--vars', '{typescript_models: false}', '--target-path', side.target, '--log-path', side.logs],
];
/** @param {Side} side */
const env = (side) => ({
  FLAGSHIP_LAKE: lake,
  FLAGSHIP_DATABASE: side.database,
  FLAGSHIP_PII_SALT: salt,
});
/** @param {Side} side */
const clean = (side) => () => {
  for (const path of [side.database, `${side.database}.wal`, `${side.database}.tmp`, side.target, side.logs])
    rmSync(path, { recursive: true, force: true });
};

/** @param {string} name @param {Side} side */
function reportStatements(name, side) {
  const command = [join(root, 'tests/bench/scans.mjs'), join(side.logs, 'dbt.log'), side.database];
  const { statements, reading, scans, unexplained, most } = JSON.parse(
    execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }),
  );
  const tables = most.map((/** @type {[string, number]} */ [table, count]) => `${table} ${count}`).join(', ');
  console.log(
    `${name}: ${statements} statements, of which ${reading} read data, in ${scans} scans (${tables}); ${unexplained} without a plan`,
  );
}

// tsdbt reads the project's local package where it is, dbt wants it linked.
measure([join(venv, 'bin/dbt'), 'deps', '--log-path', dbt.logs], { cwd: root, env: env(dbt) });
clean(dbt)();
const dbtCommand = [join(venv, 'bin/dbt'), ...build(dbt)];
report('dbt-core build, once', measure(dbtCommand, { cwd: root, env: env(dbt) }));
reportStatements('dbt-core', dbt);
const nodes = JSON.parse(readFileSync(join(dbt.target, 'run_results.json'), 'utf8')).results.length;
const runs = Number(values.runs);
const ratios = compare(
  `${system} of the flagship, ${scale}, ${nodes} nodes`,
  {
    name: 'tsdbt build',
    command: [...script('dist/cli/main.js'), ...build(tsdbt)],
    cwd: root,
    env: env(tsdbt),
    before: clean(tsdbt),
  },
  {
    name: 'statements',
    command: script('tests/bench/statements.mjs', root, dbt.target, floor.database, threads),
    cwd: root,
    env: {
      ...env(floor),
      BENCH_SESSION: `set variable pii_salt = '${salt.replaceAll("'", "''")}'`,
      BENCH_MEMORY_LIMIT: process.env.FLAGSHIP_MEMORY_LIMIT ?? '2GB',
    },
    before: clean(floor),
  },
  runs,
  runs > 1,
);
reportStatements('tsdbt', tsdbt);
console.log(`cpu of tsdbt over cpu of the statements: ${ratios.cpu.toFixed(3)} (expected: at most 1.2)`);
rmSync(work, { recursive: true, force: true });
