import { describe, expect, it } from 'vitest';
import type { ResourceType } from '../../src/contracts/common.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { GraphQueue } from '../../src/graph/queue.js';
import { selectNodes } from '../../src/graph/selector/select-nodes.js';
import { topologicalOrder } from '../../src/graph/topological-order.js';
import { builds, manifest, type RecordedBuild } from './select-cases.js';

const BUILT: readonly ResourceType[] = ['model', 'seed', 'snapshot', 'test', 'saved_query', 'exposure', 'function'];

const graph = createGraph(manifest, { testEdges: true });
const isEphemeral = (id: string): boolean => manifest.nodes[id]?.config.materialized === 'ephemeral';

/** The order on one thread and what is skipped, given which tests fail. */
function simulate(build: RecordedBuild): { order: string[]; skipped: string[] } {
  const failing = new Set(build.results.filter((r) => r.status === 'fail').map((r) => r.id));
  const { ids } = selectNodes({
    manifest,
    graph,
    select: build.select,
    exclude: build.exclude ?? [],
    resourceTypes: BUILT,
  });
  const queue = new GraphQueue(graph.subgraph(ids));
  const order: string[] = [];
  const skipped = new Set<string>();
  for (let id = queue.take(); id !== undefined; id = queue.take()) {
    order.push(id);
    if (failing.has(id)) for (const dependent of graph.dependents(id)) skipped.add(dependent);
    queue.done(id);
  }
  expect(queue.finished).toBe(true);
  return { order, skipped: order.filter((id) => skipped.has(id)) };
}

const title = ({ results: _results, ...rest }: RecordedBuild): string => JSON.stringify(rest);

describe('the order of dbt build', () => {
  it.each(builds.map((build) => [title(build), build] as const))('%s', (_title, build) => {
    const { order, skipped } = simulate(build);
    // dbt runs a unit test with its model, not as a node of its own, and has no result for an ephemeral model.
    const recorded = build.results.filter((r) => !r.id.startsWith('unit_test.'));
    const expected = recorded.map((r) => r.id).filter((id) => !isEphemeral(id));
    expect(order.filter((id) => !isEphemeral(id))).toEqual(expected);
    const expectedSkips = recorded.filter(
      (r) => r.status === 'skipped' || (r.status === 'error' && skipped.includes(r.id)),
    );
    expect(skipped.filter((id) => !isEphemeral(id))).toEqual(
      expectedSkips.map((r) => r.id).filter((id) => !isEphemeral(id)),
    );
  });

  it('is what topologicalOrder gives', () => {
    const all = builds[0] as RecordedBuild;
    const { ids } = selectNodes({ manifest, graph, resourceTypes: BUILT });
    expect(topologicalOrder(graph, ids)).toEqual(simulate(all).order);
  });
});
