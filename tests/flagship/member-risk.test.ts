import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { ROOT, script } from './support.ts';

const work = mkdtempSync(join(tmpdir(), 'tsdbt-member-risk-'));
const lake = join(work, 'lake');
const database = join(work, 'warehouse.duckdb');

/** Runs statements against the warehouse and returns the rows of the last one. */
async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  try {
    const statements = sql.split(';');
    for (const statement of statements.slice(0, -1)) await connection.run(statement);
    return (await connection.runAndReadAll(statements.at(-1) ?? '')).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function tsdbt(...args: string[]) {
  let console = '';
  const result = await invoke([...args, '--target-path', join(work, 'target'), '--log-path', work], {
    cwd: ROOT,
    env: { FLAGSHIP_LAKE: lake, FLAGSHIP_DATABASE: database },
    stdout: (text) => {
      console += text;
    },
  });
  return { ...result, console };
}

beforeAll(async () => {
  const system = ['--system', 'member_risk', '--lake', lake];
  expect(script('generate/main.mjs', ...system, '--scale', '800', '--days', '40').status).toBe(0);
  expect(script('load/main.mjs', ...system).status).toBe(0);
  const built = await tsdbt('build', '--select', 'tag:member_risk', '--exclude', 'test_type:data');
  expect(built.success, built.console).toBe(true);
}, 60_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('anomaly alerts', () => {
  const file = join(lake, 'alerts/member_anomaly_alerts.csv');
  const build = (...args: string[]) => tsdbt('build', '--select', 'member_anomaly_alerts', ...args);

  test('are written out at the end of the run that built them, row for row', async () => {
    const [row] = await query(
      `create temp table written as from read_csv('${file}', all_varchar = true);
       create temp table held as select columns(*)::varchar from member_anomaly_alerts;
       select (select count(*)::int from written) as alerts, (select count(*)::int from (from written except all from held)) as more,
         (select count(*)::int from (from held except all from written)) as missing`,
    );
    expect(row).toMatchObject({ more: 0, missing: 0 });
    expect(row?.alerts).toBeGreaterThan(20);
  });

  test('find spending and use of care, in both severities, by most rules', async () => {
    const found = await query('select rule_code as r, severity as s from member_anomaly_alerts group by all');
    expect(new Set(found.map((row) => row.r)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(found.map((row) => row.s))).toEqual(new Set(['medium', 'high']));
  });

  test('the test of them warns, and the file is written all the same', async () => {
    rmSync(file);
    const built = await build();
    expect(built.success).toBe(true);
    const warned = built.results.filter((result) => result.status === 'warn');
    expect(warned.map((result) => result.unique_id.split('.')[2])).toEqual(['warn_member_anomalies']);
    expect(existsSync(file)).toBe(true);
    expect(readdirSync(join(lake, 'alerts'))).toEqual(['member_anomaly_alerts.csv']);
  });

  test('a run without the mart, and one in which a test of it fails, leave the file as it was', async () => {
    rmSync(file);
    await tsdbt('build', '--select', 'member_risk_score', '--exclude', 'test_type:data');
    expect(existsSync(file)).toBe(false);
    expect((await build()).success).toBe(true);
    const before = readFileSync(file, 'utf8');
    await query(
      'create temp table kept as from dim_date; delete from dim_date where date_day in (select alerted_on from member_anomaly_alerts); select 1',
    );
    const failed = await build('--vars', '{alert_days: 14}');
    expect(failed.results.filter((result) => result.status === 'fail').length).toBe(1);
    expect(failed.console).toContain('stays as it was');
    expect(readFileSync(file, 'utf8')).toBe(before);
    await tsdbt('run', '--select', 'dim_date', '--full-refresh');
  });

  test('go to another folder by a variable; one that cannot be written fails the run and leaves nothing', async () => {
    const elsewhere = join(work, 'elsewhere');
    expect((await build('--vars', `{alert_path: ${elsewhere}}`)).success).toBe(true);
    expect(readFileSync(join(elsewhere, 'member_anomaly_alerts.csv'), 'utf8')).toBe(readFileSync(file, 'utf8'));
    const failed = await build('--vars', `{alert_path: ${join(work, 'nowhere/deeper')}}`);
    expect(failed.success).toBe(false);
    expect(failed.console).toContain('nowhere/deeper');
    expect(existsSync(join(work, 'nowhere'))).toBe(false);
  });
});
