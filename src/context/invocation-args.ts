import { resolve } from 'node:path';
import type { Which } from '../contracts/flags.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { PyTuple } from '../jinja/values.js';

/** Flags that are left out while they are false. */
const LEFT_OUT_WHEN_FALSE = new Set(['debug', 'full_refresh', 'fail_fast', 'warn_error', 'store_failures']);

/** Flags of one command only, by the commands that have them; elsewhere they are left out. */
const OF_COMMANDS: { readonly [flag: string]: readonly Which[] } = {
  browser: ['serve'],
  compile: ['generate'],
  empty: ['build', 'run', 'compile', 'snapshot'],
  empty_catalog: ['generate'],
  exclude_resource_types: ['build', 'test', 'list'],
  host: ['serve'],
  output_keys: ['list'],
  port: ['serve'],
  resource_types: ['build', 'test', 'list'],
  show: ['build', 'seed'],
  static: ['generate'],
};

/** Flags that tsdbt takes note of only, with dbt's values. */
const WITHOUT_EFFECT: { readonly [name: string]: unknown } = {
  macro_debugging: false,
  partial_parse_file_diff: true,
  show_resource_report: false,
  sqlparse: { MAX_GROUPING_DEPTH: null, MAX_GROUPING_TOKENS: null },
  strict_mode: false,
  upload_to_artifacts_ingest_api: false,
  use_fast_test_edges: false,
};

/** The same of `build` only. */
const WITHOUT_EFFECT_IN_BUILD = { export_saved_queries: false, include_saved_query: false };

/** Commands that select nothing. */
const UNSELECTED: readonly Which[] = ['run-operation', 'parse'];

/** Flags that dbt has as tuples. */
const TUPLES = ['select', 'exclude', 'resource_types', 'exclude_resource_types'];

/**
 * Jinja's `invocation_args_dict`: the flags of the invocation by dbt's names, those of other commands and those without
 * a value left out.
 */
export function invocationArgs(config: RuntimeConfig): { readonly [name: string]: unknown } {
  const { behavior, ...flags } = config.flags;
  const { require_event_names_in_deprecations: _unknown, ...known } = behavior;
  const args: { [name: string]: unknown } = {
    ...WITHOUT_EFFECT,
    ...(flags.which === 'build' ? WITHOUT_EFFECT_IN_BUILD : {}),
    profiles_dir: config.profiles_dir,
    project_dir: config.project.root,
    log_path: resolve(config.project.root, config.project.log_path),
  };
  for (const [name, value] of Object.entries(flags)) {
    if (value === null || (value === false && LEFT_OUT_WHEN_FALSE.has(name))) continue;
    if (UNSELECTED.includes(flags.which) && (name === 'select' || name === 'exclude')) continue;
    if (Object.hasOwn(OF_COMMANDS, name) && !OF_COMMANDS[name]?.includes(flags.which)) continue;
    args[name] = TUPLES.includes(name) ? new PyTuple(value as readonly unknown[]) : value;
  }
  args['use_colors'] ??= true;
  return { ...args, ...known };
}
