import type { UniqueId } from '../contracts/common.js';
import type { ManifestBuilder } from './manifest-builder.js';
import type { NodeDraft } from './nodes/draft.js';

/** Gives each model the columns that identify its rows, as far as its constraints and tests tell. */
export function inferPrimaryKeys(builder: ManifestBuilder): void {
  const tests = new Map<UniqueId, NodeDraft[]>();
  const note = (node: NodeDraft): void => {
    if (!node.attached_node || !node.test_metadata) return;
    const list = tests.get(node.attached_node);
    if (list) list.push(node);
    else tests.set(node.attached_node, [node]);
  };
  for (const { node } of builder.nodes.values()) note(node);
  for (const entries of builder.disabled.values()) for (const { node } of entries) note(node);
  for (const { node } of builder.nodes.values()) {
    if (node.resource_type === 'model') node.primary_key = [...inferred(node, tests.get(node.unique_id) ?? [])].sort();
  }
}

function inferred(node: NodeDraft, tests: readonly NodeDraft[]): Iterable<string> {
  const constraint = node.constraints?.find((c) => c.type === 'primary_key');
  if (constraint) return constraint.columns ?? [];
  for (const [name, column] of Object.entries(node.columns)) {
    if (column.constraints.some((c) => c.type === 'primary_key')) return [name];
  }
  const unique = new Set<string>();
  const disabledUnique = new Set<string>();
  const notNull = new Set<string>();
  for (const test of tests) {
    const { name, kwargs } = test.test_metadata ?? { name: '', kwargs: {} };
    for (const column of columnsOf(kwargs)) {
      if (name === 'unique' || name === 'unique_combination_of_columns') {
        (test.config['enabled'] === false ? disabledUnique : unique).add(column);
      } else if (name === 'not_null') notNull.add(column);
    }
  }
  const both = [...notNull].filter((column) => unique.has(column) || disabledUnique.has(column));
  if (both.length > 0) return both;
  return unique.size > 0 ? unique : disabledUnique;
}

function columnsOf(kwargs: { readonly [name: string]: unknown }): string[] {
  if (typeof kwargs['column_name'] === 'string') return [kwargs['column_name']];
  const combination = kwargs['combination_of_columns'];
  return Array.isArray(combination) ? combination.filter((c): c is string => typeof c === 'string') : [];
}
