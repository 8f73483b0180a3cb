import { BUILD_TYPES, resourceTypes } from './resource-types.js';
import { runGraph } from './run-graph.js';
import { showSeeds } from './show-seeds.js';
import type { TaskContext, TaskResult } from './task.js';

/** `build`: everything that can be built, tests between a node and what depends on it. */
export async function buildTask(context: TaskContext): Promise<TaskResult> {
  return runGraph(context, {
    types: resourceTypes(context.flags, BUILD_TYPES),
    testEdges: true,
    ...(context.flags.show ? { afterRun: (project, results) => showSeeds(context, project, results) } : {}),
  });
}
