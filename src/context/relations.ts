import { ephemeralRelation as makeEphemeral, Relation } from '../adapters/base/relation.js';
import { changePolicy } from '../adapters/base/relation-path.js';
import { RelationClass } from '../adapters/base/relation-view.js';
import type { Adapter } from '../adapters/base/adapter.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { InternalError } from '../diagnostics/errors.js';
import type { Invocation } from './invocation.js';

type Named = Pick<ManifestNode, 'database' | 'schema' | 'name'> & { readonly alias?: string; readonly config?: ManifestNode['config'] };

/** The relation of a node, with the project's quoting and the node's own over it. */
export function relationOf(
  { adapter, config }: Pick<Invocation, 'adapter' | 'config'>,
  node: Named,
  options: { readonly limit?: boolean } = {},
): Relation {
  const { kind, quoting } = relationClass(adapter);
  return new Relation(kind, {
    path: { database: node.database, schema: node.schema, identifier: node.alias ?? node.name },
    quotePolicy: changePolicy(quoting, node.config?.quoting ?? {}),
    limit: options.limit === true && config.flags.empty ? 0 : null,
  });
}

/** What `ref` of an ephemeral model gives: the name of its CTE. */
export function ephemeralRelation({ adapter, config }: Pick<Invocation, 'adapter' | 'config'>, node: Named): Relation {
  return makeEphemeral(relationClass(adapter).kind, node.alias ?? node.name, config.flags.empty ? 0 : null);
}

/** The class of an adapter's relations, with the project's quoting. */
export function relationClass(adapter: Adapter): RelationClass {
  const found = adapter.attributes.get('Relation');
  if (found instanceof RelationClass) return found;
  throw new InternalError(`the adapter ${adapter.type} has no class of relations`);
}
