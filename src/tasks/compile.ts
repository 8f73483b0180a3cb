import type { ManifestNode } from '../contracts/nodes.js';
import { nodeOf } from '../graph/manifest-node.js';
import { runCompile } from './compile-graph.js';
import type { TaskContext, TaskResult } from './task.js';

/** `compile`: writes target/compiled; prints the SQL of the selected node, or of `--inline`. */
export async function compileTask(context: TaskContext): Promise<TaskResult> {
  const { flags, bus } = context;
  const { results, manifest } = await runCompile(context, {
    finish: async (compiled) => {
      for (const { unique_id } of compiled.results) {
        const node = nodeOf(compiled.manifest, unique_id);
        if (!node || !isPrinted(node, flags.select, flags.inline)) continue;
        bus.emit('CompiledNode', {
          node_name: node.name,
          compiled: ('compiled_code' in node ? node.compiled_code : '') ?? '',
          is_inline: flags.inline !== null,
          output_format: flags.output === 'json' ? 'json' : 'text',
          unique_id,
          quiet: flags.quiet,
        });
      }
    },
  });
  return { success: true, results, manifest };
}

/** dbt prints the nodes whose name occurs in the first element of `--select`. */
function isPrinted(node: ManifestNode, select: readonly string[], inline: string | null): boolean {
  return inline === null ? (select[0]?.includes(node.name) ?? false) : node.name === 'inline_query';
}
