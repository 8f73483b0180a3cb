import type { Relation } from '../adapters/base/relation.js';
import type { ManifestNode, ModelNode } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import { pyStr } from '../jinja/values.js';
import { materializationOf, materialize } from './materialize.js';
import type { NodeRun } from './node-runner.js';

/**
 * dbt 1.12's `latest_version_pointer`: beside the latest version of a model a view of the model's name that selects from
 * it. It is asked for by the model's config, or for all models by the flag `latest_version_pointer_enabled_by_default`.
 *
 * @returns What the view's materialization returned; undefined when there is no pointer.
 * @throws DbtError `pointer-collision` when the latest version has that name itself.
 */
export async function materializePointer(
  { session, context, connection }: NodeRun,
  node: ManifestNode,
  relations: readonly Relation[],
): Promise<unknown> {
  const [source] = relations;
  if (!source || !isPointedTo(node, session.invocation.config)) return undefined;
  const alias = await aliasOf(node, (name, args) => context.runMacro(name, args));
  const same = source.quotePolicy.identifier
    ? source.identifier === alias
    : source.identifier?.toLowerCase() === alias.toLowerCase();
  if (same) {
    throw new DbtError(
      'pointer-collision',
      `Cannot create latest version pointer: the latest version of '${node.name}' is already aliased to '${alias}'. ` +
        'Set `latest_version_pointer: enabled: false` or remove the conflicting alias.',
      { hint: "Give the pointer another 'alias', or the version." },
    );
  }
  const sql = `select * from ${String(source)}`;
  const pointer = {
    ...node,
    unique_id: `${node.unique_id}__latest_version_pointer`,
    alias,
    raw_code: sql,
    compiled_code: sql,
    config: { ...node.config, materialized: 'view', 'pre-hook': [], 'post-hook': [], persist_docs: {} },
  };
  return materialize(
    session.nodeContext(pointer, connection, context.threadId),
    materializationOf(session.macros, session.invocation.adapter, pointer),
  );
}

function isPointedTo(node: ManifestNode, config: RuntimeConfig): node is ModelNode {
  if (node.resource_type !== 'model' || node.version === null) return false;
  if (String(node.version) !== String(node.latest_version)) return false;
  const asked = settings(node)['enabled'] ?? config.flags.behavior['latest_version_pointer_enabled_by_default'];
  return asked === true;
}

async function aliasOf(
  node: ModelNode,
  run: (macro: string, args: { [name: string]: unknown }) => Promise<unknown>,
): Promise<string> {
  const { alias } = settings(node);
  const custom = typeof alias === 'string' && alias.trim() !== '' ? alias.trim() : null;
  return pyStr(await run('generate_latest_version_pointer_alias', { custom_alias_name: custom, node })).trim();
}

/** `latest_version_pointer: {enabled, alias}`, or true or false for short. */
function settings({ config }: ModelNode): { readonly [key: string]: unknown } {
  const written = config['latest_version_pointer'];
  if (typeof written === 'boolean') return { enabled: written };
  return typeof written === 'object' && written !== null ? (written as { [key: string]: unknown }) : {};
}
