import type { NodeConnection } from '../context/node-connection.js';
import { relationOf } from '../context/relations.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { pyStr } from '../jinja/values.js';
import { materializationNamed, materialize } from './materialize.js';
import { noteRelations, responseFields } from './model-runner.js';
import type { Outcome } from './node-result.js';

/**
 * `clone`: the materialization of that name makes the node's relation one of what the node is in the other environment,
 * its `defer_relation`. The node is not compiled: its SQL is a query of that relation, which is what a view gets where
 * tables can't be cloned. What made nothing is a success too, with the message `No-op`, as in dbt.
 */
export async function cloneNode(
  session: RuntimeSession,
  node: ManifestNode,
  connection: NodeConnection,
  thread: string,
): Promise<Outcome> {
  const context = session.nodeContext(withQuery(session, node), connection, thread);
  const returned = await materialize(
    context,
    materializationNamed(session.macros, session.invocation.adapter, 'clone'),
  );
  await noteRelations(context, node, returned);
  const main = context.results.peek('main');
  if (!main) return { status: 'success', message: 'No-op' };
  return { status: 'success', message: pyStr(main.response), adapterResponse: responseFields(main.response) };
}

function withQuery({ invocation }: RuntimeSession, node: ManifestNode): ManifestNode {
  const { defer_relation: there } = node;
  if (!there) return node;
  const compiled_code = `select * from ${there.relation_name ?? relationOf(invocation, there).render()}`;
  return { ...node, compiled: true, compiled_code, extra_ctes_injected: true } as ManifestNode;
}
