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

  const below = new Map<number, Set<number>>();
  function descendants(at: number): Set<number> {
    let found = below.get(at);
    if (found) return found;
    found = new Set();
    const stack = [at];
    for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
      for (const child of graph.children[current] ?? []) {
        if (!found.has(child)) {
          found.add(child);
          stack.push(child);
        }
      }
    }
    below.set(at, found);
    return found;
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
      const all = tested.map(descendants);
      collectTop(first, (at) => all.every((set) => set.has(at)), waiters, new Set());
    }
    for (const waiter of waiters) {
      (waiting[test] as number[]).push(waiter);
      (awaited[waiter] as number[]).push(test);
    }
  }
  return { awaited, waiting };
}
