import { refArguments, sourceArguments } from '../context/reference-arguments.js';
import { relationOf, sourceRelation } from '../context/relations.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { Constraint } from '../contracts/common.js';
import type { ManifestNode, ModelNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { findCalls } from '../jinja/calls.js';
import { compileTemplate } from '../jinja/environment.js';

/** The model with the relation in place of each foreign key's `ref()` or `source()`, as dbt does when it compiles. */
export function withForeignKeys(session: RuntimeSession, node: ManifestNode): ManifestNode {
  if (node.resource_type !== 'model') return node;
  const { columns, constraints } = node as ModelNode;
  const own = resolved(session, node, constraints ?? []);
  let changed = own !== constraints;
  const entries = Object.entries(columns).map(([name, column]) => {
    const of = resolved(session, node, column.constraints);
    if (of === column.constraints) return [name, column] as const;
    changed = true;
    return [name, { ...column, constraints: of }] as const;
  });
  return changed ? ({ ...node, constraints: own, columns: Object.fromEntries(entries) } as ManifestNode) : node;
}

function resolved(
  session: RuntimeSession,
  node: ManifestNode,
  constraints: readonly Constraint[],
): readonly Constraint[] {
  if (!constraints.some(isReference)) return constraints;
  return constraints.map((constraint) =>
    isReference(constraint) ? { ...constraint, to: relationTo(session, node, constraint.to) } : constraint,
  );
}

function isReference(constraint: Constraint): constraint is Constraint & { readonly to: string } {
  return constraint.type === 'foreign_key' && constraint.to !== null && constraint.to !== '';
}

/** The parser has seen to it that `to` is a reference, and to something that is there. */
function relationTo({ invocation, lookup }: RuntimeSession, node: ManifestNode, to: string): string {
  const [call] = findCalls(compileTemplate(`{{ ${to} }}`, { file: '<foreign key>' }));
  if (call?.name === 'source') {
    const [source, table] = sourceArguments({ positional: call.positional, keyword: call.keyword });
    const found = lookup.source(source, table, node.package_name);
    if (found.kind === 'found') return sourceRelation(invocation, found.node, { limit: false }).render();
  } else if (call?.name === 'ref') {
    const {
      name,
      package: packageName,
      version,
    } = refArguments({ positional: call.positional, keyword: call.keyword });
    const found = lookup.ref(name, packageName, version, node.package_name);
    if (found.kind === 'found') {
      // dbt does not look whether it is built here.
      const there = invocation.config.flags.defer ? found.node.defer_relation : undefined;
      return relationOf(invocation, there ?? found.node).render();
    }
  }
  throw new DbtError('ref-missing', `The foreign key of '${node.unique_id}' is to ${to}, which was not found`);
}
