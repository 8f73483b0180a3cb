import { expect, it } from 'vitest';
import type { Manifest } from '../../src/contracts/manifest.js';
import type { ManifestNode } from '../../src/contracts/nodes.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { type Selection, selectNodes } from '../../src/graph/selector/select-nodes.js';
import { makeNode } from '../helpers/nodes.js';

const EMPTY = { sources: {}, exposures: {}, metrics: {}, semantic_models: {}, saved_queries: {}, unit_tests: {} };

function manifestOf(...nodes: ManifestNode[]): Manifest {
  const parts = { ...EMPTY, functions: {}, macros: {}, disabled: {}, metadata: { adapter_type: 'duckdb' } };
  return { ...parts, nodes: Object.fromEntries(nodes.map((n) => [n.unique_id, n])) } as unknown as Manifest;
}

function select(now: Manifest, before: Manifest, ...criteria: string[]): Selection {
  return selectNodes({ manifest: now, graph: createGraph(now), select: criteria, state: { manifest: before } });
}

function model(columns: readonly string[], more: object = {}): ManifestNode {
  const node = makeNode({ name: 'plans' });
  return {
    ...node,
    contract: { enforced: true, alias_types: true, checksum: columns.join() },
    columns: Object.fromEntries(columns.map((name) => [name, { name, data_type: 'integer', constraints: [] }])),
    constraints: [],
    ...more,
  } as unknown as ManifestNode;
}

it('a broken contract of a versioned model is an error (contract-breaking)', () => {
  const [now, before] = [['a'], ['a', 'b']].map((columns) => manifestOf(model(columns, { version: 1 })));
  const run = (): unknown => select(now as Manifest, before as Manifest, 'state:modified');
  expect(run).toThrow(/breaking change to an enforced contract\.\n {2}- Columns were removed: \n {4}- b/);
  expect(run).toThrow(expect.objectContaining({ code: 'contract-breaking' }));
  const gone = (): unknown => select(manifestOf(), before as Manifest, 'state:unmodified');
  expect(gone).toThrow("Contracted model 'model.demo.plans' was deleted or renamed.");
  expect(select(manifestOf(), before as Manifest, 'state:modified.body').ids.size).toBe(0);
});

it('that of an unversioned one is told once, however many criteria find it', () => {
  const [now, before] = [['a'], ['a', 'b']].map((columns) => manifestOf(model(columns)));
  const criteria = ['state:modified', 'state:modified.contract', '+state:modified'];
  const told = select(now as Manifest, before as Manifest, ...criteria).warnings;
  expect(told.map((w) => w.name)).toEqual(['UnversionedBreakingChange']);
});

it('a type may change in its length', () => {
  const of = (type: string): Manifest =>
    manifestOf(
      model(['a'], {
        contract: { enforced: true, checksum: type },
        columns: { a: { name: 'a', data_type: type, constraints: [] } },
      }),
    );
  const selection = select(of('VARCHAR(10)'), of('varchar(3)'), 'state:modified.contract');
  expect([[...selection.ids], selection.warnings]).toEqual([['model.demo.plans'], []]);
  expect(select(of('text'), of('varchar'), 'state:modified.contract').warnings[0]?.message).toContain(
    'a (varchar -> text)',
  );
});

it('a seed above 1 MiB is known by its path, which is told', () => {
  const seed = (name: string, checksum: string): Manifest =>
    manifestOf({ ...makeNode({ name: 'big', resource_type: 'seed' }), checksum: { name, checksum } } as ManifestNode);
  const tell = (now: Manifest, before: Manifest): unknown => {
    const { ids, warnings } = select(now, before, 'state:modified.body');
    return [ids.size, warnings.map((w) => w.name).filter((name) => name.startsWith('Seed'))];
  };
  expect(tell(seed('path', 'seeds/a.csv'), seed('path', 'seeds/a.csv'))).toEqual([0, ['SeedExceedsLimitSamePath']]);
  expect(tell(seed('path', 'seeds/a.csv'), seed('path', 'b.csv'))).toEqual([1, ['SeedExceedsLimitAndPathChanged']]);
  expect(tell(seed('path', 'seeds/a.csv'), seed('sha256', 'x'))).toEqual([1, ['SeedIncreased']]);
  expect(tell(seed('sha256', 'x'), seed('sha256', 'x'))).toEqual([0, []]);
});
