import { Table } from '../adapters/base/table.js';
import type { NodeConnection } from '../context/node-connection.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import { loadSeedTable } from '../context/seed-table.js';
import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';
import { pyStr } from '../jinja/values.js';
import type { Outcome } from './node-result.js';

/** `show`: nodes are queried, not built. */
export interface Preview {
  /** Rows; null for all. */
  readonly limit: number | null;
  /** Called with the rows of each node. */
  readonly found: (node: ManifestNode, table: Table) => void;
}

/** Queries a compiled node by dbt's macro `get_show_sql`, which the project may override; reads the file of a seed. */
export async function previewNode(
  preview: Preview,
  node: ManifestNode,
  connection: NodeConnection,
  context: RuntimeContext,
): Promise<{ readonly outcome: Outcome; readonly node: ManifestNode }> {
  if (node.resource_type === 'seed') {
    // dbt loads the seed into the database; the rows are the same without.
    preview.found(node, await loadSeedTable(context));
    return { outcome: { status: 'success', message: null }, node };
  }
  const sql = pyStr(
    await context.runMacro('get_show_sql', {
      compiled_code: (node as CompilableNode).compiled_code ?? '',
      sql_header: node.config['sql_header'] ?? null,
      limit: preview.limit,
    }),
  );
  const result = await connection.execute(sql, { fetch: true });
  preview.found(node, Table.fromQuery(result));
  const adapterResponse = { code: null, rows_affected: null, query_id: null, ...result.response };
  const outcome: Outcome = { status: 'success', message: null, adapterResponse };
  return { outcome, node: { ...node, compiled_code: sql } as ManifestNode };
}
