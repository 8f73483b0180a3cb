import { runGraph } from './run-graph.js';
import type { TaskContext, TaskResult } from './task.js';

/** `run`: models. */
export async function runTask(context: TaskContext): Promise<TaskResult> {
  return runGraph(context, { types: new Set(['model']) });
}
