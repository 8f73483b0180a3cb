import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { ROOT, type Row, script, withDatabase } from './support.ts';

const work = mkdtempSync(join(tmpdir(), 'tsdbt-member-risk-'));
const lake = join(work, 'lake');
const database = join(work, 'warehouse.duckdb');

/** Runs statements against the warehouse and returns the rows of the last one. */
const query = (sql: string): Promise<Row[]> =>
  withDatabase(
    database,
    async (ask) => {
      const statements = sql.split(';');
      for (const statement of statements.slice(0, -1)) await ask(statement);
      return ask(statements.at(-1) ?? '');
    },
    'READ_WRITE',
  );

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
  const built = await tsdbt('build', '--select', 'tag:member_risk');
  expect(built.success, built.console).toBe(true);
});
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

test('every column of every relation is described', async () => {
  const { manifest } = await tsdbt('parse');
  const described = new Map(
    Object.values(manifest?.nodes ?? {}).map((node) => [
      node.name,
      Object.entries((node as { columns?: Record<string, { description?: string }> }).columns ?? {})
        .filter(([, column]) => column.description)
        .map(([name]) => name),
    ]),
  );
  const columns = await query(
    "select table_name as t, column_name as c from information_schema.columns where table_schema = 'main'",
  );
  expect(columns.length).toBeGreaterThan(400);
  const silent = columns.filter(({ t, c }) => !described.get(String(t))?.includes(String(c)));
  expect(silent.map(({ t, c }) => `${t}.${c}`)).toEqual([]);
});

describe('daily activity, a batch a day', () => {
  const FACTS = `select coalesce(t.member_id, v.member_id) as member_id, coalesce(t.d, v.d) as activity_date, coalesce(t.n, 0) as transactions, coalesce(t.spend, 0) as spend_usd,
      coalesce(t.refund, 0) as refund_usd, coalesce(t.largest, 0) as largest_purchase_usd, coalesce(t.declined, 0) as declined, coalesce(t.flagged, 0) as fraud_flagged,
      coalesce(v.n, 0) as visits, coalesce(v.billed, 0) as billed_amount, coalesce(v.emergencies, 0) as emergency_visits
    from (select member_id, transaction_date as d, count(*) as n, sum(spend_usd) as spend, sum(refund_usd) as refund, max(spend_usd) as largest,
        count(*) filter (is_declined) as declined, count(*) filter (is_fraud_flagged) as flagged from fct_transactions group by all) as t
    full join (select member_id, admitted_on as d, count(*) as n, sum(billed_amount) as billed, count(*) filter (is_emergency) as emergencies
        from fct_visits group by all) as v on t.member_id = v.member_id and t.d = v.d`;
  /** Rows that one has and the other has not, of days from `from` on. */
  const differences = async (from = '2024-01-01') => {
    const of = (sql: string) => `select * from (${sql}) where activity_date >= '${from}'`;
    const held = 'from fct_member_daily_activity';
    const [row] = await query(
      `select (select count(*)::int from (${of(FACTS)} except all ${of(held)})) + (select count(*)::int from (${of(held)} except all ${of(FACTS)})) as n,
         (select count(*)::int from (${of(held)})) as held`,
    );
    expect(row?.held).toBeGreaterThan(100);
    return row?.n;
  };
  const run = (from: string, until: string, ...args: string[]) =>
    tsdbt(
      ...['run', '--select', 'fct_member_daily_activity', '--event-time-start', from, '--event-time-end', until],
      ...args,
    );
  const LAST = '2025-02-10';

  test('a run that names nothing leaves it out', async () => {
    const listed = await tsdbt('ls', '--resource-type', 'model', '--output', 'name');
    expect(listed.console).toContain('fct_daily_spend');
    expect(listed.console).not.toContain('fct_member_daily_activity');
  });

  test('all days at once, in ranges, out of order and one alone give the same rows, which are those of the facts', async () => {
    const whole = await run('2024-12-18', LAST, '--full-refresh');
    expect(whole.success, whole.console).toBe(true);
    expect(whole.console).toMatch(/Batch 54 of 54/);
    expect(await differences()).toBe(0);
    await query('drop table fct_member_daily_activity; select 1');
    const ranges = [
      ['2025-01-15', '2025-01-16'],
      ['2025-01-25', LAST],
      ['2024-12-18', '2025-01-15'],
      ['2025-01-16', '2025-01-25'],
    ] as const;
    for (const [from, until] of ranges) expect((await run(from, until)).success).toBe(true);
    expect(await differences()).toBe(0);
    await tsdbt('run', '--select', 'activity_facts');
    const tested = await tsdbt('test', '--select', 'tag:by_day');
    expect(tested.results.length).toBeGreaterThan(6);
    expect(
      tested.results.filter((result) => !['pass', 'success'].includes(result.status)),
      tested.console,
    ).toEqual([]);
  }, 120_000);

  test('a batch that fails leaves the others; retry makes it alone', async () => {
    await query('drop table fct_member_daily_activity; select 1');
    // So large a bill, twice in a day, that the day's total is no amount any more.
    await query(
      `create table kept_visits as from fct_visits; insert into fct_visits by name (select '9999999999999999.00'::decimal(18, 2) as billed_amount,
         * exclude (billed_amount) from fct_visits where visit_id = (select min(visit_id) from fct_visits where admitted_on = '2025-01-20'));
       insert into fct_visits from fct_visits where billed_amount > 999999999999999; select 1`,
    );
    const failed = await run('2024-12-18', LAST);
    expect(failed.success).toBe(false);
    expect(failed.results.map((result) => result.status)).toContain('partial success');
    await query('create or replace table fct_visits as from kept_visits; drop table kept_visits; select 1');
    expect(await differences()).toBeGreaterThan(0);
    const again = await tsdbt('retry');
    expect(again.success, again.console).toBe(true);
    expect(again.console).toMatch(/Batch 1 of 1 OK/);
    expect(await differences()).toBe(0);
  });

  test('rows that come late are there once the days that a run looks back on are made again', async () => {
    await query(
      "create table kept as from fct_transactions; delete from fct_transactions where available_on > '2025-02-01'; select 1",
    );
    expect((await run('2024-12-18', '2025-02-02', '--full-refresh')).success).toBe(true);
    await query('create or replace table fct_transactions as from kept; drop table kept; select 1');
    const [late] = await query(
      "select count(*)::int as n from fct_transactions where available_on > '2025-02-01' and transaction_date between '2025-01-20' and '2025-02-01'",
    );
    expect(late?.n).toBeGreaterThan(5);
    await tsdbt('run', '--select', 'activity_facts');
    const stale = await tsdbt('test', '--select', 'warn_member_activity_is_stale');
    expect(
      stale.results.map((result) => result.status),
      stale.console,
    ).toContain('warn');
    // The last day made was 1 February; project/days.mjs looks back twelve.
    await run('2025-01-20', LAST);
    expect(await differences('2025-01-20')).toBe(0);
  });
});
