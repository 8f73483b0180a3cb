import { type LineageFormat, renderLineage } from '../docs/lineage.js';
import { createGraph } from '../graph/create-graph.js';
import { loadProject } from './load-project.js';
import { LIST_TYPES, resourceTypes } from './resource-types.js';
import { select } from './select.js';
import type { TaskContext, TaskResult } from './task.js';

/** `docs lineage`: prints the graph of the selected nodes; tests only when they are asked for. */
export async function docsLineageTask(context: TaskContext): Promise<TaskResult> {
  const { flags, bus } = context;
  const project = await loadProject(context);
  const { manifest } = project;
  const shown = LIST_TYPES.filter((type) => type !== 'test' && type !== 'unit_test');
  const types = resourceTypes(flags, LIST_TYPES, shown);
  const ids = select(context, project, createGraph(manifest), types, { includeEmptyNodes: true });
  if (ids.size === 0) bus.warn('NoNodesSelected', { msg: 'No nodes selected!' });
  else bus.emit('PrintEvent', { msg: renderLineage(manifest, ids, (flags.output ?? 'text') as LineageFormat) });
  return { success: true, manifest };
}
