import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DbtError } from '../../src/diagnostics/errors.js';
import { createGraph } from '../../src/graph/create-graph.js';
import type { Graph } from '../../src/graph/graph.js';
import { topologicalOrder } from '../../src/graph/topological-order.js';
import { manifestOf, randomManifest, seeded } from './random-manifest.js';

type Nodes = Record<string, string[]>;

const folder = join(dirname(fileURLToPath(import.meta.url)), '../cases/graph');
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;

const below = (graph: Graph, follow: (id: string) => Set<string>): Nodes =>
  Object.fromEntries(
    graph.ids.map((id) => [id, [...follow(id)].sort()] as const).filter(([, others]) => others.length > 0),
  );

describe('cycles as dbt reports them', () => {
  const cases = read<{ nodes: Nodes; message: string | null }[]>('cycles');
  it.each(cases.map((c, i) => [i, c] as const))('graph %i', (_i, { nodes, message }) => {
    if (message === null) {
      expect(createGraph(manifestOf(nodes)).size).toBe(Object.keys(nodes).length);
    } else {
      expect(caught(() => createGraph(manifestOf(nodes))).message).toBe(message);
    }
  });

  it('says where each step is made and what to do', () => {
    const nodes = { 'model.p.a': ['model.p.c'], 'model.p.b': ['model.p.a'], 'model.p.c': ['model.p.b'] };
    const error = caught(() => createGraph(manifestOf(nodes)));
    expect(error.code).toBe('graph-cycle');
    expect(error.diagnostic.span).toMatchObject({ file: 'models/a.sql', line: 1, column: 4 });
    expect(error.diagnostic.notes?.map((note) => note.message)).toEqual([
      'model.p.a depends on model.p.c',
      'model.p.b depends on model.p.a',
      'model.p.c depends on model.p.b',
    ]);
    expect(error.diagnostic.hint).toBe('Remove one of these references.');
  });

  it('counts further cycles, and knows a model that reads itself', () => {
    const two = { 'model.p.a': ['model.p.b'], 'model.p.b': ['model.p.a'], 'model.p.c': ['model.p.c'] };
    expect(caught(() => createGraph(manifestOf(two))).diagnostic.hint).toContain('There is 1 more cycle.');
    expect(caught(() => createGraph(manifestOf({ 'model.p.c': ['model.p.c'] }))).diagnostic.hint).toContain(
      '{{ this }}',
    );
  });

  it('finds a cycle of 20,000 nodes', () => {
    const nodes: Nodes = {};
    for (let i = 0; i < 20_000; i++) nodes[`model.p.m${i}`] = [`model.p.m${(i + 1) % 20_000}`];
    expect(caught(() => createGraph(manifestOf(nodes))).diagnostic.notes).toHaveLength(20_000);
  });
});

describe('what waits for what, as in dbt build', () => {
  const cases = read<{ nodes: Nodes; dependents: Nodes; selected: string[]; subset: Nodes }[]>('waits');
  it.each(cases.map((c, i) => [i, c] as const))('graph %i', (_i, { nodes, dependents, selected, subset }) => {
    const graph = createGraph(manifestOf(nodes), { testEdges: true });
    expect(below(graph, (id) => graph.dependents(id))).toEqual(dependents);
    const part = graph.subgraph(selected);
    expect([...part.ids].sort()).toEqual(selected);
    expect(below(part, (id) => part.descendants(id))).toEqual(subset);
  });
});

describe('a graph', () => {
  const random = seeded(7);
  const manifest = randomManifest(random, 200);
  const graph = createGraph(manifest);

  it('has parents and children that mirror each other', () => {
    for (const id of graph.ids) {
      expect(graph.parents(id)).toEqual([
        ...new Set((manifest.nodes[id] as unknown as { depends_on: { nodes: string[] } }).depends_on.nodes),
      ]);
      for (const parent of graph.parents(id)) expect(graph.children(parent)).toContain(id);
    }
  });

  it('walks up and down the same paths', () => {
    for (const id of graph.ids.slice(0, 60)) {
      for (const other of graph.descendants(id)) expect(graph.ancestors(other).has(id)).toBe(true);
      expect(graph.descendants(id, 1)).toEqual(new Set(graph.children(id)));
      expect(graph.descendants(id, 0).size).toBe(0);
      const twice = new Set([...graph.descendants(id, 1)].flatMap((child) => [child, ...graph.children(child)]));
      expect(graph.descendants(id, 2)).toEqual(twice);
    }
  });

  it('orders every subset after what it waits for', () => {
    for (let round = 0; round < 20; round++) {
      const ids = graph.ids.filter(() => random() < 0.5);
      const order = topologicalOrder(graph, ids);
      expect([...order].sort()).toEqual([...ids].sort());
      const at = new Map(order.map((id, i) => [id, i]));
      for (const id of ids) {
        for (const other of graph.ancestors(id)) {
          if (at.has(other)) expect(at.get(other)).toBeLessThan(at.get(id) as number);
        }
      }
    }
  });

  it('refuses ids that it does not have', () => {
    expect(() => graph.parents('model.p.nope')).toThrow("'model.p.nope' is not in the graph");
    expect(() => createGraph(manifestOf({ 'model.p.a': ['model.p.gone'] }))).toThrow('not in the manifest');
  });

  it('is built in little time for 6,000 nodes', () => {
    const manifest = randomManifest(seeded(1), 6_000, 6);
    const build = (): void => {
      const built = createGraph(manifest, { testEdges: true });
      built.subgraph(built.ids.filter((id) => id.startsWith('model.')));
    };
    // As a ratio to plain work done in turn with it, which a busy machine slows as well.
    const work = (): void => {
      const counts = new Map<number, number>();
      for (let i = 0; i < 5_000_000; i++) counts.set(i % 5_000, (counts.get(i % 5_000) ?? 0) + i);
    };
    const elapsed = (step: () => void): number => {
      const start = performance.now();
      step();
      return performance.now() - start;
    };
    const times = [0, 1].map(() => [elapsed(work), elapsed(build)] as const);
    expect(Math.min(...times.map((t) => t[1])) / Math.min(...times.map((t) => t[0]))).toBeLessThan(50);
  });
});

function caught(action: () => unknown): DbtError {
  try {
    action();
  } catch (error) {
    if (error instanceof DbtError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
