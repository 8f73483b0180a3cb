import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { adapterPlugin } from '../adapters/registry.js';
import { RUN_RESULTS_FILE, readRunResults } from '../artifacts/run-results/v6.js';
import { FLAG_TABLE } from '../config/flag-table.js';
import { resolveFlags } from '../config/flags.js';
import { loadRuntimeConfig } from '../config/runtime-config.js';
import { targetDirectory } from '../config/target-directory.js';
import type { UniqueId } from '../contracts/common.js';
import type { Flags, Which } from '../contracts/flags.js';
import type { NodeStatus, RunResults } from '../contracts/results.js';
import { DbtError } from '../diagnostics/errors.js';
import type { PreviousBatches } from '../runner/microbatch/run-microbatch.js';
import type { Task, TaskContext, TaskResult } from './task.js';
import { warningOptions } from './tell-warning.js';

/** The commands that can be retried. */
const COMMANDS: { readonly [which in Which]?: () => Promise<Task> } = {
  build: async () => (await import('./build.js')).buildTask,
  clone: async () => (await import('./clone.js')).cloneTask,
  compile: async () => (await import('./compile.js')).compileTask,
  generate: async () => (await import('./docs-generate.js')).docsGenerateTask,
  run: async () => (await import('./run.js')).runTask,
  'run-operation': async () => (await import('./run-operation.js')).runOperationTask,
  seed: async () => (await import('./seed.js')).seedTask,
  snapshot: async () => (await import('./snapshot.js')).snapshotTask,
  test: async () => (await import('./test.js')).testTask,
};

const RETRIED: readonly NodeStatus[] = ['error', 'fail', 'skipped', 'runtime error', 'partial success'];
/** What is always this command's own. */
const OWN = ['defer_state', 'log_path', 'profiles_dir', 'project_dir', 'target_path', 'warn_error'] as const;
/** What says nothing, or nothing that can be said again. */
const DROPPED = ['show', 'which', 'invocation_command', 'behavior'];

/**
 * `retry`: what failed or was skipped in the run_results.json of the target directory (or of `--state`) again, by the
 * same command with the same arguments; `--vars` and `--threads` take the place of the earlier ones, as in dbt.
 */
export async function retryTask(context: TaskContext): Promise<TaskResult> {
  const { previous, directory, adapter } = await previousRun(context);
  const which = String(previous.args['which'] ?? '') as Which;
  const load = Object.hasOwn(COMMANDS, which) ? COMMANDS[which] : undefined;
  if (!load) {
    throw new DbtError('retry-impossible', `The results in '${directory}' are of '${which}', which can't be retried`, {
      hint: `There is retry for ${Object.keys(COMMANDS).join(', ')}.`,
    });
  }
  const statuses = new Set<string>(context.flags.warn_error ? [...RETRIED, 'warn'] : RETRIED);
  const ids = previous.results
    .filter((r) => statuses.has(r.status) && (which === 'run-operation' || !r.unique_id.startsWith('operation.')))
    .map((r) => r.unique_id);
  if (which === 'run-operation' && ids.length === 0) {
    const version = `=${context.options['version'] ?? ''}`;
    context.bus.emit('AdapterRegistered', { adapter_name: adapter, adapter_version: version });
    return { success: true, results: previous.results };
  }
  const { flags, more } = flagsOf(context, previous, which);
  context.bus.configure(warningOptions(flags, more));
  const task = await load();
  return task({
    ...context,
    flags,
    options: { ...context.options, ...more, ...reporting(context) },
    only: new Set(ids),
    previousBatches: batchesOf(previous),
  });
}

/** How it is told is asked of this command, and stands in no artifact. */
function reporting({ options }: TaskContext): TaskContext['options'] {
  const { sample_rows, junit, annotate } = options;
  return { sample_rows, junit, annotate };
}

/**
 * The batches that failed are run again. A model none of whose batches succeeded is run as the earlier command would
 * have run it, with that one's time for now: it may have to be built anew.
 */
function batchesOf({ metadata, results }: RunResults): ReadonlyMap<UniqueId, PreviousBatches> {
  const startedAt = new Date(metadata.invocation_started_at ?? metadata.generated_at);
  const retried = results.flatMap(({ unique_id: id, batch_results: batches }) => {
    // dbt before 1.9 has no such key.
    const some = batches ? batches.successful.length > 0 && batches.failed.length > 0 : false;
    return [[id, { startedAt, results: some ? batches : null }] as const];
  });
  return new Map(retried);
}

async function previousRun(
  context: TaskContext,
): Promise<{ readonly previous: RunResults; readonly directory: string; readonly adapter: string }> {
  const { flags, env, cwd, invocationId, startedAt } = context;
  // The command that is retried tells the warnings.
  const warn = (): void => {};
  const config = await loadRuntimeConfig(flags, env, cwd, { plugin: adapterPlugin, warn, invocationId, startedAt });
  const { state } = flags;
  const given = state !== null && state !== '';
  const directory = given ? resolve(config.project.root, state) : targetDirectory(config);
  const shown = given ? state : config.project.target_path;
  if (existsSync(join(directory, RUN_RESULTS_FILE))) {
    const previous = await readRunResults(directory);
    if (previous.results.length > 0) return { previous, directory: shown, adapter: config.target.type };
  }
  throw new DbtError('retry-impossible', `Could not find previous run in '${shown}' target directory`, {
    hint: 'There is no run_results.json, or nothing ran. Run the command itself; --state names another directory.',
  });
}

/** The flags of the earlier command, resolved anew. */
function flagsOf(
  { flags: now, env, cwd, options }: TaskContext,
  { args }: RunResults,
  which: Which,
): { readonly flags: Flags; readonly more: { readonly [name: string]: unknown } } {
  const given: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === null || DROPPED.includes(name) || isEmpty(value)) continue;
    checkShape(name, value);
    given[name] = value;
  }
  for (const name of OWN) {
    delete given[name];
    if (now[name] !== null && now[name] !== false) given[name] = now[name];
  }
  if (given['warn_error'] === true) delete given['warn_error_options'];
  if (options['lock_timeout'] !== null) given['lock_timeout'] = options['lock_timeout'];
  if (Object.keys(now.vars).length > 0) given['vars'] = now.vars;
  if (now.threads !== null) given['threads'] = now.threads;
  return resolveFlags(which, now.invocation_command, given, env, cwd);
}

/** An argument that the file has in another shape than the flag's is no argument of any command. */
function checkShape(name: string, value: unknown): void {
  const spec = Object.hasOwn(FLAG_TABLE, name) ? FLAG_TABLE[name] : undefined;
  if (!spec) return;
  const fits = Array.isArray(spec.default)
    ? Array.isArray(value) && value.every((item) => typeof item === 'string')
    : spec.kind !== 'bool' || typeof value === 'boolean';
  if (fits) return;
  throw new DbtError('artifact-unreadable', `The args of ${RUN_RESULTS_FILE} have no such '${name}'`, {
    hint: 'The file was changed by something else: run the command itself.',
  });
}

/** Lists and dictionaries in which nothing is: `warn_error_options` without names, `select` without any. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((v) => v === null || isEmpty(v));
}
