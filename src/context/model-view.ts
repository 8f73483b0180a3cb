import type { CompilableNode, Macro, ManifestNode } from '../contracts/nodes.js';
import { batchView } from './batch.js';
import type { ResourceCopies } from './resource-copies.js';

type Fields = { [name: string]: unknown };

/** Parts of a node, a config and a column that are objects of dbt's own, not mappings of the user's. */
const PARTS = {
  node: ['docs', 'contract', 'checksum', 'test_metadata', 'freshness', 'refs', 'constraints', 'time_spine'],
  config: ['docs', 'contract', 'pre-hook', 'post-hook', 'snapshot_meta_column_names', 'freshness'],
  column: ['constraints', 'dimension', 'entity'],
  macro: ['docs', 'arguments'],
} as const;

/** Configs that dbt knows and that may be null: a null of another name is the user's own, and stays. */
const CONFIGS = new Set(
  (
    'alias batch_size begin check_cols concurrent_batches database dbt_valid_to_current event_time freshness full_refresh ' +
    'group hard_deletes incremental_strategy invalidate_hard_deletes limit loaded_at_field loaded_at_query quote_columns ' +
    'schema sql_header static_analysis store_failures store_failures_as strategy target_database target_schema unique_key ' +
    'updated_at where'
  ).split(' '),
);

/**
 * Jinja's `model`: the node without what is None in dbt's own objects, as dbt serialises it. Of a node that runs it is a
 * copy; one that is being parsed is not in any manifest yet.
 */
export function modelView(node: object, copies: ResourceCopies | null = null): Fields {
  const own = (copies?.resource(node) ?? node) as Partial<ManifestNode>;
  const { config, columns } = own;
  const view = withParts(own, PARTS.node);
  if (config) view['config'] = withParts(config, PARTS.config, (name) => CONFIGS.has(name));
  if (columns) {
    const views = Object.entries(columns).map(([name, column]) => [name, withParts(column, PARTS.column)]);
    view['columns'] = Object.fromEntries(views);
  }
  if (own.resource_type === 'function') {
    view['arguments'] = part(own.arguments);
    view['returns'] = part(own.returns);
  }
  if (own.resource_type === 'model' && own.batch) view['batch'] = batchView(own.batch);
  const compiled = (node as CompilableNode).compiled_code;
  if (compiled !== undefined && compiled !== null) view['compiled_sql'] = compiled;
  return view;
}

/** Jinja's `model` in a macro that no node calls: the macro itself. */
export function macroView(macro: Macro): Fields {
  return withParts(macro, PARTS.macro);
}

function withParts(object: object, parts: readonly string[], isOurs?: (name: string) => boolean): Fields {
  const view = withoutNull(object, isOurs);
  for (const name of parts) if (Object.hasOwn(view, name)) view[name] = part(view[name]);
  return view;
}

function part(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(part);
  return Object.fromEntries(Object.entries(withoutNull(value)).map(([key, item]) => [key, part(item)]));
}

function withoutNull(object: object, isOurs: (name: string) => boolean = () => true): Fields {
  const out: Fields = {};
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined || (value === null && isOurs(name))) continue;
    out[name] = value;
  }
  return out;
}

/** Jinja's `pre_hooks` or `post_hooks`. */
export function hookViews(
  node: Pick<ManifestNode, 'resource_type' | 'config'>,
  which: 'pre-hook' | 'post-hook',
): Fields[] {
  if (node.resource_type === 'test') return [];
  return (node.config?.[which] ?? []).map((hook) => withoutNull(hook));
}
