import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'tsdbt-flagship-'));
const lake = join(work, 'lake');

interface Built {
  readonly status: number | null;
  readonly output: string;
  /** What was run day by day: 0, or what a call that failed said. */
  readonly days: readonly (0 | string)[];
  readonly nodes: Readonly<Record<string, string>>;
  readonly alerts: string;
  readonly relations: Readonly<Record<string, { readonly rows: number; readonly checksum: string }>>;
}

/** Builds the flagship over the same lake into a database of its own. */
function build(name: string, command: readonly string[], venv: string): Built {
  const database = join(work, name, 'warehouse.duckdb');
  const target = join(work, name, 'target');
  const [program, ...args] = command;
  execFileSync('mkdir', ['-p', join(work, name)]);
  rmSync(join(lake, 'alerts'), { recursive: true, force: true });
  /** One command. dbt has no models in TypeScript; logistic.test.ts compares those with scikit-learn. */
  const call = (folder: string, vars: string, ...rest: string[]) =>
    spawnSync(
      program ?? '',
      [
        ...args,
        ...rest,
        ...['--vars', `{typescript_models: false${vars}}`, '--target-path', folder, '--log-path', `${folder}-logs`],
      ],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          FLAGSHIP_LAKE: lake,
          FLAGSHIP_DATABASE: database,
          FLAGSHIP_PII_SALT: 'the same salt for both',
          NO_COLOR: '1',
          DO_NOT_TRACK: '1',
        },
      },
    );
  // The history of members as two earlier days had it, and after the build the activity of all days, some of them made twice.
  const days = [
    [', as_of_date: 2025-01-05', 'build', '--select', '+member_snapshot', '--exclude', 'resource_type:test'],
    [', as_of_date: 2025-01-12', 'snapshot', '--select', 'member_snapshot'],
  ];
  const batches = ['run', '--select', 'fct_member_daily_activity', '--event-time-start'];
  const calls = days.map(([vars, ...rest]) => call(`${target}-days`, vars ?? '', ...rest));
  const run = call(target, '', 'build');
  for (const [from, end] of [
    ['2024-12-18', '2025-01-08'],
    ['2025-01-06', '2025-01-31'],
  ])
    calls.push(call(`${target}-days`, '', ...batches, from ?? '', '--event-time-end', end ?? ''));
  const results = JSON.parse(readFileSync(join(target, 'run_results.json'), 'utf8')) as {
    results: { unique_id: string; status: string; failures: number | null }[];
  };
  const relations = execFileSync(join(venv, 'bin/python'), [join(root, 'tests/oracle/relations.py'), database, root], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return {
    status: run.status,
    days: calls.map((done) => (done.status === 0 ? 0 : done.stdout + done.stderr)),
    output: run.stdout + run.stderr,
    nodes: Object.fromEntries(results.results.map((r) => [r.unique_id, `${r.status} ${r.failures ?? ''}`])),
    alerts: readFileSync(join(lake, 'alerts/member_anomaly_alerts.csv'), 'utf8'),
    relations: JSON.parse(relations),
  };
}

let theirs: Built;
let ours: Built;

beforeAll(() => {
  const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();
  const env = { ...process.env, FLAGSHIP_LAKE: lake };
  for (const step of ['project/generate/main.mjs', 'project/load/main.mjs']) {
    const scale = step.includes('generate') ? ['--scale', 'tiny'] : [];
    execFileSync(process.execPath, [join(root, step), ...scale], { cwd: root, env, stdio: 'pipe' });
  }
  execFileSync(join(venv, 'bin/dbt'), ['deps'], { cwd: root, env, stdio: 'pipe' });
  theirs = build('dbt', [join(venv, 'bin/dbt')], venv);
  ours = build('tsdbt', [process.execPath, join(root, 'dist/cli/main.js')], venv);
}, 1_200_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the flagship, built by dbt-core and by tsdbt over the same lake', () => {
  it('passes with both', () => {
    expect(theirs.status, theirs.output).toBe(0);
    expect(ours.status, ours.output).toBe(0);
    expect(theirs.days).toEqual([0, 0, 0, 0]);
    expect(ours.days).toEqual([0, 0, 0, 0]);
  });

  it('gives every node the same status', () => {
    expect(Object.keys(theirs.nodes).length).toBeGreaterThan(100);
    expect(ours.nodes).toEqual(theirs.nodes);
  });

  it('gives every relation the same columns, row count and checksum', () => {
    expect(Object.keys(theirs.relations).length).toBeGreaterThan(20);
    expect(Object.values(theirs.relations).reduce((sum, r) => sum + r.rows, 0)).toBeGreaterThan(10_000);
    for (const name of ['main.member_snapshot', 'main.fct_member_daily_activity'])
      expect(theirs.relations[name]?.rows, name).toBeGreaterThan(1000);
    expect(ours.relations).toEqual(theirs.relations);
  });

  it('writes the same file of alerts', () => {
    expect(theirs.alerts.split('\n').length).toBeGreaterThan(20);
    expect(ours.alerts).toBe(theirs.alerts);
  });
});
