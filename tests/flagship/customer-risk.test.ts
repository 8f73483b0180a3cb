import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { contents, query, ROOT, script, temporaryFolder } from './support.ts';

const SALT = 'a salt of the tests, 32 characters';

function landed(...options: string[]): string {
  const lake = temporaryFolder();
  expect(script('generate/main.mjs', '--system', 'customer_risk', '--lake', lake, ...options).status).toBe(0);
  return lake;
}

const load = (lake: string) => script('load/main.mjs', '--system', 'customer_risk', '--lake', lake);

/** Builds the risk platform over a lake. */
async function build(lake: string, folder: string, salt: string | undefined, ...args: string[]) {
  let console = '';
  const database = join(folder, 'warehouse.duckdb');
  const result = await invoke(
    [
      'build',
      '--select',
      'tag:customer_risk',
      '--target-path',
      folder,
      '--log-path',
      folder,
      '--no-partial-parse',
      ...args,
    ],
    {
      cwd: ROOT,
      env: {
        FLAGSHIP_LAKE: lake,
        FLAGSHIP_DATABASE: database,
        ...(salt === undefined ? {} : { FLAGSHIP_PII_SALT: salt }),
      },
      stdout: (text) => {
        console += text;
      },
    },
  );
  return { ...result, database, console, folder };
}

type Page = Readonly<Record<string, unknown>> & { readonly users?: Record<string, unknown>[] };

