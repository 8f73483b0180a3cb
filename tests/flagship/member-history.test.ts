import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { query, ROOT } from './support.ts';

const work = mkdtempSync(join(tmpdir(), 'tsdbt-member-history-'));
const lake = join(work, 'lake');
const DAYS = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04', '2025-01-05', '2025-01-06'];
const PLANS = ['BRONZE', 'SILVER', 'GOLD', 'PLATINUM'];

async function tsdbt(database: string, ...args: string[]): Promise<void> {
  let console = '';
  const { success } = await invoke([...args, '--target-path', join(work, 'target'), '--log-path', work], {
    cwd: ROOT,
    env: { FLAGSHIP_LAKE: lake, FLAGSHIP_DATABASE: database },
    stdout: (text) => {
      console += text;
    },
  });
  expect(success, console).toBe(true);
}

const runDay = (database: string, day: string) =>
  tsdbt(database, 'snapshot', '--select', 'member_snapshot', '--vars', `{as_of_date: ${day}}`);

/**
 * Extracts of six days of twenty-five members, of which each kind of trouble has several: changes, versions that come days late, old versions sent again
 * with the same and with other content, records that are in one extract twice, and days without any.
 */
function deliveries(): { member: string; changed: number; day: number; content: number; row: number }[] {
  let state = 7;
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  const rows = [];
  for (let member = 0; member < 25; member++) {
    for (let day = 0; day < DAYS.length; day++) {
      if (day > 0 && below(2) > 0) continue;
      const arrives = Math.min(DAYS.length - 1, day + (below(3) === 0 ? below(4) : 0));
      const content = below(1000);
      const sent = [{ day: arrives, content }];
      if (below(4) === 0) sent.push({ day: arrives, content: below(1000) });
      if (below(3) === 0) sent.push({ day: Math.min(DAYS.length - 1, arrives + 1 + below(3)), content });
      if (below(4) === 0) sent.push({ day: Math.min(DAYS.length - 1, arrives + 1 + below(3)), content: below(1000) });
      for (const it of sent) rows.push({ member: `M${member}`, changed: day, ...it, row: rows.length + 1 });
    }
  }
  return rows;
}

beforeAll(async () => {
  const rows = deliveries();
  for (const [day, date] of DAYS.entries()) {
    const folder = join(lake, `clean/members/load_date=${date}`);
    mkdirSync(folder, { recursive: true });
    const values = rows
      .filter((row) => row.day === day)
      .map(
        (row) =>
          `('${row.member}', 'Ann', 'Lee', date '1980-01-01', 'F', null::varchar, 'Austin', 'TX', '78700', '${PLANS[row.content % 4]}', date '2024-01-01',
            null::date, 'active', ${row.content}::decimal(12, 2), 'employed', 2, timestamp '${DAYS[row.changed]} 08:00:00', 'f.csv', ${row.row})`,
      );
    await query(
      ':memory:',
      `copy (select * from (values ${values.join(', ')}) as v (member_id, first_name, last_name, date_of_birth, gender, email, city, state, postal_code,
        plan_type, enrollment_date, termination_date, status, annual_income, employment_status, household_size, updated_at, source_file, source_row))
       to '${folder}/data.parquet' (format parquet)`,
    );
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const COLUMNS = `member_id, plan_type, annual_income, member_status, email, household_size`;

/** The history as `core_member_history` builds it from the deliveries up to a day. */
async function rebuilt(database: string, day: string): Promise<unknown[]> {
  const compiled = readFileSync(
    join(work, 'target/compiled/tsdbt_flagship/models/member_risk/core/core_member_history.sql'),
    'utf8',
  );
  const filtered = compiled.replace(
    /"\w+"\."main"\."stg_members"/,
    `(select * from main.stg_members where load_date <= date '${day}')`,
  );
  expect(filtered).not.toBe(compiled);
  return await query(
    database,
    `select version_number, valid_from, valid_to, ${COLUMNS} from (${filtered}) order by member_id, version_number`,
  );
}

/** The history as the snapshot says it was known on a day. */
async function known(database: string, day: string): Promise<unknown[]> {
  return await query(
    database,
    `select row_number() over member as version_number, changed_at as valid_from, lead(changed_at) over member as valid_to, ${COLUMNS}
     from member_snapshot where dbt_valid_from <= date '${day}' and date '${day}' < dbt_valid_to
     window member as (partition by member_id order by changed_at) order by member_id, version_number`,
  );
}

test('a snapshot run day by day knows on each day what all deliveries up to it tell', async () => {
  const database = join(work, 'days.duckdb');
  await tsdbt(database, 'run', '--select', 'stg_members', 'core_member_deliveries', 'core_member_history');
  for (const day of DAYS) await runDay(database, day);

  const sizes = new Set<number>();
  for (const day of DAYS) {
    const expected = await rebuilt(database, day);
    expect(await known(database, day), day).toEqual(expected);
    sizes.add(expected.length);
  }
  expect(sizes.size).toBeGreaterThan(4);
  // The fixture has what it is for: versions that came after later ones, and versions that were told anew.
  const [trouble] = await query(
    database,
    `select (select count(*)::int from member_snapshot where dbt_valid_to < '9999-12-31') as told_anew,
      (select count(*)::int from member_snapshot s where exists (select 1 from member_snapshot o
        where o.member_id = s.member_id and o.changed_at > s.changed_at and o.dbt_valid_from < s.dbt_valid_from)) as late`,
  );
  expect(trouble?.told_anew).toBeGreaterThan(3);
  expect(trouble?.late).toBeGreaterThan(3);

  // A day run again, the last one or one that is over, changes nothing.
  const content = 'select * from member_snapshot order by all';
  const before = await query(database, content);
  await runDay(database, DAYS.at(-1) ?? '');
  await runDay(database, DAYS[2] ?? '');
  expect(await query(database, content)).toEqual(before);

  // One run over all deliveries knows the same now, and since when.
  const atOnce = join(work, 'once.duckdb');
  await tsdbt(atOnce, 'run', '--select', 'stg_members', 'core_member_deliveries');
  await tsdbt(atOnce, 'snapshot', '--select', 'member_snapshot');
  const now = "select * from member_snapshot where dbt_valid_to = '9999-12-31' order by all";
  expect(await query(atOnce, now)).toEqual(await query(database, now));

  // A delivery that is withdrawn takes along what only it said; the past stays as it was known.
  rmSync(join(lake, `clean/members/load_date=${DAYS[4]}`), { recursive: true });
  const past = await known(database, DAYS[4] ?? '');
  await tsdbt(database, 'snapshot', '--select', 'member_snapshot', '--vars', '{as_of_date: 2025-01-07}');
  expect(await known(database, DAYS[4] ?? '')).toEqual(past);
  expect(await known(database, '2025-01-07')).toEqual(await rebuilt(database, '2025-01-07'));
  expect(await known(database, '2025-01-07')).not.toEqual(past);
}, 120_000);
