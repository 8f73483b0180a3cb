import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { DeferRelation, ManifestNode } from '../contracts/nodes.js';

const REFERABLE: readonly string[] = ['model', 'seed', 'snapshot'];

/**
 * A manifest whose models, seeds and snapshots know the relation that they have in another manifest, under `defer_relation`. What is
 * ephemeral there, or not there, gets none: dbt's `merge_from_artifact`.
 */
export function deferTo(manifest: Manifest, other: Manifest): Manifest {
  const nodes: { [id: UniqueId]: ManifestNode } = { ...manifest.nodes };
  for (const [id, there] of Object.entries(other.nodes)) {
    const here = nodes[id];
    if (!here || !REFERABLE.includes(there.resource_type) || there.config['materialized'] === 'ephemeral') continue;
    nodes[id] = { ...here, defer_relation: relationIn(there) };
  }
  return { ...manifest, nodes };
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
