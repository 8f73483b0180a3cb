import type { UniqueId } from '../contracts/common.js';
import type { Graph } from './graph.js';

/**
 * Hands out the nodes of a graph, each once everything that it waits for is done, in dbt's order: first come, first
 * served; what becomes ready at the same moment by level, then by id.
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
  #taken = 0;
  #done = 0;

  /** @param graph A graph of exactly the nodes to hand out: `graph.subgraph(ids)`. */
  constructor(graph: Graph) {
    this.#graph = graph;
    this.#levels = graph.levels();
    for (const id of graph.ids) this.#open.set(id, graph.parents(id).length);
    this.#makeReady(graph.ids.filter((id) => this.#open.get(id) === 0));
  }

  /** Nodes not handed out yet. */
  get waiting(): number {
    return this.#graph.size - this.#taken;
  }

  /** Nodes handed out and not done. */
  get running(): number {
    return this.#taken - this.#done;
  }

  /** True when every node is done. */
  get finished(): boolean {
    return this.#done === this.#graph.size;
  }

  /** The next node that is not held back, or undefined when none is ready now. */
  take(isHeld: (id: UniqueId) => boolean = () => false): UniqueId | undefined {
    let at = this.#taken;
    while (at < this.#ready.length && isHeld(this.#ready[at] as UniqueId)) at += 1;
    const id = this.#ready[at];
    if (id === undefined) return undefined;
    if (at > this.#taken) {
      this.#ready.splice(at, 1);
      this.#ready.splice(this.#taken, 0, id);
    }
    this.#taken += 1;
    return id;
  }

  /** Reports a node as done, however it ended, and makes ready what waited for it alone. */
  done(id: UniqueId): void {
    this.#done += 1;
    const ready: UniqueId[] = [];
    for (const child of this.#graph.children(id)) {
      const open = (this.#open.get(child) ?? 0) - 1;
      this.#open.set(child, open);
      if (open === 0) ready.push(child);
    }
    this.#makeReady(ready);
  }

  #makeReady(ids: UniqueId[]): void {
    const level = (id: UniqueId): number => this.#levels.get(id) ?? 0;
    ids.sort((a, b) => level(a) - level(b) || (a < b ? -1 : 1));
    for (const id of ids) this.#ready.push(id);
  }
}
