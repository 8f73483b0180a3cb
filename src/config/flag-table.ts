import type { Which } from '../contracts/flags.js';

/** How the text of an environment variable is read. */
export type FlagKind = 'bool' | 'text' | 'integer' | 'choice' | 'words' | 'warn-error-options';

/** One flag: where it can come from beside the command line. */
export interface FlagSpec {
  readonly kind: FlagKind;
  readonly default: unknown;
  /** The environment variable without `DBT_`; `DBT_ENGINE_<env>` goes before `DBT_<env>`. */
  readonly env?: string;
  /** Whether `flags:` of dbt_project.yml can have it. */
  readonly project?: boolean;
  readonly choices?: readonly string[];
  /** The commands that have it; all without. */
  readonly commands?: readonly Which[];
}

const LOG_FORMATS = ['text', 'debug', 'json', 'default'];
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'none'];

const bool = (value: boolean | null, env?: string, more: Partial<FlagSpec> = {}): FlagSpec => ({
  kind: 'bool',
  default: value,
  ...(env === undefined ? {} : { env }),
  ...more,
});
const project = { project: true };
const text = (env?: string): FlagSpec => ({ kind: 'text', default: null, ...(env === undefined ? {} : { env }) });
const given = (value: unknown): FlagSpec => ({ kind: 'text', default: value });
const choice = (value: string, env: string, choices: readonly string[]): FlagSpec => ({
  kind: 'choice',
  default: value,
  env,
  choices,
  project: true,
});

/** dbt's flags by name, with dbt's defaults. */
export const FLAG_TABLE: { readonly [name: string]: FlagSpec } = {
  select: given([]),
  exclude: given([]),
  selector: given(null),
  resource_types: {
    kind: 'words',
    default: [],
    env: 'RESOURCE_TYPES',
    commands: ['build', 'test', 'list', 'clone', 'lineage'],
  },
  exclude_resource_types: {
    kind: 'words',
    default: [],
    env: 'EXCLUDE_RESOURCE_TYPES',
    commands: ['build', 'test', 'list', 'clone', 'lineage'],
  },
  indirect_selection: choice('eager', 'INDIRECT_SELECTION', ['eager', 'cautious', 'buildable', 'empty']),
  full_refresh: bool(null, 'FULL_REFRESH', {
    commands: ['build', 'run', 'seed', 'compile', 'retry', 'clone', 'show'],
  }),
  store_failures: bool(null, 'STORE_FAILURES', { commands: ['build', 'test'] }),
  empty: bool(false, 'EMPTY', { commands: ['build', 'run', 'compile', 'snapshot'] }),
  event_time_start: { ...text('EVENT_TIME_START'), commands: ['build', 'run'] },
  event_time_end: { ...text('EVENT_TIME_END'), commands: ['build', 'run'] },
  sample: { ...text('SAMPLE'), commands: ['build', 'run'] },
  target: text('TARGET'),
  profile: text('PROFILE'),
  profiles_dir: text('PROFILES_DIR'),
  project_dir: text('PROJECT_DIR'),
  target_path: text('TARGET_PATH'),
  log_path: text('LOG_PATH'),
  threads: { kind: 'integer', default: null },
  // Our own.
  lock_timeout: { kind: 'integer', default: null, env: 'LOCK_TIMEOUT' },
  fail_fast: bool(false, 'FAIL_FAST', project),
  quiet: bool(false, 'QUIET'),
  debug: bool(false, 'DEBUG', project),
  print: bool(true, 'PRINT'),
  log_level: choice('info', 'LOG_LEVEL', LOG_LEVELS),
  log_level_file: choice('debug', 'LOG_LEVEL_FILE', LOG_LEVELS),
  log_format: choice('default', 'LOG_FORMAT', LOG_FORMATS),
  log_format_file: choice('debug', 'LOG_FORMAT_FILE', LOG_FORMATS),
  log_file_max_bytes: { kind: 'integer', default: 10 * 1024 * 1024, env: 'LOG_FILE_MAX_BYTES' },
  log_cache_events: bool(false, 'LOG_CACHE_EVENTS'),
  use_colors: bool(null, 'USE_COLORS', project),
  use_colors_file: bool(null, 'USE_COLORS_FILE', project),
  printer_width: { kind: 'integer', default: 80, env: 'PRINTER_WIDTH', project: true },
  show_all_deprecations: bool(false),
  junit: text('JUNIT'),
  github_annotations: bool(null, 'GITHUB_ANNOTATIONS', project),
  sample_rows: { kind: 'integer', default: 5, env: 'SAMPLE_ROWS', project: true },
  warn_error: bool(false, 'WARN_ERROR', project),
  warn_error_options: {
    kind: 'warn-error-options',
    default: { error: [], warn: [], silence: [] },
    env: 'WARN_ERROR_OPTIONS',
    project: true,
  },
  version_check: bool(true, 'VERSION_CHECK', project),
  state: text('STATE'),
  defer: bool(false, 'DEFER'),
  defer_state: text('DEFER_STATE'),
  favor_state: bool(false, 'FAVOR_STATE'),
  partial_parse: bool(true, 'PARTIAL_PARSE', project),
  partial_parse_file_path: text('PARTIAL_PARSE_FILE_PATH'),
  static_parser: bool(true, 'STATIC_PARSER', project),
  use_experimental_parser: bool(false, 'USE_EXPERIMENTAL_PARSER', project),
  send_anonymous_usage_stats: bool(false),
  write_json: bool(true, 'WRITE_JSON', project),
  populate_cache: bool(true, 'POPULATE_CACHE', project),
  cache_selected_only: bool(false, 'CACHE_SELECTED_ONLY', project),
  introspect: bool(true, 'INTROSPECT', { commands: ['compile', 'show'] }),
  inline: given(null),
  show: bool(false),
  output: given(null),
  output_keys: given([]),
  compile: bool(true),
  empty_catalog: bool(false),
  static: bool(false),
  clean_project_files_only: bool(true, 'CLEAN_PROJECT_FILES_ONLY', { commands: ['clean'] }),
  host: { kind: 'text', default: '127.0.0.1', env: 'HOST', commands: ['serve'] },
  port: { kind: 'integer', default: 8080 },
  browser: bool(true),
};

/** Flags of behaviour: `flags:` of dbt_project.yml alone can have them. */
export const BEHAVIOR_DEFAULTS: { readonly [name: string]: boolean } = {
  require_batched_execution_for_custom_microbatch_strategy: false,
  require_event_names_in_deprecations: false,
  require_explicit_package_overrides_for_builtin_materializations: true,
  require_resource_names_without_spaces: true,
  source_freshness_run_project_hooks: true,
  skip_nodes_if_on_run_start_fails: false,
  state_modified_compare_more_unrendered_values: false,
  state_modified_compare_vars: false,
  require_yaml_configuration_for_mf_time_spines: false,
  require_nested_cumulative_type_params: false,
  validate_macro_args: false,
  require_all_warnings_handled_by_warn_error: false,
  require_generic_test_arguments_property: true,
  require_unique_project_resource_names: false,
  require_ref_searches_node_package_before_root: false,
};
