import { runGraph } from './run-graph.js';
import type { TaskContext, TaskResult } from './task.js';

/** `snapshot`: snapshots. */
export async function snapshotTask(context: TaskContext): Promise<TaskResult> {
  return runGraph(context, { types: new Set(['snapshot']) });
}
