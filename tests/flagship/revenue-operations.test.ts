import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { query, ROOT, type Row, script, withDatabase } from './support.ts';

const SALT = 'a salt of this test alone';
const SYSTEM = ['--system', 'revenue_operations'];
const work = mkdtempSync(join(tmpdir(), 'tsdbt-revenue-'));
const lake = join(work, 'lake');
const clean = join(lake, 'revenue_operations', 'clean');

/** Runs a command over a lake, with a database in `folder`. */
async function run(from: string, folder: string, args: readonly string[], salt: string | undefined = SALT) {
  let console = '';
  const database = join(folder, 'warehouse.duckdb');
  mkdirSync(folder, { recursive: true });
  const result = await invoke([...args, '--target-path', folder, '--log-path', folder, '--no-partial-parse'], {
    cwd: ROOT,
    env: { FLAGSHIP_LAKE: from, FLAGSHIP_DATABASE: database, ...(salt === '' ? {} : { FLAGSHIP_PII_SALT: salt }) },
    stdout: (text) => {
      console += text;
    },
  });
  return { ...result, database, console };
}

const BUILD = ['build', '--select', 'tag:revenue_operations'];
let built: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  script('generate/main.mjs', ...SYSTEM, '--lake', lake);
  script('load/main.mjs', ...SYSTEM, '--lake', lake);
  built = await run(lake, join(work, 'first'), BUILD);
}, 120_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('every node passes', () => {
  expect(built.success, built.console).toBe(true);
  expect(built.results.filter((result) => !['success', 'pass'].includes(result.status))).toEqual([]);
});

test('contracts on core and marts, descriptions on every column, one group with an owner, unit tests, data tests', async () => {
  const nodes = Object.values(built.manifest?.nodes ?? {}).filter((node) => node.fqn[1] === 'revenue_operations');
  const models = nodes.filter((node) => node.resource_type === 'model');
  expect(models.length).toBe(29);
  for (const model of models) {
    const { name, schema, config, description } = model as unknown as {
      name: string;
      schema: string;
      description: string;
      config: { group: string; contract: { enforced: boolean } };
    };
    expect(config.group, name).toBe('revenue_operations');
    expect(config.contract.enforced, name).toBe(schema === 'revenue');
    expect(description, name).not.toBe('');
  }
  const described = new Map(
    nodes.map((node) => [
      node.name,
      Object.entries((node as { columns?: Record<string, { description: string }> }).columns ?? {})
        .filter(([, column]) => column.description !== '')
        .map(([name]) => name),
    ]),
  );
  const columns = await query(
    built.database,
    "select table_name as t, column_name as c from information_schema.columns where table_schema in ('revenue', 'revenue_staging')",
  );
  expect(columns.length).toBeGreaterThan(280);
  for (const { t, c } of columns) expect(described.get(String(t)), `${t}.${c}`).toContain(c);
  expect(nodes.filter((node) => node.resource_type === 'test').length).toBeGreaterThanOrEqual(250);
  const unitTests = Object.values(built.manifest?.unit_tests ?? {});
  expect(unitTests.filter((it) => it.fqn.includes('revenue_operations')).length).toBe(18);
  const groups = Object.values(built.manifest?.groups ?? {}) as { name: string; owner: { email?: string } }[];
  expect(groups.find((group) => group.name === 'revenue_operations')?.owner.email).toBeTruthy();
});

