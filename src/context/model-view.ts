import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';
import type { ResourceCopies } from './resource-copies.js';

type Fields = { [name: string]: unknown };

/** Parts of a node, a config and a column that are objects of dbt's own, not mappings of the user's. */
const PARTS = {
  node: ['docs', 'contract', 'checksum', 'test_metadata', 'freshness', 'refs', 'constraints', 'time_spine'],
  config: ['docs', 'contract', 'pre-hook', 'post-hook', 'snapshot_meta_column_names', 'freshness'],
  column: ['constraints', 'dimension', 'entity'],
} as const;

/** Jinja's `model`: a copy of the node without what is None in dbt's own objects, as dbt serialises it. */
export function modelView(node: ManifestNode, copies: ResourceCopies): Fields {
  const view = withParts(copies.resource(node), PARTS.node);
  view['config'] = withParts(view['config'] as object, PARTS.config);
  const columns: Fields = {};
  for (const [name, column] of Object.entries(view['columns'] as { [name: string]: object })) {
    columns[name] = withParts(column, PARTS.column);
  }
  view['columns'] = columns;
  if (node.resource_type === 'function') {
    view['arguments'] = node.arguments.map(withoutNull);
    view['returns'] = withoutNull(node.returns);
  }
  const compiled = (node as CompilableNode).compiled_code;
  if (compiled !== undefined && compiled !== null) view['compiled_sql'] = compiled;
  return view;
}

function withParts(object: object, parts: readonly string[]): Fields {
  const view = withoutNull(object);
  for (const name of parts) if (Object.hasOwn(view, name)) view[name] = part(view[name]);
  return view;
}

function part(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(part);
  return Object.fromEntries(Object.entries(withoutNull(value)).map(([key, item]) => [key, part(item)]));
}

function withoutNull(object: object): Fields {
  const out: Fields = {};
  for (const [name, value] of Object.entries(object)) if (value !== null && value !== undefined) out[name] = value;
  return out;
}

/** Jinja's `pre_hooks` or `post_hooks`. */
export function hookViews(node: ManifestNode, which: 'pre-hook' | 'post-hook'): Fields[] {
  if (node.resource_type === 'test') return [];
  return (node.config[which] ?? []).map(withoutNull);
}
