import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Airflow, airflow, grouped, ROOT, twice } from './support.ts';

let flagship: Airflow;

beforeAll(() => {
  flagship = airflow();
}, 300_000);
afterAll(() => flagship?.remove());

const MEMBER_RISK = 'member_risk_score_end_to_end_pipeline';
const MEMBER_RISK_TASKS = ['generate', 'landing', 'lake', 'build', 'dashboards'];
const FOUR_MODULES = 'test_pipeline_4_modules';
const FOUR_MODULES_TASKS = [
  'ingestion.extract',
  'ingestion.load',
  'ingestion.seed',
  'ingestion.validate',
  'staging.run',
  'staging.test',
  'fraud_detection.score',
  'marts.run',
  'marts.test',
  'dashboards',
];

/** The tasks before one succeeded, it failed, and those after it were not begun. */
function stoppedAt(tasks: readonly string[], failed: string): Record<string, string[]> {
  const at = tasks.indexOf(failed);
  return {
    success: tasks.slice(0, at).toSorted(),
    failed: [failed],
    upstream_failed: tasks.slice(at + 1).toSorted(),
  };
}

it('every DAG is read without an error', () => {
  const errors = flagship.run(['dags', 'list-import-errors', '--local', '--output', 'json']);
  expect(errors.status, errors.output).toBe(0);
  expect(errors.output).toMatch(/^(\[\]|No data found)$/m);
  const listed = flagship.run(['dags', 'list', '--local', '--columns', 'dag_id', '--output', 'plain']);
  for (const dag of [MEMBER_RISK, FOUR_MODULES, 'financial_analytics_models', 'customer_risk_models'])
    expect(listed.output.split('\n').map((line) => line.trim())).toContain(dag);
});

it('a step is tried again only for what may pass, and ends with all that it has begun', () => {
  expect(flagship.python('step_statuses.py')).toEqual({
    0: 'success',
    1: 'failed for good',
    2: 'failed for good',
    3: 'may be tried again',
    SIGKILL: 'may be tried again',
    'empty arguments': 'success',
    killed: { outcome: ['may be tried again'], child: false },
  });
});

describe(MEMBER_RISK, () => {
  it('generates, seals, loads, builds and draws, in this order', async () => {
    const run = flagship.test(MEMBER_RISK, { scale: 'tiny' });
    expect(run.status, run.output).toBe(0);
    expect(run.state).toBe('success');
    expect(run.order).toEqual(MEMBER_RISK_TASKS);
    expect(grouped(run.tasks)).toEqual({ success: MEMBER_RISK_TASKS.toSorted() });
    expect(grouped(run.pools)).toEqual({
      default_pool: ['generate', 'lake', 'landing'],
      warehouse: ['build', 'dashboards'],
    });
    expect(flagship.query('slots')).toMatchObject({ warehouse: 1 });
    const sealed = JSON.parse(readFileSync(join(flagship.lake, 'landing/_landed.json'), 'utf8'));
    expect(sealed.files).toHaveLength(90);
    const audit = join(flagship.lake, 'audit/load_audit.parquet').replaceAll("'", "''");
    expect(await flagship.rows(`select sum(raw_rows)::integer from '${audit}'`)).toEqual([
      [Object.values(sealed.records as Record<string, number>).reduce((sum, count) => sum + count, 0)],
    ]);
    const [[scored]] = (await flagship.rows('select count(*)::integer from member_risk_score')) as [[number]];
    expect(scored).toBeGreaterThan(900);
    expect(readFileSync(join(flagship.dashboards, 'member_risk_dashboard.html'), 'utf8')).toContain('Member risk');
  });

  it('stops at a landing zone that is not whole', () => {
    const stray = join(flagship.lake, 'landing/visits/2025-01-09');
    mkdirSync(stray);
    const run = flagship.test(MEMBER_RISK, { scale: 'tiny' });
    rmSync(stray, { recursive: true });
    expect(run.status).not.toBe(0);
    expect(run.state).toBe('failed');
    expect(run.output).toContain('visits/2025-01-09: expected folders named dt=YYYY-MM-DD only');
    expect(grouped(run.tasks)).toEqual(stoppedAt(MEMBER_RISK_TASKS, 'landing'));
  });
});

describe(FOUR_MODULES, () => {
  let ran = '';

  it('runs its modules in this order', async () => {
    const run = flagship.test(FOUR_MODULES, { scale: 'tiny' });
    expect(run.status, run.output).toBe(0);
    expect(run.state).toBe('success');
    expect(run.order).toEqual(FOUR_MODULES_TASKS);
    expect(grouped(run.tasks)).toEqual({ success: FOUR_MODULES_TASKS.toSorted() });
    expect(grouped(run.pools)['default_pool']).toEqual(['ingestion.extract', 'ingestion.load']);
    expect(await flagship.rows('select count(*)::integer from analytics.customer_360')).toEqual([[60]]);
    const salt = readFileSync(join(flagship.lake, 'customer_risk/private/pii-salt'), 'utf8').trim();
    expect(salt).toHaveLength(64);
    expect(run.output).not.toContain(salt);
    ran = run.output;
  });

  it('has every test of the system in one of its steps, and in one only', () => {
    const listed = (args: readonly string[]): string[] => {
      const types = ['--resource-type', 'test', '--resource-type', 'unit_test'];
      const all = [join(ROOT, 'dist/cli/main.js'), 'ls', '--quiet', ...types, ...args, '--target-path', flagship.work];
      return execFileSync(process.execPath, all, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
    };
    const steps = [...ran.matchAll(/Running node \S+main\.js (?:test|build) (--select .*?) +\[/g)];
    expect(steps).toHaveLength(4);
    const inSteps = steps.flatMap(([, args = '']) => listed(args.split(' ')));
    const all = listed(['--select', 'tag:customer_risk', 'source:customer_api', 'source:customer_api_control']);
    expect(all.length).toBeGreaterThan(100);
    expect(inSteps.toSorted()).toEqual(all.toSorted());
  });
});

describe('a project whose models are broken', () => {
  let copy: string;
  beforeAll(() => {
    copy = flagship.copyOfProject();
    flagship.edit(copy, 'models/customer_risk/staging/stg_products.sql', twice);
    flagship.edit(
      copy,
      'models/member_risk/marts/metrics/risk_overview.sql',
      (sql) => `${sql}\nand no_such_column = 1\n`,
    );
  });

  it(`stops ${FOUR_MODULES} at the tests of the layer, before anything is scored`, async () => {
    const before = await flagship.rows('select * from analytics.fraud_analytics order by all');
    const run = flagship.test(FOUR_MODULES, { scale: 'tiny' }, copy);
    expect(run.status).not.toBe(0);
    expect(run.state).toBe('failed');
    expect(run.output).toMatch(/Failure in test unique_stg_products_product_id/);
    expect(grouped(run.tasks)).toEqual(stoppedAt(FOUR_MODULES_TASKS, 'staging.test'));
    expect(await flagship.rows('select * from analytics.fraud_analytics order by all')).toEqual(before);
  });

  it(`stops ${MEMBER_RISK} at the build, and draws no dashboard`, () => {
    const page = join(flagship.dashboards, 'index.html');
    rmSync(page);
    const run = flagship.test(MEMBER_RISK, { scale: 'tiny' }, copy);
    expect(run.status).not.toBe(0);
    expect(run.state).toBe('failed');
    expect(run.output).toContain('risk_overview');
    expect(grouped(run.tasks)).toEqual(stoppedAt(MEMBER_RISK_TASKS, 'build'));
    expect(() => readFileSync(page)).toThrow();
  });
});
