import type { UniqueId } from '../contracts/common.js';
import type { Graph } from './graph.js';
import { GraphQueue } from './queue.js';

/**
 * The given nodes (default: all), each after everything of them that it waits for, in the order in which dbt runs them
 * on one thread.
 */
export function topologicalOrder(graph: Graph, ids?: Iterable<UniqueId>): UniqueId[] {
  const queue = new GraphQueue(graph.subgraph(ids ?? graph.ids));
  const order: UniqueId[] = [];
  for (let id = queue.take(); id !== undefined; id = queue.take()) {
    order.push(id);
    queue.done(id);
  }
  return order;
}
