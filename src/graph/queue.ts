import type { UniqueId } from '../contracts/common.js';
import type { Graph } from './graph.js';

/**
 * Hands out the nodes of a graph, each once everything that it waits for is done; among those that are ready in
 * dbt's order: lower level first, then by id.
 *
 * ```ts
 * const queue = new GraphQueue(graph.subgraph(selection.ids));
 * for (let id = queue.take(); id !== undefined; id = queue.take()) start(id).finally(() => queue.done(id));
 * ```
 */
export class GraphQueue {
  readonly #graph: Graph;
  readonly #levels: ReadonlyMap<UniqueId, number>;
  readonly #open = new Map<UniqueId, number>();
  readonly #ready: UniqueId[] = [];
  #left: number;
  #running = 0;

  /** @param graph A graph of exactly the nodes to hand out: `graph.subgraph(ids)`. */
  constructor(graph: Graph) {
    this.#graph = graph;
    this.#levels = graph.levels();
    this.#left = graph.size;
    for (const id of graph.ids) {
      const parents = graph.parents(id).length;
      this.#open.set(id, parents);
      if (parents === 0) this.#push(id);
    }
  }

  /** Nodes not handed out yet. */
  get waiting(): number {
    return this.#left - this.#running;
  }

  /** Nodes handed out and not done. */
  get running(): number {
    return this.#running;
  }

  /** True when every node is done. */
  get finished(): boolean {
    return this.#left === 0;
  }

  /** The next node, or undefined when none is ready now. */
  take(): UniqueId | undefined {
    const id = this.#pop();
    if (id !== undefined) this.#running += 1;
    return id;
  }

  /** Reports a node as done, however it ended, and makes ready what waited for it alone. */
  done(id: UniqueId): void {
    this.#running -= 1;
    this.#left -= 1;
    for (const child of this.#graph.children(id)) {
      const open = (this.#open.get(child) ?? 0) - 1;
      this.#open.set(child, open);
      if (open === 0) this.#push(child);
    }
  }

  #before(a: UniqueId, b: UniqueId): boolean {
    const difference = (this.#levels.get(a) ?? 0) - (this.#levels.get(b) ?? 0);
    return difference < 0 || (difference === 0 && a < b);
  }

  // A binary heap.
  #push(id: UniqueId): void {
    const heap = this.#ready;
    let at = heap.length;
    heap.push(id);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#before(id, heap[up] as UniqueId)) break;
      heap[at] = heap[up] as UniqueId;
      at = up;
    }
    heap[at] = id;
  }

  #pop(): UniqueId | undefined {
    const heap = this.#ready;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as UniqueId, heap[child] as UniqueId)) child += 1;
      if (!this.#before(heap[child] as UniqueId, last)) break;
      heap[at] = heap[child] as UniqueId;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
