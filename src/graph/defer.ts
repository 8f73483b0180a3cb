import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { DeferFunction, DeferRelation, FunctionNode, ManifestNode } from '../contracts/nodes.js';

const REFERABLE: readonly string[] = ['model', 'seed', 'snapshot'];

/**
 * A manifest whose models, seeds and snapshots know the relation that they have in another manifest, under `defer_relation`, and whose
 * functions know theirs under `defer_function`. What is ephemeral there, or not there, gets none: dbt's `merge_from_artifact`.
 */
export function deferTo(manifest: Manifest, other: Manifest): Manifest {
  const nodes: { [id: UniqueId]: ManifestNode } = { ...manifest.nodes };
  for (const [id, there] of Object.entries(other.nodes)) {
    const here = nodes[id];
    if (!here || !REFERABLE.includes(there.resource_type) || there.config['materialized'] === 'ephemeral') continue;
    nodes[id] = { ...here, defer_relation: relationIn(there) };
  }
  const functions: { [id: UniqueId]: FunctionNode } = { ...manifest.functions };
  // dbt before 1.11 knows no functions.
  for (const [id, there] of Object.entries(other.functions ?? {})) {
    const here = functions[id];
    if (here) functions[id] = { ...here, defer_function: functionIn(there) };
  }
  return { ...manifest, nodes, functions };
}

/** The manifest as it is written: where nodes are deferred to belongs to one command only. */
export function withoutDeferral(manifest: Manifest): Manifest {
  const { nodes, functions } = manifest;
  const deferred = (node: ManifestNode): boolean => 'defer_relation' in node || 'defer_function' in node;
  if (![...Object.values(nodes), ...Object.values(functions)].some(deferred)) return manifest;
  const own = <T extends ManifestNode>(all: { readonly [id: UniqueId]: T }): { readonly [id: UniqueId]: T } =>
    Object.fromEntries(
      Object.entries(all).map(([id, node]) => {
        const { defer_relation: _relation, defer_function: _function, ...rest } = node as T & FunctionNode;
        return [id, rest as unknown as T];
      }),
    );
  return { ...manifest, nodes: own(nodes), functions: own(functions) };
}

function functionIn(node: FunctionNode): DeferFunction {
  const { database, schema, alias, resource_type, name, description, meta, tags, config, returns } = node;
  const compiled_code = node.compiled_code ?? null;
  return {
    database,
    schema,
    alias,
    arguments: node.arguments,
    returns,
    resource_type,
    name,
    description,
    compiled_code,
    meta,
    tags,
    config,
  };
}

function relationIn(node: ManifestNode): DeferRelation {
  const { database, schema, alias, relation_name, resource_type, name, description, meta, tags, config } = node;
  const compiled_code = (node as { compiled_code?: string | null }).compiled_code ?? null;
  return {
    database,
    schema,
    alias,
    relation_name,
    resource_type,
    name,
    description,
    compiled_code,
    meta,
    tags,
    config,
  };
}
