import type { RunResult } from '../contracts/results.js';
import type { LoadedProject } from './load-project.js';
import type { TaskContext } from './task.js';
import { textTable } from './text-table.js';

const ROWS = 10;

/**
 * Prints the first rows of each seed that was loaded, as `seed --show` promises. (dbt shows random ones; with
 * dbt-duckdb 1.11.1 it fails with an AttributeError.)
 */
export async function showSeeds(
  context: TaskContext,
  project: LoadedProject,
  results: readonly RunResult[],
): Promise<void> {
  const { bus } = context;
  for (const result of results) {
    const node = project.manifest.nodes[result.unique_id];
    if (node?.resource_type !== 'seed' || result.status !== 'success' || !node.relation_name) continue;
    const connection = await project.adapter.acquire('show_seeds');
    try {
      const { columns, rows } = await connection.execute(`select * from ${node.relation_name} limit ${ROWS}`, {
        fetch: true,
      });
      const header = `Sample of table: ${node.schema}.${node.alias}`;
      bus.emit('Formatting', { msg: '' });
      bus.emit('SeedHeader', { header });
      bus.emit('Formatting', { msg: '-'.repeat(header.length) });
      bus.emit('PrintEvent', {
        msg: textTable(
          columns.map((c) => c.name),
          rows,
        ),
      });
      bus.emit('Formatting', { msg: '' });
    } finally {
      await connection.release();
    }
  }
}
