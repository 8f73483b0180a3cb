import type { Adapter } from '../adapters/base/adapter.js';
import { type EventTimeFilter, ephemeralRelation as makeEphemeral, Relation } from '../adapters/base/relation.js';
import { changePolicy } from '../adapters/base/relation-path.js';
import { RelationClass } from '../adapters/base/relation-view.js';
import type { FunctionNode, ManifestNode, SourceDefinition } from '../contracts/nodes.js';
import { InternalError } from '../diagnostics/errors.js';
import type { Invocation } from './invocation.js';

type Named = Pick<ManifestNode, 'database' | 'schema' | 'name'> & {
  readonly alias?: string;
  readonly cte_name?: string;
};

/** The relation of a node, with the project's quoting: dbt does not look at a node's own `quoting` config. */
export function relationOf(
  { adapter, config }: Pick<Invocation, 'adapter' | 'config'>,
  node: Named,
  options: { readonly limit?: boolean; readonly eventTimeFilter?: EventTimeFilter | null } = {},
): Relation {
  const { kind, quoting } = relationClass(adapter);
  return new Relation(kind, {
    path: { database: node.database, schema: node.schema, identifier: node.alias ?? node.name },
    quotePolicy: quoting,
    limit: options.limit === true && config.flags.empty ? 0 : null,
    eventTimeFilter: options.eventTimeFilter ?? null,
  });
}

/** The relation of a source. Its quoting is its own over the engine's: the project's does not count, as in dbt. */
export function sourceRelation(
  { adapter, config }: Pick<Invocation, 'adapter' | 'config'>,
  source: SourceDefinition,
  options: { readonly limit?: boolean; readonly eventTimeFilter?: EventTimeFilter | null } = {},
): Relation {
  const { kind } = relationClass(adapter);
  const relation = new Relation(kind, {
    path: { database: source.database, schema: source.schema, identifier: source.identifier },
    quotePolicy: changePolicy(kind.quotePolicy, source.quoting),
    limit: options.limit !== false && config.flags.empty ? 0 : null,
    eventTimeFilter: options.eventTimeFilter ?? null,
  });
  return adapter.sourceRelation(relation, source);
}

/** What `function` gives: its quoting is the engine's, the project's does not count, as in dbt. */
export function functionRelation(
  { adapter }: Pick<Invocation, 'adapter'>,
  node: Pick<FunctionNode, 'database' | 'schema' | 'alias'>,
): Relation {
  const { kind } = relationClass(adapter);
  const path = { database: node.database, schema: node.schema, identifier: node.alias };
  return new Relation(kind, { path, quotePolicy: kind.quotePolicy, type: 'function', limit: null });
}

/** What `ref` of an ephemeral model gives: the name of its CTE. */
export function ephemeralRelation(
  { adapter, config }: Pick<Invocation, 'adapter' | 'config'>,
  node: Named,
  options: { readonly limit?: boolean; readonly eventTimeFilter?: EventTimeFilter | null } = {},
): Relation {
  const limit = options.limit !== false && config.flags.empty ? 0 : null;
  const relation = makeEphemeral(relationClass(adapter).kind, cteName(node), limit);
  return options.eventTimeFilter ? relation.with({ eventTimeFilter: options.eventTimeFilter }) : relation;
}

/** The name of an ephemeral model's CTE without dbt's prefix. */
export function cteName(node: Pick<Named, 'alias' | 'cte_name' | 'name'>): string {
  return node.cte_name ?? node.alias ?? node.name;
}

/** The class of an adapter's relations, with the project's quoting. */
export function relationClass(adapter: Adapter): RelationClass {
  const found = adapter.attributes.get('Relation');
  if (found instanceof RelationClass) return found;
  throw new InternalError(`the adapter ${adapter.type} has no class of relations`);
}
