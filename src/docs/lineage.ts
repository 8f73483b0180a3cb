import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import { createGraph } from '../graph/create-graph.js';
import type { Graph } from '../graph/graph.js';
import { topologicalOrder } from '../graph/topological-order.js';

export type LineageFormat = 'text' | 'mermaid' | 'json';

interface LineageNode {
  readonly unique_id: UniqueId;
  readonly resource_type: string;
  readonly package_name: string;
  readonly name: string;
  readonly original_file_path: string;
}

/**
 * Prints how the selected nodes depend on each other: a tree for a terminal, a Mermaid flowchart or JSON. Two selected
 * nodes are joined also when what lies between them is not selected. Ends without a newline.
 *
 * @throws DbtError `graph-cycle`
 */
export function renderLineage(manifest: Manifest, selection: ReadonlySet<UniqueId>, format: LineageFormat): string {
  const graph = createGraph(manifest).subgraph(selection);
  const order = topologicalOrder(graph);
  const nodes = new Map(order.map((id) => [id, resourceOf(manifest, id)]));
  switch (format) {
    case 'text':
      return textTree(graph, order, nodes);
    case 'mermaid':
      return mermaid(graph, order, nodes);
    case 'json':
      return json(graph, order, nodes);
  }
}

/** Each node stands under each of its parents; what is below it is drawn the first time only. */
function textTree(graph: Graph, order: readonly UniqueId[], nodes: ReadonlyMap<UniqueId, LineageNode>): string {
  const lines: string[] = [];
  const drawn = new Set<UniqueId>();
  const rank = new Map(order.map((id, i) => [id, i]));
  // By hand and not by recursion: a chain of models may be longer than the stack.
  const stack = order
    .filter((id) => graph.parents(id).length === 0)
    .map((id) => ({ id, lead: '', branch: '', below: '' }))
    .reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { id, lead, branch, below } = next;
    const children = graph.children(id).sort((a, b) => rank.get(a)! - rank.get(b)!);
    const again = drawn.has(id) && children.length > 0;
    lines.push(`${lead}${branch}${labelOf(nodes.get(id) as LineageNode)}${again ? ' (above)' : ''}`);
    if (drawn.has(id)) continue;
    drawn.add(id);
    for (const [i, child] of [...children.entries()].reverse()) {
      const last = i === children.length - 1;
      stack.push({ id: child, lead: lead + below, branch: last ? '└── ' : '├── ', below: last ? '    ' : '│   ' });
    }
  }
  return lines.join('\n');
}

const CLASSES: Readonly<Record<string, string>> = {
  source: 'fill:#d9f2e3,stroke:#2f9e63,color:#10331f',
  seed: 'fill:#e6f4d7,stroke:#6b9e2f,color:#22330f',
  model: 'fill:#dbeafe,stroke:#3b74d1,color:#10254a',
  snapshot: 'fill:#e0e7ff,stroke:#5b5bd6,color:#1e1e52',
  test: 'fill:#f1f3f5,stroke:#868e96,color:#212529',
  exposure: 'fill:#ffe8d6,stroke:#d9772b,color:#4a2608',
};

function mermaid(graph: Graph, order: readonly UniqueId[], nodes: ReadonlyMap<UniqueId, LineageNode>): string {
  const short = new Map(order.map((id, i) => [id, `n${i}`]));
  const lines = ['flowchart LR'];
  const used = new Set<string>();
  for (const [id, node] of nodes) {
    const known = Object.hasOwn(CLASSES, node.resource_type);
    if (known) used.add(node.resource_type);
    lines.push(`  ${short.get(id)}["${mermaidText(labelOf(node))}"]${known ? `:::${node.resource_type}` : ''}`);
  }
  for (const id of order) {
    for (const child of graph.children(id)) lines.push(`  ${short.get(id)} --> ${short.get(child)}`);
  }
  for (const name of used) lines.push(`  classDef ${name} ${CLASSES[name]}`);
  return lines.join('\n');
}

/** Mermaid reads `#code;` in a quoted label as a character; everything but plain text is written so. */
function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M} _.,:()/-]/gu, (char) => (/\s/.test(char) ? ' ' : `#${char.codePointAt(0)};`));
}

function json(graph: Graph, order: readonly UniqueId[], nodes: ReadonlyMap<UniqueId, LineageNode>): string {
  const edges = order.flatMap((from) => graph.children(from).map((to) => ({ from, to })));
  return JSON.stringify({ nodes: [...nodes.values()], edges }, null, 2);
}

function labelOf(node: LineageNode): string {
  return node.resource_type === 'model' ? node.name : `${node.resource_type}:${node.name}`;
}

function resourceOf(manifest: Manifest, id: UniqueId): LineageNode {
  const { sources, nodes, exposures, metrics, semantic_models, saved_queries, unit_tests, functions } = manifest;
  for (const part of [nodes, exposures, metrics, semantic_models, saved_queries, unit_tests, functions]) {
    if (!Object.hasOwn(part, id)) continue;
    const node = part[id] as LineageNode & { readonly version?: string | number | null };
    return pick(node, node.version == null ? node.name : `${node.name}.v${node.version}`);
  }
  const source = sources[id];
  return source
    ? pick(source, `${source.source_name}.${source.name}`)
    : { unique_id: id, resource_type: 'unknown', package_name: '', name: id, original_file_path: '' };
}

function pick(node: LineageNode, name: string): LineageNode {
  const { unique_id, resource_type, package_name, original_file_path } = node;
  return { unique_id, resource_type, package_name, name, original_file_path };
}
