import { resourceTypes, TEST_TYPES } from './resource-types.js';
import { runGraph } from './run-graph.js';
import type { TaskContext, TaskResult } from './task.js';

/** `test`: data tests and unit tests. */
export async function testTask(context: TaskContext): Promise<TaskResult> {
  return runGraph(context, { types: resourceTypes(context.flags, TEST_TYPES) });
}
