import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';

type Fields = { [name: string]: unknown };

/** Jinja's `model`: a copy of the node without what is None, as dbt serialises it. */
export function modelView(node: ManifestNode): Fields {
  const view = withoutNull(node);
  view['config'] = withoutNull(node.config);
  const columns: Fields = {};
  for (const [name, column] of Object.entries(node.columns)) columns[name] = withoutNull(column);
  view['columns'] = columns;
  const compiled = (node as CompilableNode).compiled_code;
  if (compiled !== undefined && compiled !== null) view['compiled_sql'] = compiled;
  return view;
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
