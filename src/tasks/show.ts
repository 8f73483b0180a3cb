import { Table } from '../adapters/base/table.js';
import { adapterPlugin } from '../adapters/registry.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { runCompile } from './compile-graph.js';
import { loadConfig } from './load-project.js';
import { tableJson, tableText } from './show-table.js';
import type { TaskContext, TaskResult } from './task.js';

const DEFAULT_LIMIT = 5;

/** `show`: queries the selected nodes, `--inline` or `--inline-direct`, and prints rows. */
export async function showTask(context: TaskContext): Promise<TaskResult> {
  const { flags, options } = context;
  const direct = options['inline_direct'];
  if (typeof direct === 'string' && direct !== '') return showDirect(context, direct);
  if (flags.select.length === 0 && !flags.inline) {
    throw new DbtError('cli-usage', 'Either --select or --inline must be passed to show', {
      hint: "e.g. tsdbt show --select customers, or tsdbt show --inline 'select 1 as a'.",
    });
  }
  const found: { readonly node: ManifestNode; readonly table: Table }[] = [];
  const { results, manifest } = await runCompile(context, {
    preview: { limit: limitOf(context), found: (node, table) => void found.push({ node, table }) },
    finish: async () => {
      for (const { node, table } of found) if (isShown(context, node)) tell(context, node, table);
    },
  });
  return { success: true, results, manifest };
}

/** dbt shows the nodes whose name occurs in the first element of `--select`. */
function isShown({ flags }: TaskContext, node: ManifestNode): boolean {
  return flags.inline !== null ? node.name === 'inline_query' : (flags.select[0]?.includes(node.name) ?? false);
}

function tell({ bus, flags }: TaskContext, node: ManifestNode, table: Table): void {
  const version = 'version' in node && node.version !== null && node.version !== undefined ? `.v${node.version}` : '';
  const name = `${node.name}${version}`;
  const inline = flags.inline !== null;
  const json = flags.output === 'json';
  bus.emit('ShowNode', {
    node_name: name,
    preview: json ? tableJson(table) : tableText(table),
    is_inline: inline,
    output_format: json ? 'json' : 'text',
    unique_id: node.unique_id,
    quiet: flags.quiet,
  });
}

/** The text goes to the database as it is; of the project only the configuration is read. */
async function showDirect(context: TaskContext, sql: string): Promise<TaskResult> {
  const { bus, flags } = context;
  const config = await loadConfig(context);
  const plugin = adapterPlugin(config.target.type);
  bus.emit('AdapterRegistered', { adapter_name: plugin.type, adapter_version: `=${context.options['version'] ?? ''}` });
  const adapter = plugin.create(config);
  try {
    await adapter.open();
    const connection = await adapter.acquire('show');
    try {
      const table = Table.fromQuery(await connection.execute(sql, { fetch: true, limit: limitOf(context) }));
      const json = flags.output === 'json';
      bus.emit('ShowNode', {
        node_name: 'direct-query',
        preview: json ? tableJson(table) : tableText(table),
        is_inline: true,
        output_format: json ? 'json' : 'text',
        unique_id: 'direct-query',
        quiet: flags.quiet,
      });
      return { success: true };
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}

/** Rows; null for all. */
function limitOf({ options }: TaskContext): number | null {
  const { limit = DEFAULT_LIMIT } = options;
  return typeof limit === 'number' && limit >= 0 ? limit : null;
}
