import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import { InternalError } from '../diagnostics/errors.js';
import { cycleError } from './cycles.js';
import { Graph } from './graph.js';
import { testEdges } from './test-edges.js';

export interface GraphOptions {
  /** Adds dbt's test edges: what is downstream of a tested node waits for its tests. Only `build` has them. */
  readonly testEdges?: boolean;
}

interface Linked {
  readonly unique_id: UniqueId;
  readonly depends_on?: { readonly nodes?: readonly UniqueId[] };
}

/**
 * Builds the graph of everything in a manifest that can be selected. Follows dbt in what is linked and in which order
 * (the order shows in the report of a cycle).
 *
 * @throws DbtError `graph-cycle` when nodes depend on each other in a circle.
 */
export function createGraph(manifest: Manifest, options: GraphOptions = {}): Graph {
  const ids: UniqueId[] = [];
  const position = new Map<UniqueId, number>();
  const parents: number[][] = [];
  const children: number[][] = [];
  const known: readonly { readonly [id: UniqueId]: unknown }[] = [
    manifest.nodes,
    manifest.sources,
    manifest.metrics,
    manifest.semantic_models,
    manifest.functions,
  ];

  function add(id: UniqueId): number {
    const existing = position.get(id);
    if (existing !== undefined) return existing;
    const at = ids.length;
    position.set(id, at);
    ids.push(id);
    parents.push([]);
    children.push([]);
    return at;
  }

  function link(node: Linked): void {
    const at = add(node.unique_id);
    const needed = node.depends_on?.nodes;
    if (!needed) return;
    for (const parent of needed.length > 1 ? new Set(needed) : needed) {
      if (!known.some((part) => Object.hasOwn(part, parent))) {
        throw new InternalError(`'${node.unique_id}' depends on '${parent}', which is not in the manifest`);
      }
      const from = add(parent);
      (parents[at] as number[]).push(from);
      (children[from] as number[]).push(at);
    }
  }

  for (const id of Object.keys(manifest.sources)) add(id);
  for (const part of [
    manifest.nodes,
    manifest.semantic_models,
    manifest.exposures,
    manifest.functions,
    manifest.metrics,
    manifest.unit_tests,
    manifest.saved_queries,
  ]) {
    for (const node of Object.values(part)) link(node as Linked);
  }

  const cycle = cycleError({ ids, parents, children }, manifest);
  if (cycle) throw cycle;
  if (!options.testEdges) return new Graph({ ids, parents, children });
  return new Graph({ ids, parents, children, ...testEdges({ ids, parents, children }, position, manifest) });
}
