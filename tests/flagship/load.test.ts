import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contents, query, script, temporaryFolder } from './support.ts';

function landed(...options: string[]): string {
  const lake = temporaryFolder();
  expect(script('generate/main.mjs', '--lake', lake, '--scale', '150', '--days', '5', ...options).status).toBe(0);
  return lake;
}

const load = (lake: string) => script('load/main.mjs', '--lake', lake);
const DAY = '2025-01-03';

test('no raw row is lost: raw rows = clean rows + rejected rows, in the audit and in the lake', async () => {
  const lake = landed('--scale', '1500');
  expect(load(lake).status).toBe(0);
  const audit = await query(
    ':memory:',
    `select entity, sum(raw_rows)::int as raw, sum(clean_rows)::int as clean, sum(rejected_rows)::int as rejected
    from '${lake}/audit/load_audit.parquet' group by entity order by entity`,
  );
  for (const { entity, raw, clean, rejected } of audit) {
    const [inClean] = await query(':memory:', `select count(*)::int as n from '${lake}/clean/${entity}/*/*.parquet'`);
    const [inRejects] = await query(
      ':memory:',
      `select count(*)::int as n from '${lake}/rejects/${entity}/*/*.parquet'`,
    );
    expect(inClean?.n).toBe(clean);
    expect(inRejects?.n).toBe(rejected);
    // Counted without the loader: the generator's line ends inside fields are followed by `c/o` or the closing quote.
    let counted = 0;
    for (const day of readdirSync(join(lake, 'landing', String(entity)))) {
      const text = readFileSync(join(lake, 'landing', String(entity), day, 'part-0000.csv'), 'utf8');
      counted += text.split('\n').filter((line) => line !== '' && !/^(c\/o|")/.test(line)).length - 1;
    }
    expect(raw).toBe(counted);
    expect(Number(clean) + Number(rejected)).toBe(raw);
  }
});

test('a reject keeps its reason, its file, its row and the record as it stood there', async () => {
  const lake = landed();
  const file = join(lake, 'landing/transactions', `dt=${DAY}`, 'part-0000.csv');
  const rows = readFileSync(file, 'utf8').split('\n').length - 2;
  const bad = `T20250103-zzzzz,M0000001,2025-01-03 10:00:00,MR00001,"Zoë's ""Bar"", Inc.",dining,12.5O,USD,cash,in_store,posted,maybe,,2025-01-03 10:00:30`;
  appendFileSync(file, `${bad}\n`);
  expect(load(lake).status).toBe(0);
  const found = await query(
    ':memory:',
    `select * from '${lake}/rejects/transactions/load_date=${DAY}/rejects.parquet' where source_row > ${rows - 5} and raw_record like '%zzzzz%'`,
  );
  expect(found).toMatchObject([
    {
      entity: 'transactions',
      source_file: `transactions/dt=${DAY}/part-0000.csv`,
      reason_code: 'invalid_decimal',
      column_name: 'amount',
      reasons: 'invalid_decimal:amount invalid_boolean:is_fraud_flagged',
      raw_record: bad,
    },
  ]);
});

test('the lake has the declared types', async () => {
  const lake = landed();
  load(lake);
  const described = await query(
    ':memory:',
    `describe select * from read_parquet('${lake}/clean/transactions/*/*.parquet', hive_partitioning = true)`,
  );
  const types = Object.fromEntries(described.map((row) => [row.column_name, row.column_type]));
  expect(types).toMatchObject({
    transaction_at: 'TIMESTAMP',
    amount: 'DECIMAL(12,2)',
    is_fraud_flagged: 'BOOLEAN',
    load_date: 'DATE',
  });
});

test('only new and changed days are loaded, to the same bytes', () => {
  const lake = landed();
  expect(load(lake).out).toContain('loaded 15 partitions (0 unchanged, 0 removed)');
  const first = contents(lake);
  expect(load(lake).out).toContain('loaded 0 partitions (15 unchanged, 0 removed)');
  expect(contents(lake)).toEqual(first);
  script('generate/main.mjs', '--lake', lake, '--scale', '150', '--days', '6');
  expect(load(lake).out).toContain('loaded 3 partitions (15 unchanged, 0 removed)');
  script('generate/main.mjs', '--lake', lake, '--scale', '150', '--days', '5');
  expect(load(lake).out).toContain('loaded 0 partitions (15 unchanged, 3 removed)');
  expect(contents(join(lake, 'clean'))).toEqual(contents(join(lake, 'clean')));
  expect([...contents(lake)].filter(([path]) => path.startsWith('clean'))).toEqual(
    [...first].filter(([path]) => path.startsWith('clean')),
  );
});

test('what was damaged, lost, added or left behind since is mended', () => {
  const lake = landed();
  load(lake);
  const clean = contents(join(lake, 'clean'));
  truncateSync(join(lake, `clean/visits/load_date=${DAY}/data.parquet`), 20);
  rmSync(join(lake, `clean/members/load_date=${DAY}`), { recursive: true });
  writeFileSync(join(lake, `clean/transactions/load_date=${DAY}/data_again.parquet`), 'x');
  mkdirSync(join(lake, '.aside'));
  writeFileSync(join(lake, '.aside/half.parquet'), 'x');
  expect(load(lake).out).toContain('loaded 3 partitions');
  expect(contents(join(lake, 'clean'))).toEqual(clean);
  expect(existsSync(join(lake, '.aside'))).toBe(false);
});

test('a part still being written is not there yet', () => {
  const lake = landed();
  writeFileSync(join(lake, `landing/visits/dt=${DAY}/part-0001.csv.tmp`), 'visit_id,mem');
  expect(load(lake).status).toBe(0);
});

test('another header stops the load, names the columns, and publishes nothing of the day', () => {
  const lake = landed();
  const file = join(lake, `landing/members/dt=${DAY}/part-0000.csv`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('annual_income', 'yearly_income'));
  const done = load(lake);
  expect(done.status).toBe(1);
  expect(done.err).toContain(
    `dt=${DAY}/part-0000.csv:1: the header does not match project/schema (missing: annual_income; not in the schema: yearly_income)`,
  );
  expect(done.err).not.toContain('    at ');
  expect(existsSync(join(lake, `clean/members/load_date=${DAY}`))).toBe(false);
});

test('a lake without a landing zone is a clear error', () => {
  const done = load(temporaryFolder());
  expect(done.status).toBe(1);
  expect(done.err).toContain('nothing has been landed');
});
