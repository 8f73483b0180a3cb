import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { ROOT } from './support.ts';

interface Described {
  readonly unique_id: string;
  readonly name: string;
  readonly source_name?: string;
  readonly resource_type: string;
  readonly description: string;
  readonly fqn: readonly string[];
  readonly original_file_path: string;
  readonly package_name: string;
  readonly columns: Readonly<Record<string, { readonly description: string }>>;
  readonly config: { readonly group?: string | null; readonly contract?: { readonly enforced: boolean } };
}

const work = mkdtempSync(join(tmpdir(), 'tsdbt-documentation-'));
let nodes: readonly Described[];
let sources: readonly Described[];
let groups: readonly { readonly name: string; readonly owner: { readonly email?: unknown } }[];
let unitTests: readonly { readonly model: string; readonly description: string }[];

const of = (...types: readonly string[]) => nodes.filter((node) => types.includes(node.resource_type));

beforeAll(async () => {
  const { manifest } = await invoke(['parse', '--target-path', work, '--log-path', work, '--no-partial-parse'], {
    cwd: ROOT,
    env: {},
  });
  nodes = Object.values(manifest?.nodes ?? {}) as unknown as Described[];
  sources = Object.values(manifest?.sources ?? {}) as unknown as Described[];
  groups = Object.values(manifest?.groups ?? {}) as unknown as typeof groups;
  unitTests = Object.values(manifest?.unit_tests ?? {}) as unknown as typeof unitTests;
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('every model, seed, snapshot and source is described, and so is every column that it names', () => {
  const all = [...of('model', 'seed', 'snapshot'), ...sources];
  expect(all.length).toBeGreaterThan(110);
  expect(all.filter((node) => !node.description).map((node) => node.unique_id)).toEqual([]);
  const silent = all.flatMap((node) =>
    Object.entries(node.columns)
      .filter(([, column]) => !column.description)
      .map(([name]) => `${node.unique_id}.${name}`),
  );
  expect(silent).toEqual([]);
  expect(all.filter((node) => Object.keys(node.columns).length === 0).map((node) => node.unique_id)).toEqual([]);
});

test('a seed describes each column of its file, a source each field of its declared schema and where its rows stand', () => {
  for (const seed of of('seed')) {
    const header = readFileSync(join(ROOT, seed.original_file_path), 'utf8').split('\n')[0]?.trim().split(',');
    expect(Object.keys(seed.columns).sort(), seed.name).toEqual(header?.sort());
  }
  let declared = 0;
  for (const source of sources) {
    const schema = join(ROOT, 'project/schema', String(source.fqn[1]), `${source.name}.json`);
    if (!existsSync(schema)) continue;
    declared += 1;
    const { columns } = JSON.parse(readFileSync(schema, 'utf8')) as { columns: { name: string }[] };
    const fields = columns.map((column) => column.name);
    expect(Object.keys(source.columns), source.unique_id).toEqual(expect.arrayContaining(fields));
  }
  expect(declared).toBeGreaterThanOrEqual(11);
});

test('every model belongs to a group whose owner can be written to', () => {
  const owners = new Map(groups.map((group) => [group.name, group.owner.email]));
  expect([...owners.values()].filter((email) => !email)).toEqual([]);
  const without = of('model', 'seed', 'snapshot').filter((node) => !owners.has(String(node.config.group)));
  expect(without.map((node) => node.unique_id)).toEqual([]);
});

test('every mart has an enforced contract', () => {
  const marts = of('model').filter((node) => node.fqn.some((part) => ['marts', 'gold', 'ml'].includes(part)));
  expect(marts.length).toBeGreaterThan(30);
  const loose = marts.filter((node) => !node.config.contract?.enforced).map((node) => node.name);
  // Parts of a mart, which nothing outside reads.
  expect(loose.filter((name) => !name.startsWith('int_'))).toEqual([]);
});

test('every rule of scoring has a unit test: the components, the alerts, the six factors, the fraud rules', () => {
  const tested = new Set(unitTests.map((unitTest) => unitTest.model));
  const rules = of('model')
    .map((node) => node.name)
    .filter((name) => /^(int_alerts_|risk_(?!overview))/.test(name));
  expect(rules.length).toBe(15);
  for (const name of [
    ...rules,
    'int_member_risk_components',
    'member_risk_score',
    'high_cost_fraud_indicators',
    'fraud_report',
  ])
    expect(tested, name).toContain(name);
  expect(unitTests.length).toBeGreaterThanOrEqual(30);
  expect(of('test').length).toBeGreaterThanOrEqual(500);
});
