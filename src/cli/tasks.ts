import type { Which } from '../contracts/flags.js';
import type { Task } from '../tasks/task.js';

/** The commands. Each is loaded when it is asked for: `--help` and `ls` must not pay for `build`. */
const TASKS: { readonly [which in Which]?: () => Promise<Task> } = {
  run: async () => (await import('../tasks/run.js')).runTask,
  test: async () => (await import('../tasks/test.js')).testTask,
  build: async () => (await import('../tasks/build.js')).buildTask,
  seed: async () => (await import('../tasks/seed.js')).seedTask,
  snapshot: async () => (await import('../tasks/snapshot.js')).snapshotTask,
  show: async () => (await import('../tasks/show.js')).showTask,
  'run-operation': async () => (await import('../tasks/run-operation.js')).runOperationTask,
  freshness: async () => (await import('../tasks/source-freshness.js')).sourceFreshnessTask,
  clone: async () => (await import('../tasks/clone.js')).cloneTask,
  init: async () => (await import('../tasks/init.js')).initTask,
  retry: async () => (await import('../tasks/retry.js')).retryTask,
  compile: async () => (await import('../tasks/compile.js')).compileTask,
  list: async () => (await import('../tasks/list.js')).listTask,
  parse: async () => (await import('../tasks/parse.js')).parseTask,
  generate: async () => (await import('../tasks/docs-generate.js')).docsGenerateTask,
  serve: async () => (await import('../tasks/docs-serve.js')).docsServeTask,
  lineage: async () => (await import('../tasks/docs-lineage.js')).docsLineageTask,
  deps: async () => (await import('../tasks/deps.js')).depsTask,
  clean: async () => (await import('../tasks/clean.js')).cleanTask,
  debug: async () => (await import('../tasks/debug.js')).debugTask,
};

/** Loads the task of a command, or undefined when tsdbt has none. */
export async function loadTask(which: Which): Promise<Task | undefined> {
  return TASKS[which]?.();
}