describe('none is lost', () => {
  test('facts and rejects are those that a query of its own over the files finds', async () => {
    // Written apart from the models: lenient casts, and a rule for each of the generator's troubles.
    const [row] = await query(
      ':memory:',
      `attach '${built.database}' as w (read_only);
      create temp table good as
        with t as (from read_parquet('${clean}/transactions/*.parquet')),
        u as (select distinct id from read_parquet('${clean}/users.parquet')),
        k as (select id, any_value(client_id) as client_id from read_parquet('${clean}/cards.parquet') group by id),
        m as (select distinct mcc from read_parquet('${clean}/mcc_codes.parquet'))
        select t.id::bigint as id, replace(replace(t.amount, '$', ''), ' ', '')::decimal(12, 2) as amount, t.date::timestamp as date, t.errors
        from t join u on t.client_id = u.id join k on t.card_id = k.id and t.client_id = k.client_id join m on t.mcc = m.mcc
        where regexp_full_match(t.amount, '\\$ ?-?[0-9]+\\.[0-9]{2}') and try_cast(t.date as timestamp) is not null
        qualify row_number() over (partition by t.id order by t.source_row) = 1;
      select
        (select count(*)::int from good) as good,
        (select count(*)::int from w.revenue.fct_card_transactions) as facts,
        (select count(*)::int from good join w.revenue.fct_card_transactions f
          on f.transaction_id = good.id and f.amount = good.amount and f.transacted_at = good.date) as same,
        (select sum(amount) from good where coalesce(errors, '') = '')::varchar as revenue,
        (select sum(net_revenue) from w.revenue.revenue_by_month)::varchar as modelled_revenue,
        (select count(*)::int from read_parquet('${clean}/transactions/*.parquet')) as delivered,
        (select count(*)::int from w.revenue.rejected_card_transactions) as rejected`,
    );
    expect(row?.facts).toBe(row?.good);
    expect(row?.same).toBe(row?.good);
    expect(row?.modelled_revenue).toBe(row?.revenue);
    expect(Number(row?.facts) + Number(row?.rejected)).toBe(row?.delivered);
    expect(row?.rejected).toBeGreaterThan(20);
  });

  test('every kind of trouble ends with its reason', async () => {
    const found = await query(
      built.database,
      "select entity || ' ' || reject_reason as r from revenue.rejections_by_reason where rejected_by = 'model'",
    );
    expect(found.map((row) => row.r).sort()).toEqual(
      [
        'cards duplicate_id',
        'cards orphan_client',
        'users duplicate_id',
        ...['duplicate_label', 'rejected_transaction', 'unknown_label', 'unknown_transaction', 'unparseable_id'].map(
          (reason) => `fraud_labels ${reason}`,
        ),
        ...['orphan_client', 'orphan_card', 'card_of_another_client', 'orphan_mcc', 'duplicate_id'].map(
          (reason) => `transactions ${reason}`,
        ),
        ...['amount', 'date', 'mcc'].map((column) => `transactions unparseable_${column}`),
      ].sort(),
    );
  });

  test('labels in = matched + unmatched + refused', async () => {
    const [row] = await query(
      built.database,
      `select (select count(*)::int from revenue.enriched_transactions where is_fraud is not null) as matched,
        (select count(*)::int from revenue.rejected_fraud_labels where outcome = 'unmatched') as unmatched,
        (select count(*)::int from revenue.rejected_fraud_labels where outcome = 'refused') as refused,
        (select count(*)::int from read_parquet('${clean}/fraud_labels/*.parquet')) as delivered`,
    );
    expect(Number(row?.matched) + Number(row?.unmatched) + Number(row?.refused)).toBe(row?.delivered);
    for (const part of ['matched', 'unmatched', 'refused']) expect(Number(row?.[part]), part).toBeGreaterThan(0);
  });
});

describe('keys are enforced', () => {
  test('by the database: a key twice, a card of nobody, a fact without a key are refused', async () => {
    const copy = join(work, 'copy.duckdb');
    copyFileSync(built.database, copy);
    const statements: string[] = [];
    const refused = (sql: string) => statements.push(sql);
    for (const table of ['dim_client', 'dim_card', 'dim_mcc', 'dim_calendar_day', 'rejected_card_transactions'])
      refused(`insert into revenue.${table} from revenue.${table} limit 1`);
    refused(
      'insert into revenue.dim_card select * replace (99999999 as card_id, 99999999 as client_id) from revenue.dim_card limit 1',
    );
    for (const key of ['transaction_id', 'client_id', 'card_id', 'mcc', 'transacted_at', 'amount'])
      refused(
        `insert into revenue.fct_card_transactions select * replace (null as ${key}) from revenue.fct_card_transactions limit 1`,
      );
    await withDatabase(
      copy,
      async (ask) => {
        for (const sql of statements) await expect(ask(sql), sql).rejects.toThrow(/Constraint Error/);
      },
      'READ_WRITE',
    );
  });

  test('and a build over what is there builds again; a dimension alone is refused with what to do', async () => {
    const folder = join(work, 'again');
    mkdirSync(folder);
    copyFileSync(built.database, join(folder, 'warehouse.duckdb'));
    const again = await run(lake, folder, ['run', '--select', 'tag:revenue_operations']);
    expect(again.success, again.console).toBe(true);
    const sums = 'select count(*)::int as n, sum(hash(f))::varchar as h from revenue.enriched_transactions f';
    expect(await query(again.database, sums)).toEqual(await query(built.database, sums));
    const alone = await run(lake, folder, ['run', '--select', 'dim_client']);
    expect(alone.success).toBe(false);
    expect(alone.console).toContain('dim_card is not selected in this run');
    const both = await run(lake, folder, ['run', '--select', 'dim_client', 'dim_card']);
    expect(both.success, both.console).toBe(true);
  });

  test('the wide table lies by client and time, so that one client is a few neighbouring rows', async () => {
    const [row] = await query(
      built.database,
      `select count(*)::int as n from (
        select (client_id, transacted_at, transaction_id) as k, lag((client_id, transacted_at, transaction_id)) over (order by rowid) as before
        from revenue.enriched_transactions) where k < before`,
    );
    expect(row?.n).toBe(0);
  });
});

