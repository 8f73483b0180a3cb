import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { TestNode } from '../contracts/nodes.js';
import type { GraphData } from './graph.js';

/**
 * The edges by which `build` makes nodes wait for tests: a node waits for a test when everything that the test reads
 * is upstream of the node. As dbt has it, a test of two models therefore does not hold up what is downstream of only
 * one of them.
 *
 * Only the topmost nodes of those that wait get an edge; what is below them waits anyway. dbt links every one, with
 * the same effect.
 */
export function testEdges(
  graph: GraphData,
  position: ReadonlyMap<UniqueId, number>,
  manifest: Manifest,
): { awaited: number[][]; waiting: number[][] } {
  const awaited: number[][] = graph.ids.map(() => []);
  const waiting: number[][] = graph.ids.map(() => []);
  const runs = graph.ids.map((id) => {
    const node = Object.hasOwn(manifest.nodes, id) ? manifest.nodes[id] : undefined;
    return node !== undefined && node.resource_type !== 'test';
  });

  /** The first nodes at or below `at`, on each way down, that run and satisfy `accept`. */
  function collectTop(at: number, accept: (at: number) => boolean, into: Set<number>, seen: Set<number>): void {
    const stack = [at];
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      for (const child of graph.children[current] ?? []) {
        if (seen.has(child)) continue;
        seen.add(child);
        if (runs[child] && accept(child)) into.add(child);
        else stack.push(child);
      }
    }
  }

  // By how many of a test's nodes each node has been reached, and in which search it was seen last. Numbers only grow, so
  // nothing has to be cleared between tests.
  const reachedBy = new Int32Array(graph.ids.length);
  const seenIn = new Int32Array(graph.ids.length);
  let search = 0;
  let base = 0;

  /** Marks what is below all of the nodes; `base + count` in `reachedBy` stands for that. */
  function markBelowAll(nodes: readonly number[]): void {
    base += nodes.length + 1;
    for (const [i, start] of nodes.entries()) {
      search += 1;
      const stack = [start];
      for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
        for (const child of graph.children[current] ?? []) {
          if (seenIn[child] === search) continue;
          seenIn[child] = search;
          if (i === 0 || reachedBy[child] === base + i) reachedBy[child] = base + i + 1;
          stack.push(child);
        }
      }
    }
  }

  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type !== 'test') continue;
    const test = position.get(node.unique_id) as number;
    const tested = [...new Set((node as TestNode).depends_on.nodes)].map((id) => position.get(id) as number);
    const first = tested[0];
    if (first === undefined) continue;
    const waiters = new Set<number>();
    if (tested.length === 1) {
      collectTop(first, () => true, waiters, new Set());
    } else {
      markBelowAll(tested);
      const all = base + tested.length;
      collectTop(first, (at) => reachedBy[at] === all, waiters, new Set());
    }
    for (const waiter of waiters) {
      (waiting[test] as number[]).push(waiter);
      (awaited[waiter] as number[]).push(test);
    }
  }
  return { awaited, waiting };
}
