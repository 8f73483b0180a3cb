import type { Relation } from '../adapters/base/relation.js';
import { isEphemeralModel } from '../compiler/compile-node.js';
import { storesFailures } from '../compiler/store-failures.js';
import type { NodeConnection } from '../context/node-connection.js';
import { relationOf } from '../context/relations.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { Flags } from '../contracts/flags.js';
import type { ManifestNode } from '../contracts/nodes.js';

/** Whether a node maps to a relation in the database. */
export function isRelational(node: ManifestNode, flags: Flags): boolean {
  if (node.resource_type === 'test') return storesFailures(node, flags);
  return node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot';
}

/** The schemas of nodes, each once, as relations without a name. */
export function schemasOf(session: RuntimeSession, nodes: Iterable<ManifestNode>): Relation[] {
  const { flags } = session.invocation.config;
  const found = new Map<string, Relation>();
  for (const node of nodes) {
    const placed = isRelational(node, flags) || node.resource_type === 'function';
    if (!placed || isEphemeralModel(node)) continue;
    const key = JSON.stringify([node.database, node.schema]);
    if (!found.has(key)) found.set(key, schemaOf(session, node));
  }
  return [...found.values()];
}

/** The schemas in which nodes are in the environment that is deferred to. */
export function deferredSchemas(session: RuntimeSession, nodes: Iterable<ManifestNode>): Relation[] {
  const found = new Map<string, Relation>();
  for (const { defer_relation: there } of nodes) {
    if (there) found.set(JSON.stringify([there.database, there.schema]), schemaOf(session, there));
  }
  return [...found.values()];
}

function schemaOf({ invocation }: RuntimeSession, place: Parameters<typeof relationOf>[1]): Relation {
  return relationOf(invocation, place).withoutIdentifier();
}

/** Creates the schemas that are not there yet; names are compared without regard to case, as in dbt. */
export async function createSchemas(
  session: RuntimeSession,
  connection: NodeConnection,
  schemas: readonly Relation[],
  tell: (relation: Relation) => void = () => {},
): Promise<void> {
  const call = session.adapterCall(connection, null);
  const { adapter } = session.invocation;
  const existing = new Map<string, Set<string>>();
  for (const schema of schemas) {
    const database = schema.include({ schema: false, identifier: false }).render();
    let names = existing.get(database);
    if (!names) {
      names = new Set((await adapter.listSchemas(call, database)).map((name) => name.toLowerCase()));
      existing.set(database, names);
    }
    const name = schema.schema;
    if (name === null || names.has(name.toLowerCase())) continue;
    names.add(name.toLowerCase());
    tell(schema);
    await adapter.createSchema(call, schema);
  }
}

/** Fills the cache of relations: the schemas of all nodes, or of the selected ones with `--cache-selected-only`. */
export async function populateCache(
  session: RuntimeSession,
  connection: NodeConnection,
  selected: readonly Relation[],
  others: readonly Relation[] = [],
): Promise<void> {
  const { adapter, config } = session.invocation;
  if (!config.flags.populate_cache) return;
  const own = config.flags.cache_selected_only ? selected : schemasOf(session, Object.values(session.manifest.nodes));
  const all = [...own, ...others];
  const schemas = all.flatMap((r) => (r.schema === null ? [] : [{ database: r.database ?? '', schema: r.schema }]));
  await adapter.populateCache(session.adapterCall(connection, null), schemas);
}