describe('personal data', () => {
  const MARKED = ['birth_month', 'address', 'latitude', 'longitude', 'card_number', 'cvv', 'raw_record'];

  test('its columns are marked at the sources, and no model behind staging names one or reads them', () => {
    const sources = Object.values(built.manifest?.sources ?? {}).filter(
      (it) => it.source_name === 'revenue_operations',
    );
    const marked = sources.flatMap((source) =>
      Object.entries(source.columns as Record<string, { config?: { meta?: { pii?: string } } }>)
        .filter(([, column]) => column.config?.meta?.pii === 'direct_identifier')
        .map(([name]) => name),
    );
    expect(marked.sort()).toEqual([...MARKED].sort());
    const models = Object.values(built.manifest?.nodes ?? {}).filter(
      (node) => node.resource_type === 'model' && node.fqn[1] === 'revenue_operations' && node.fqn[2] !== 'staging',
    );
    for (const node of models) {
      const { name, raw_code, columns, depends_on } = node as unknown as {
        name: string;
        raw_code: string;
        columns: object;
        depends_on: { nodes: string[] };
      };
      for (const column of MARKED) {
        expect(raw_code, name).not.toMatch(new RegExp(`\\b${column}\\b`));
        expect(Object.keys(columns), name).not.toContain(column);
      }
      expect(depends_on.nodes.filter((id) => /^source\..*\.(users|cards|transactions|fraud_labels)$/.test(id))).toEqual(
        [],
      );
    }
  });

  test('none of it flows on: with all of it changed, every relation has the same rows but for the hash', async () => {
    // Follows every column's origin through whatever lies between, for it looks at the values alone.
    const other = join(work, 'other-lake');
    cpSync(lake, other, { recursive: true });
    const to = join(other, 'revenue_operations', 'clean');
    await query(
      ':memory:',
      `copy (select * replace ('1 Nowhere' as address, '0' as birth_month,
          (round(latitude::double) + 0.25)::varchar as latitude, (round(longitude::double) - 0.25)::varchar as longitude)
        from read_parquet('${clean}/users.parquet')) to '${to}/users.parquet';
      copy (select * replace ('000' as cvv, '999999999999' || right(card_number, 4) as card_number)
        from read_parquet('${clean}/cards.parquet')) to '${to}/cards.parquet'`,
    );
    const changed = await run(other, join(work, 'changed'), [
      'build',
      '--select',
      'tag:revenue_operations',
      '--exclude-resource-type',
      'test',
      'unit_test',
    ]);
    expect(changed.success, changed.console).toBe(true);
    const relations = await query(
      built.database,
      "select table_schema as s, table_name as t from information_schema.tables where table_schema in ('revenue', 'revenue_staging') order by all",
    );
    expect(relations.length).toBe(32);
    const sums = (database: string) =>
      withDatabase(database, async (ask) => {
        const found: Record<string, Row[]> = {};
        for (const { s, t } of relations) {
          const but = ['dim_card', 'stg_cards'].includes(String(t)) ? 'exclude (card_number_hash)' : '';
          found[`${s}.${t}`] = await ask(
            `select count(*)::int as n, coalesce(sum(hash(r)::hugeint), 0)::varchar as h from (select * ${but} from ${s}.${t}) r`,
          );
        }
        return found;
      });
    expect(await sums(changed.database)).toEqual(await sums(built.database));
    const hashes = 'select list(card_number_hash order by card_id)::varchar as h from revenue.dim_card';
    expect(await query(changed.database, hashes)).not.toEqual(await query(built.database, hashes));
  });

  test('no number of a card and no street is in any relation; a number is its salted SHA-256 and four digits', async () => {
    const cards = await query(':memory:', `select id, card_number from read_parquet('${clean}/cards.parquet')`);
    const users = await query(':memory:', `select address from read_parquet('${clean}/users.parquet')`);
    const secrets = new Set([...cards.map((row) => row.card_number), ...users.map((row) => row.address)]);
    expect(secrets.size).toBeGreaterThan(700);
    const columns = await query(
      built.database,
      `select table_schema as s, table_name as t, column_name as c from information_schema.columns
       where data_type = 'VARCHAR' and table_schema in ('revenue', 'revenue_staging')`,
    );
    await withDatabase(built.database, async (ask) => {
      for (const { s, t, c } of columns) {
        const values = await ask(`select distinct "${c}" as v from "${s}"."${t}"`);
        expect(
          values.map((row) => row.v).filter((value) => secrets.has(value)),
          `${s}.${t}.${c}`,
        ).toEqual([]);
      }
    });
    const numbers = new Map(cards.map((row) => [Number(row.id), String(row.card_number)]));
    const masked = await query(
      built.database,
      'select card_id as id, card_number_hash as h, card_number_last4 as four from revenue.dim_card',
    );
    for (const { id, h, four } of masked) {
      const number = numbers.get(Number(id)) ?? '';
      expect(h).toBe(createHash('sha256').update(`${SALT}|${number}`).digest('hex'));
      expect(four).toBe(number.slice(-4));
    }
    for (const path of readdirSync(join(work, 'first', 'compiled'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.sql'),
    ))
      expect(readFileSync(join(work, 'first', 'compiled', path), 'utf8'), path).not.toContain(SALT);
  });

  test('without a salt nothing is built, with a clear error', async () => {
    const without = await run(lake, join(work, 'without'), BUILD, '');
    expect(without.exitCode).not.toBe(0);
    expect(without.console).toContain('FLAGSHIP_PII_SALT is not set');
    expect(without.results.filter((result) => result.status === 'success')).toEqual([]);
  });
});
