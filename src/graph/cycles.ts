import { createRequire } from 'node:module';
import type * as Graphlib from '@dagrejs/graphlib';
import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import { DbtError, type DiagnosticNote } from '../diagnostics/errors.js';
import { positionAt, type SourceSpan } from '../diagnostics/span.js';
import type { GraphData } from './graph.js';

/** Above this many nodes in circles the count of separate circles is not worth its time (graphlib recurses). */
const MOST_COUNTED = 2_000;

/**
 * The error for a graph that is not acyclic, or undefined for one that is. The path begins where dbt's does (a depth
 * first search in the order in which nodes and edges were added), each arrow pointing from a node to one that
 * depends on it; the notes name, for each step, the file that makes it.
 */
export function cycleError(graph: GraphData, manifest: Manifest): DbtError | undefined {
  const left = unordered(graph);
  if (left.size === 0) return undefined;
  const path = firstCycle(graph).map((at) => graph.ids[at] as UniqueId);
  const notes: DiagnosticNote[] = path.map((id, i) => {
    const parent = path[(i + path.length - 1) % path.length] as UniqueId;
    const span = placeOf(id, parent, manifest);
    return { message: id === parent ? `${id} depends on itself` : `${id} depends on ${parent}`, ...(span && { span }) };
  });
  const others = left.size > MOST_COUNTED ? 0 : countCycles(graph, left) - 1;
  const last = notes[0]?.span;
  return new DbtError('graph-cycle', `Found a cycle: ${path.join(' --> ')}`, {
    ...(last && { span: last }),
    hint:
      path.length === 1
        ? 'Use {{ this }} to read the relation that the model itself builds.'
        : `Remove one of these references.${others > 0 ? ` There ${others === 1 ? 'is 1 more cycle' : `are ${others} more cycles`}.` : ''}`,
    notes,
    uniqueId: path[0] as UniqueId,
  });
}

/** The nodes that no topological order can place: those in cycles, between them and below them. */
function unordered(graph: GraphData): ReadonlySet<number> {
  const open = graph.parents.map((edges) => edges.length);
  const order: number[] = [];
  for (let i = 0; i < open.length; i++) if (open[i] === 0) order.push(i);
  for (let next = 0; next < order.length; next++) {
    for (const child of graph.children[order[next] as number] ?? []) {
      open[child] = (open[child] as number) - 1;
      if (open[child] === 0) order.push(child);
    }
  }
  const left = new Set<number>();
  if (order.length < open.length) for (let i = 0; i < open.length; i++) if (open[i] !== 0) left.add(i);
  return left;
}

function firstCycle(graph: GraphData): number[] {
  const done = new Uint8Array(graph.ids.length);
  const active = new Uint8Array(graph.ids.length);
  for (let start = 0; start < graph.ids.length; start++) {
    if (done[start]) continue;
    const path = [start];
    const nextEdge = [0];
    active[start] = 1;
    while (path.length > 0) {
      const at = path[path.length - 1] as number;
      const child = graph.children[at]?.[nextEdge[nextEdge.length - 1] as number];
      if (child === undefined) {
        path.pop();
        nextEdge.pop();
        active[at] = 0;
        done[at] = 1;
        continue;
      }
      nextEdge[nextEdge.length - 1] = (nextEdge[nextEdge.length - 1] as number) + 1;
      if (active[child]) return path.slice(path.indexOf(child));
      if (done[child]) continue;
      path.push(child);
      nextEdge.push(0);
      active[child] = 1;
    }
  }
  return [];
}

function countCycles(graph: GraphData, left: ReadonlySet<number>): number {
  // Loaded only here: a project without a cycle does not need it.
  const { alg, Graph: GeneralGraph } = createRequire(import.meta.url)('@dagrejs/graphlib') as typeof Graphlib;
  const general = new GeneralGraph();
  for (const at of left) {
    for (const child of graph.children[at] ?? []) if (left.has(child)) general.setEdge(String(at), String(child));
  }
  return alg.findCycles(general).length;
}

/** Where in the file of `id` its parent is referred to; the file's first character when the text does not show it. */
function placeOf(id: UniqueId, parent: UniqueId, manifest: Manifest): SourceSpan | undefined {
  const node = manifest.nodes[id] ?? manifest.metrics[id] ?? manifest.functions[id];
  if (!node) return undefined;
  const file = node.original_file_path;
  const text = 'raw_code' in node && typeof node.raw_code === 'string' ? node.raw_code : '';
  const name = manifest.nodes[parent]?.name;
  if (name !== undefined) {
    const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`\\bref\\s*\\([^)]*?(['"])${quoted}\\1[^)]*\\)`).exec(text);
    if (found) {
      const start = positionAt(text, found.index);
      const end = positionAt(text, found.index + found[0].length);
      return { file, ...start, endLine: end.line, endColumn: end.column };
    }
  }
  return { file, line: 1, column: 1 };
}