function pages(lake: string, list: string): Page[] {
  const folder = join(lake, 'customer_risk/landing', list);
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

describe('the extract and its loading', () => {
  test("the page's size: 208 customers, 198 orders; the same options give the same bytes", () => {
    const lake = landed();
    const other = landed();
    const of = (folder: string) => contents(join(folder, 'customer_risk/landing'));
    expect(of(lake)).toEqual(of(other));
    expect(of(landed('--seed', '7'))).not.toEqual(of(lake));
    const ids = (list: string) =>
      pages(lake, list)
        .flatMap((page) => page[list] as { id?: unknown; products?: unknown[] }[])
        .filter((record) => Number.isInteger(record.id) && record.products?.length !== 0)
        .map((record) => record.id);
    expect(new Set(ids('users')).size).toBe(208);
    expect(ids('carts').length).toBe(198);
  });

  test('the salt is made once and is nobody else’s', () => {
    const lake = landed();
    const path = join(lake, 'customer_risk/private/pii-salt');
    const salt = readFileSync(path, 'utf8');
    expect(salt).toMatch(/^[0-9a-f]{64}\n$/);
    script('generate/main.mjs', '--system', 'customer_risk', '--lake', lake, '--seed', '7');
    expect(readFileSync(path, 'utf8')).toBe(salt);
    expect(readFileSync(join(landed(), 'customer_risk/private/pii-salt'), 'utf8')).not.toBe(salt);
  });

  test('records in = clean + rejected, each reject with its reason and its record', async () => {
    const lake = landed('--scale', '900');
    const done = load(lake);
    expect(done.err).toBe('');
    const home = join(lake, 'customer_risk');
    const audit = await query(':memory:', `from '${home}/audit/load_audit.parquet' order by entity`);
    const raw = {
      users: pages(lake, 'users').flatMap((page) => page.users as unknown[]).length,
      products: pages(lake, 'products').flatMap((page) => page.products as unknown[]).length,
      carts: pages(lake, 'carts').flatMap((page) => page.carts as unknown[]).length,
      cart_items: pages(lake, 'carts')
        .flatMap((page) => page.carts as { products?: unknown[] }[])
        .flatMap((cart) => cart.products ?? []).length,
    };
    expect(audit.length).toBe(4);
    for (const row of audit) {
      const [clean] = await query(
        ':memory:',
        `select count(*)::int as n from '${home}/clean/${row.entity}/data.parquet'`,
      );
      const [rejects] = await query(
        ':memory:',
        `select count(*)::int as n from '${home}/rejects/${row.entity}/data.parquet'`,
      );
      expect(Number(row.raw_rows)).toBe(raw[row.entity as keyof typeof raw]);
      expect(Number(row.raw_rows)).toBe(Number(clean?.n) + Number(rejects?.n));
      expect(Number(row.rejected_rows)).toBe(Number(rejects?.n));
    }
    const rejected = await query(
      ':memory:',
      `select reasons, raw_record from '${home}/rejects/carts/data.parquet' order by source_row`,
    );
    expect(rejected.map((row) => row.reasons)).toContain('not_a_record');
    expect(rejected.map((row) => row.raw_record)).toContain('"Too many requests"');
  });

  test('files of the public API drop in: no time of ordering, dates without padding, prices as text', async () => {
    const lake = temporaryFolder();
    const landing = join(lake, 'customer_risk/landing');
    const put = (list: string, records: unknown[]) => {
      mkdirSync(join(landing, list), { recursive: true });
      writeFileSync(
        join(landing, list, `${list}.json`),
        JSON.stringify({ [list]: records, total: records.length, skip: 0, limit: 30 }),
      );
    };
    put('users', [
      {
        id: 1,
        firstName: 'Emily',
        lastName: 'Johnson',
        age: 28,
        gender: 'female',
        email: 'e@x.example',
        phone: '+81 965-431-3024',
        birthDate: '1996-5-30',
        address: {
          address: '626 Main Street',
          city: 'Phoenix',
          stateCode: 'MS',
          coordinates: { lat: -77.16213, lng: -92.084824 },
          country: 'United States',
        },
        bank: { cardExpire: '03/26', cardType: 'Elo', currency: 'CNY' },
        company: {
          name: 'Dooley',
          address: { country: 'United States', coordinates: { lat: 71.814525, lng: -161.150263 } },
        },
        role: 'admin',
      },
    ]);
    put('products', [{ id: 144, title: 'Ball', category: 'sports-accessories', price: '9.99', rating: 4.5 }]);
    put('carts', [
      {
        id: 1,
        products: [
          {
            id: 144,
            title: 'Ball',
            price: 9.99,
            quantity: 4,
            total: 39.96,
            discountPercentage: 10,
            discountedTotal: 35.96,
          },
        ],
        total: 39.96,
        discountedTotal: 35.96,
        userId: 1,
        totalProducts: 1,
        totalQuantity: 4,
      },
    ]);
    writeFileSync(join(landing, '_extract.json'), '{"extracted_on": "2026-01-02"}');
    const done = load(lake);
    expect(done.err).toBe('');
    expect(done.out).toContain('4 raw records = 4 clean + 0 rejected');
    const { success, console, database } = await build(lake, lake, SALT);
    expect(success, console).toBe(true);
    expect(
      await query(database, 'select customer_segment, total_spent, days_since_last_order from analytics.customer_360'),
    ).toEqual([{ customer_segment: 'Regular', total_spent: '35.96', days_since_last_order: null }]);
    expect(
      await query(
        database,
        'select geographic_risk > 0.7 as is_odd, velocity_risk, temporal_risk from analytics.fraud_analytics',
      ),
    ).toEqual([{ is_odd: true, velocity_risk: '0.0000', temporal_risk: '0.0000' }]);
  });

  test.each([
    ['{"users": [{"id": 1', /page-000001\.json: not JSON .*cut off/],
    ['{"message": "rate limit"}', /expected an object with a list 'users', found: message/],
  ])('a page that is none stops the load, and what was there stays: %s', (text, message) => {
    const lake = landed('--scale', '200');
    expect(load(lake).status).toBe(0);
    const before = contents(join(lake, 'customer_risk/clean'));
    writeFileSync(join(lake, 'customer_risk/landing/users/page-000001.json'), text);
    const done = load(lake);
    expect(done.status).toBe(1);
    expect(done.err).toMatch(message);
    expect(contents(join(lake, 'customer_risk/clean'))).toEqual(before);
    expect(readdirSync(join(lake, 'customer_risk'))).not.toContain('.aside');
  });
});

describe('the models', () => {
  const work = mkdtempSync(join(tmpdir(), 'tsdbt-customer-risk-'));
  const lake = join(work, 'lake');
  let built: Awaited<ReturnType<typeof build>>;

  beforeAll(async () => {
    script('generate/main.mjs', '--system', 'customer_risk', '--lake', lake);
    load(lake);
    built = await build(lake, work, SALT);
  }, 60_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('every node passes', () => {
    expect(built.success, built.console).toBe(true);
    expect(built.results.length).toBeGreaterThan(100);
    expect(built.results.filter((result) => !['success', 'pass'].includes(result.status))).toEqual([]);
  });

  test('every column of every relation is described', async () => {
    const described = new Map(
      Object.values(built.manifest?.nodes ?? {}).map((node) => [
        node.name,
        Object.entries((node as { columns?: Record<string, { description?: string }> }).columns ?? {})
          .filter(([, column]) => column.description)
          .map(([name]) => name),
      ]),
    );
    const columns = await query(
      built.database,
      "select table_name as t, column_name as c from information_schema.columns where table_schema in ('staging', 'risk', 'analytics')",
    );
    expect(columns.length).toBeGreaterThan(200);
    const silent = columns.filter(({ t, c }) => !described.get(String(t))?.includes(String(c)));
    expect(silent.map(({ t, c }) => `${t}.${c}`)).toEqual([]);
  });

  test("the page's data tests: 20 on sources, 25 on staging, 25 on marts, one on revenue, of its five kinds", () => {
    const nodes = built.manifest?.nodes ?? {};
    const layer = (id: string | null | undefined, sources: readonly unknown[]) =>
      id ? nodes[id]?.fqn[2] : sources.length > 0 ? 'sources' : 'other';
    const counts: Record<string, number> = {};
    const kinds = new Set<string>();
    for (const node of Object.values(nodes)) {
      if (node.resource_type !== 'test' || !node.fqn.includes('customer_risk') || !('test_metadata' in node)) continue;
      if (!node.test_metadata) continue;
      const test = node as unknown as {
        attached_node?: string | null;
        sources: unknown[];
        test_metadata: { name: string };
      };
      const name = layer(test.attached_node, test.sources) ?? '';
      counts[name] = (counts[name] ?? 0) + 1;
      kinds.add(test.test_metadata.name);
    }
    expect(counts).toMatchObject({ sources: 20, staging: 25, marts: 25 });
    expect([...kinds].sort()).toEqual(['accepted_range', 'accepted_values', 'not_null', 'relationships', 'unique']);
    expect(Object.keys(nodes)).toContain('test.tsdbt_flagship.assert_revenue_agrees');
  });

  test("the page's three example queries give sensible rows, word for word", async () => {
    const high = await query(
      built.database,
      `SELECT customer_id, full_name, composite_risk_score, risk_level
FROM analytics.fraud_analytics
WHERE risk_level IN ('high', 'critical')
ORDER BY composite_risk_score DESC;`,
    );
    expect(high.length).toBeGreaterThan(2);
    expect(high.length).toBeLessThan(40);
    expect(high[0]?.risk_level).toBe('critical');
    for (const row of high) expect(row.full_name).toMatch(/^\p{L}\*{3} \p{L}\*{3}$/u);
    const segments = await query(
      built.database,
      `SELECT customer_segment, COUNT(*) as customers, AVG(total_spent) as avg_ltv
FROM analytics.customer_segmentation
GROUP BY customer_segment;`,
    );
    expect(segments.map((row) => row.customer_segment).sort()).toEqual(['New', 'Premium', 'Regular']);
    expect(segments.reduce((sum, row) => sum + Number(row.customers), 0)).toBe(208);
    const lost = await query(
      built.database,
      `SELECT customer_id, full_name, total_spent, retention_status
FROM analytics.high_value_customers
WHERE retention_status = 'At Risk Customer';`,
    );
    expect(lost.length).toBeGreaterThan(0);
  });

  test('each factor finds the customers made to show it', async () => {
    const [row] = await query(
      built.database,
      `select ${['velocity', 'geographic', 'behavioral', 'profile', 'amount', 'temporal']
        .map((factor) => `count(*) filter (where ${factor}_risk >= 0.5)::int as ${factor}`)
        .join(', ')} from analytics.fraud_analytics`,
    );
    for (const [factor, customers] of Object.entries(row ?? {})) {
      expect(customers, factor).toBeGreaterThan(0);
      expect(customers, factor).toBeLessThan(40);
    }
  });

  test('no direct identifier of a customer is in any relation, in what was compiled, or in the manifest', async () => {
    const users = pages(lake, 'users').flatMap((page) => page.users ?? []);
    const secrets = users.flatMap((user) => [
      user.email,
      user.phone,
      (user as { ssn?: string }).ssn,
      `${user.firstName} ${user.lastName}`,
    ]);
    const values = new Set(secrets.filter((value) => typeof value === 'string' && value.length > 5 && value !== 'N/A'));
    expect(values.size).toBeGreaterThan(500);
    const columns = await query(
      built.database,
      `select table_schema, table_name, column_name from information_schema.columns
       where table_schema in ('staging', 'risk', 'analytics') and data_type = 'VARCHAR'`,
    );
    expect(columns.length).toBeGreaterThan(50);
    for (const column of columns) {
      const found = await query(
        built.database,
        `select distinct lower("${column.column_name}") as v from "${column.table_schema}"."${column.table_name}"`,
      );
      const leaked = found
        .map((row) => row.v)
        .filter((value) => [...values].some((secret) => String(secret).toLowerCase() === value));
      expect(leaked, `${column.table_schema}.${column.table_name}.${column.column_name}`).toEqual([]);
    }
    expect(readFileSync(join(work, 'manifest.json'), 'utf8')).not.toContain(SALT);
    for (const path of readdirSync(join(work, 'compiled'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.sql'),
    ))
      expect(readFileSync(join(work, 'compiled', path), 'utf8'), path).not.toContain(SALT);
    const hashes = await query(
      built.database,
      'select distinct length(email_hash)::int as n from staging.stg_customer_profiles where email_hash is not null',
    );
    expect(hashes).toEqual([{ n: 64 }]);
  });

  test('without a salt nothing is built, with a clear error; masking is off only when a variable says so', async () => {
    const folder = join(work, 'without');
    const without = await build(lake, folder, undefined);
    expect(without.exitCode).not.toBe(0);
    expect(without.console).toContain('FLAGSHIP_PII_SALT is not set');
    expect(without.results.filter((result) => result.status === 'success')).toEqual([]);
    const open = await build(
      lake,
      folder,
      undefined,
      '--vars',
      '{pii_masking: false}',
      '--select',
      'stg_customer_profiles',
    );
    expect(open.success, open.console).toBe(true);
    const [row] = await query(
      open.database,
      "select count(*)::int as n from staging.stg_customer_profiles where email_hash like '%@%'",
    );
    expect(row?.n).toBeGreaterThan(100);
  });
});
