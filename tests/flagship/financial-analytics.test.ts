import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitLogistic, logOdds, sigmoid, solve } from '../../project/ml/models/lib/logistic-regression.ts';
import { invoke } from '../../src/index.ts';
import { contents, query, ROOT, script, temporaryFolder } from './support.ts';

const SYSTEM = ['--system', 'financial_analytics'];
const ENTITIES = ['accounts', 'customers', 'loans', 'transactions'];

function landed(...options: string[]): string {
  const lake = temporaryFolder();
  expect(script('generate/main.mjs', ...SYSTEM, '--lake', lake, ...options).status).toBe(0);
  return lake;
}

const load = (lake: string) => script('load/main.mjs', ...SYSTEM, '--lake', lake);

/** Builds the system over a lake. */
async function build(lake: string, folder: string, env: Readonly<Record<string, string>> = {}, ...args: string[]) {
  let console = '';
  const database = join(folder, 'warehouse.duckdb');
  const result = await invoke(
    [
      ...['build', '--select', 'tag:financial_analytics', '--target-path', folder, '--log-path', folder],
      ...['--no-partial-parse', ...args],
    ],
    {
      cwd: ROOT,
      env: { FLAGSHIP_LAKE: lake, FLAGSHIP_DATABASE: database, ...env },
      stdout: (text) => {
        console += text;
      },
    },
  );
  return { ...result, database, console };
}

describe('the extract and its loading', () => {
  test('the same options give the same bytes, another seed gives others', () => {
    const of = (...options: string[]) =>
      contents(join(landed('--scale', '200', ...options), 'financial_analytics/landing'));
    const first = of();
    expect(first.size).toBe(ENTITIES.length + 1);
    expect(of()).toEqual(first);
    expect(of('--seed', '7')).not.toEqual(first);
  });

  test('rows in = clean + rejected for each file, counted by hand', async () => {
    const lake = landed('--scale', '900');
    const done = load(lake);
    expect(done.err).toBe('');
    const home = join(lake, 'financial_analytics');
    const audit = await query(':memory:', `from '${home}/audit/load_audit.parquet' order by entity`);
    expect(audit.map((row) => row.entity)).toEqual(ENTITIES);
    const reasons = new Set<string>();
    for (const row of audit) {
      // No field has a line end, so a line is a row.
      const raw = readdirSync(join(home, 'landing', String(row.entity)))
        .map(
          (name) =>
            readFileSync(join(home, 'landing', String(row.entity), name), 'utf8')
              .trim()
              .split('\n').length - 1,
        )
        .reduce((sum, count) => sum + count, 0);
      const [counted] = await query(
        ':memory:',
        `select (select count(*)::int from '${home}/clean/${row.entity}/data.parquet') as clean,
          (select count(*)::int from '${home}/rejects/${row.entity}/data.parquet') as rejected`,
      );
      expect(Number(row.raw_rows), String(row.entity)).toBe(raw);
      expect(Number(counted?.clean) + Number(counted?.rejected), String(row.entity)).toBe(raw);
      expect(Number(counted?.rejected), String(row.entity)).toBeGreaterThan(0);
      for (const reject of await query(
        ':memory:',
        `select distinct reasons as r from '${home}/rejects/${row.entity}/data.parquet'`,
      ))
        reasons.add(String(reject.r));
    }
    for (const reason of [
      'wrong_field_count',
      'invalid_decimal:amount',
      'invalid_date:issued_on',
      'invalid_timestamp:occurred_at',
    ])
      expect(
        [...reasons].some((found) => found.includes(reason)),
        reason,
      ).toBe(true);
  });

  test('a file with another header stops the load, and what was there stays', () => {
    const lake = landed('--scale', '100');
    expect(load(lake).status).toBe(0);
    const home = join(lake, 'financial_analytics');
    const before = contents(join(home, 'clean'));
    const path = join(home, 'landing/loans/part-0000.csv');
    writeFileSync(path, readFileSync(path, 'utf8').replace('interest_rate', 'rate'));
    const done = load(lake);
    expect(done.status).toBe(1);
    expect(done.err).toContain('missing: interest_rate');
    expect(contents(join(home, 'clean'))).toEqual(before);
    expect(readdirSync(home)).not.toContain('.aside');
  });
});

