import { runGraph } from './run-graph.js';
import { showSeeds } from './show-seeds.js';
import type { TaskContext, TaskResult } from './task.js';

/** `seed`: loads CSV files; `--show` prints some of their rows. */
export async function seedTask(context: TaskContext): Promise<TaskResult> {
  return runGraph(context, {
    types: new Set(['seed']),
    ...(context.flags.show ? { afterRun: (project, results) => showSeeds(context, project, results) } : {}),
  });
}
