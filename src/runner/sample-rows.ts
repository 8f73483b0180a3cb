import { Table } from '../adapters/base/table.js';
import { NodeCompiler } from '../compiler/compile-node.js';
import { storesFailures } from '../compiler/store-failures.js';
import type { NodeConnection } from '../context/node-connection.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { TestNode } from '../contracts/nodes.js';
import type { EvidenceCell, SampleRows } from '../contracts/test-evidence.js';
import { isDbtError } from '../diagnostics/errors.js';
import { pyStr } from '../jinja/values.js';

/**
 * At most `limit` of the rows that a data test found: from the table where it stored them, else by asking its query again.
 * The verdict stands already: what goes wrong here is told with the rows, or rather without them.
 *
 * @throws what is no `DbtError`, a bug of ours.
 */
export async function sampleRows(
  node: TestNode,
  limit: number,
  connection: NodeConnection,
  context: RuntimeContext,
  session: RuntimeSession,
): Promise<SampleRows> {
  // One more than is shown tells whether there are more.
  const asked = Math.min(limit + 1, node.config.limit ?? Number.POSITIVE_INFINITY);
  try {
    const sql = await context.runMacro('get_show_sql', {
      compiled_code: await sourceOf(node, session, connection),
      sql_header: node.config['sql_header'] ?? null,
      limit: asked,
    });
    const table = Table.fromQuery(await connection.execute(pyStr(sql), { fetch: true, limit: asked }));
    const rows = table.rows.slice(0, limit).map((row) => row.values.map(evidenceCell));
    return { kind: 'sample', columns: table.columnNames, rows, more: table.rows.length > limit, problem: null };
  } catch (error) {
    if (!isDbtError(error)) throw error;
    return { kind: 'sample', columns: [], rows: [], more: false, problem: error.message };
  }
}

/** A value as SQL has it: `true`, not Python's `True`. */
export function evidenceCell(value: unknown): EvidenceCell {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? String(value) : pyStr(value);
}

/**
 * What `store_failures` has stored or would store: tests such as `not_null` select whole rows then, not the column alone. The
 * lines around the query let it end with a comment; a limit of its own stays within.
 */
async function sourceOf(node: TestNode, session: RuntimeSession, connection: NodeConnection): Promise<string> {
  if (storesFailures(node, session.invocation.config.flags) && node.relation_name)
    return `select * from ${node.relation_name}`;
  let code = node.compiled_code;
  if (node.test_metadata) {
    const storing = { ...node, config: { ...node.config, store_failures: true } };
    const nodes = { ...session.manifest.nodes, [node.unique_id]: storing };
    const own = session.withManifest({ ...session.manifest, nodes });
    const compiled = await new NodeCompiler(own).compile(storing, { connection, write: false });
    code = compiled.node.compiled_code;
  }
  return `select * from (\n${code ?? ''}\n) tsdbt_sample`;
}