describe('the models', () => {
  const work = mkdtempSync(join(tmpdir(), 'tsdbt-financial-'));
  const lake = join(work, 'lake');
  let built: Awaited<ReturnType<typeof build>>;

  beforeAll(async () => {
    script('generate/main.mjs', ...SYSTEM, '--lake', lake);
    load(lake);
    built = await build(lake, work);
  }, 60_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('every node passes but the alert, which warns', () => {
    expect(built.success, built.console).toBe(true);
    const others = built.results.filter((result) => !['success', 'pass'].includes(result.status));
    expect(others.map((result) => [result.unique_id.split('.')[2], result.status])).toEqual([
      ['warn_high_risk_customers', 'warn'],
    ]);
  });

  test('contracts on every gold model, descriptions on every column, one group with an owner, 8 unit tests, data tests', () => {
    const isOurs = (node: { readonly fqn: readonly string[]; readonly package_name: string }): boolean =>
      node.fqn[1] === 'financial_analytics' || node.package_name === 'tsdbt_flagship_ml';
    const nodes = Object.values(built.manifest?.nodes ?? {}).filter(isOurs);
    const models = nodes.filter((node) => node.resource_type === 'model');
    expect(models.length).toBe(20);
    for (const model of models) {
      const { name, schema, config, columns, description } = model as unknown as {
        name: string;
        schema: string;
        description: string;
        config: { group: string; contract: { enforced: boolean } };
        columns: Record<string, { description: string }>;
      };
      expect(config.group, name).toBe('financial_analytics');
      expect(config.contract.enforced, name).toBe(schema === 'gold');
      expect(description, name).not.toBe('');
      expect(
        Object.values(columns).filter((column) => !column.description),
        name,
      ).toEqual([]);
    }
    expect(nodes.filter((node) => node.resource_type === 'test').length).toBeGreaterThanOrEqual(120);
    const unitTests = Object.values(built.manifest?.unit_tests ?? {});
    expect(unitTests.filter(isOurs).length).toBe(8);
  });

  test('every column of a relation is described', async () => {
    const columns = await query(
      built.database,
      "select table_name as t, column_name as c from information_schema.columns where table_schema in ('bronze', 'silver', 'gold')",
    );
    expect(columns.length).toBeGreaterThan(150);
    const described = new Map(
      [...Object.values(built.manifest?.nodes ?? {})].map((node) => [
        node.name,
        Object.keys((node as { columns?: object }).columns ?? {}),
      ]),
    );
    for (const { t, c } of columns) expect(described.get(String(t)), String(t)).toContain(c);
  });

  test('silver is Parquet in the lake, with the rows of the relations', async () => {
    for (const entity of ENTITIES) {
      const [row] = await query(
        built.database,
        `select (select count(*)::int from '${lake}/financial_analytics/silver/silver_${entity}.parquet') as there,
          (select count(*)::int from silver.silver_${entity}) as here`,
      );
      expect(row?.there).toBe(row?.here);
      expect(row?.there).toBeGreaterThan(1000);
    }
  });

  test('every kind of bad row is found and told', async () => {
    const found = await query(
      built.database,
      "select entity || ' ' || reject_reason as r from silver.silver_rejected_rows group by all",
    );
    const expected = [
      ...ENTITIES.flatMap((entity) =>
        ['does_not_fit_schema', 'missing_key', 'delivered_again', 'negative_amount', 'dated_after_extract'].map(
          (reason) => `${entity} ${reason}`,
        ),
      ),
      'accounts unknown_customer',
      'loans unknown_customer',
      'transactions unknown_account',
    ];
    expect(found.map((row) => row.r).sort()).toEqual(expected.sort());
  });

  test('direct identifiers reach no mart: by the columns, by the code, and by every value', async () => {
    const nodes = Object.values(built.manifest?.nodes ?? {});
    const silver = nodes.find((node) => node.name === 'silver_customers') as unknown as {
      columns: Record<string, { config?: { meta?: { pii?: string } } }>;
    };
    const identifiers = Object.entries(silver.columns)
      .filter(([, column]) => column.config?.meta?.pii === 'direct_identifier')
      .map(([name]) => name);
    expect(identifiers).toEqual(['first_name', 'last_name', 'email', 'phone', 'national_id', 'date_of_birth']);

    // Behind silver no model names one of these columns, and none hands on all columns of silver_customers.
    const behind = nodes.filter((node) => node.resource_type === 'model' && node.schema === 'gold');
    expect(behind.length).toBe(10);
    for (const node of behind) {
      const { name, raw_code, columns } = node as unknown as { name: string; raw_code: string; columns: object };
      for (const identifier of identifiers) {
        expect(raw_code, name).not.toMatch(new RegExp(`\\b${identifier}\\b`));
        expect(Object.keys(columns), name).not.toContain(identifier);
      }
    }

    const people = await query(
      built.database,
      'select first_name, last_name, email, phone, national_id, date_of_birth from silver.silver_customers',
    );
    const secrets = new Set(
      people
        .flatMap((row) => [row.email, row.phone, row.national_id, `${row.first_name} ${row.last_name}`, row.last_name])
        .filter((value) => value !== null)
        .map((value) => String(value).toLowerCase()),
    );
    expect(secrets.size).toBeGreaterThan(5000);
    const columns = await query(
      built.database,
      `select table_schema as s, table_name as t, column_name as c from information_schema.columns
       where data_type = 'VARCHAR' and (table_schema = 'gold' or table_name = 'silver_rejected_rows')`,
    );
    expect(columns.length).toBeGreaterThan(25);
    for (const { s, t, c } of columns) {
      const values = await query(built.database, `select distinct lower("${c}") as v from "${s}"."${t}"`);
      expect(
        values.map((row) => row.v).filter((value) => secrets.has(String(value))),
        `${s}.${t}.${c}`,
      ).toEqual([]);
    }
  });

  test('the model tells loans apart that it has not seen; a second build learns the same to the last digit', async () => {
    const [evaluation] = await query(
      built.database,
      "select auc::double as auc from gold.loan_model_evaluation where split = 'test'",
    );
    expect(Number(evaluation?.auc)).toBeGreaterThan(0.7);
    const learned = 'from gold.loan_default_coefficients order by feature_order';
    const before = await query(built.database, learned);
    const again = await build(lake, join(work, 'again'));
    expect(again.success, again.console).toBe(true);
    expect(await query(again.database, learned)).toEqual(before);
  });

  test('the stolen cards are in the report', async () => {
    const [row] = await query(
      built.database,
      `select count(*) filter (where fraud_level <> 'review')::int as serious,
        count(*) filter (where is_burst and is_abroad and is_at_night)::int as bursts,
        (select count(*)::int from silver.silver_transactions where is_reported_fraud) as reported,
        count(*) filter (where fraud_level = 'confirmed')::int as confirmed from gold.fraud_report`,
    );
    expect(row?.confirmed).toBe(row?.reported);
    expect(row?.bursts).toBeGreaterThan(50);
    expect(row?.serious).toBeLessThan(400);
  });

  test('without models in TypeScript everything else builds', async () => {
    const plain = await build(lake, join(work, 'plain'), {}, '--vars', '{typescript_models: false}');
    expect(plain.success, plain.console).toBe(true);
    const names = plain.results.map((result) => result.unique_id);
    expect(names).toContain('model.tsdbt_flagship.loan_default_features');
    expect(names.filter((name) => /probability|coefficients|roc|calibration|evaluation|high_risk/.test(name))).toEqual(
      [],
    );
    expect(plain.manifest?.exposures).not.toHaveProperty('exposure.tsdbt_flagship_ml.loan_risk_dashboard');
  });
});

describe('logistic regression', () => {
  test('without shrinking, one yes-or-no feature has the log of the odds ratio as its weight', () => {
    // 10 of 40 without the feature, 30 of 60 with it: odds of 1/3 and of 1, known by hand.
    const rows = Array.from({ length: 100 }, (_, i) => [i < 40 ? 0 : 1]);
    const labels = rows.map((_, i) => (i < 10 || (i >= 40 && i < 70) ? 1 : 0));
    const fitted = fitLogistic(rows, labels, { l2: 0 });
    expect((fitted.weights[0] ?? 0) / (fitted.deviations[0] ?? 1)).toBeCloseTo(Math.log(3), 8);
    expect(sigmoid(logOdds(fitted, [0]))).toBeCloseTo(0.25, 8);
    expect(sigmoid(logOdds(fitted, [1]))).toBeCloseTo(0.5, 8);
  });

  test('classes that a feature tells apart completely have finite weights, by the shrinking', () => {
    const fitted = fitLogistic([[0], [0], [1], [1]], [0, 0, 1, 1], { l2: 1 });
    expect(fitted.weights[0]).toBeGreaterThan(0.5);
    expect(fitted.weights[0]).toBeLessThan(5);
  });

  test('an unknown value counts as the mean, a feature that does not vary as nothing', () => {
    const fitted = fitLogistic(
      [
        [1, 5],
        [null, 5],
        [3, 5],
        [2, 5],
      ],
      [0, 1, 1, 0],
      { l2: 1 },
    );
    expect(fitted.means).toEqual([2, 5]);
    expect(fitted.weights[1]).toBe(0);
    expect(logOdds(fitted, [null, 5])).toBe(logOdds(fitted, [2, 5]));
  });

  test('labels of one kind only, and features that say the same, are errors', () => {
    expect(() => fitLogistic([[1], [2]], [1, 1], { l2: 1 })).toThrow('both kinds are needed');
    expect(() =>
      fitLogistic(
        [
          [1, 1],
          [2, 2],
          [3, 3],
          [4, 4],
        ],
        [0, 1, 0, 1],
        { l2: 0 },
      ),
    ).toThrow('two features say the same');
  });

  test('solves a symmetric system', () => {
    // 4x + 2y = 10, 2x + 3y = 11: only the lower half is read.
    const [x, y] = solve([new Float64Array([4, 0]), new Float64Array([2, 3])], new Float64Array([10, 11]));
    expect(x).toBeCloseTo(1, 12);
    expect(y).toBeCloseTo(3, 12);
  });
});
