/** The command in dbt's own word, what Jinja sees as `flags.WHICH` and `run_results.args.which`. */
export type Which =
  | 'run'
  | 'test'
  | 'build'
  | 'seed'
  | 'compile'
  | 'list'
  | 'parse'
  | 'generate'
  | 'serve'
  | 'lineage'
  | 'deps'
  | 'clean'
  | 'debug'
  | 'snapshot'
  | 'show'
  | 'run-operation'
  | 'freshness'
  | 'retry'
  | 'clone'
  | 'init';

/**
 * What the user asked for, after command line > environment > `flags:` in dbt_project.yml > default. `null` is "not
 * given". Directories are as given, relative to the working directory.
 */
export interface Flags {
  readonly which: Which;
  readonly invocation_command: string;
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly selector: string | null;
  readonly resource_types: readonly string[];
  readonly exclude_resource_types: readonly string[];
  readonly indirect_selection: 'eager' | 'cautious' | 'buildable' | 'empty';
  readonly full_refresh: boolean | null;
  readonly store_failures: boolean | null;
  readonly empty: boolean;
  /** `--event-time-start` and `--event-time-end`: ISO 8601 in UTC, without zone. Either both or none. */
  readonly event_time_start: string | null;
  readonly event_time_end: string | null;
  /** `--sample`: ISO 8601 with the zone. */
  readonly sample: { readonly start: string; readonly end: string } | null;
  readonly vars: { readonly [name: string]: unknown };
  readonly target: string | null;
  readonly profile: string | null;
  readonly profiles_dir: string | null;
  readonly project_dir: string | null;
  readonly target_path: string | null;
  readonly log_path: string | null;
  readonly threads: number | null;
  readonly fail_fast: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly print: boolean;
  readonly log_level: 'debug' | 'info' | 'warn' | 'error' | 'none';
  readonly log_format: 'default' | 'text' | 'debug' | 'json';
  readonly log_format_file: 'default' | 'text' | 'debug' | 'json';
  readonly use_colors: boolean | null;
  /** Columns of result lines. */
  readonly printer_width: number;
  readonly warn_error: boolean;
  readonly warn_error_options: {
    readonly error: 'all' | readonly string[];
    readonly warn: readonly string[];
    readonly silence: readonly string[];
  };
  /** Directories of artifacts, relative to the project. */
  readonly state: string | null;
  readonly defer_state: string | null;
  readonly defer: boolean;
  readonly favor_state: boolean;
  readonly version_check: boolean;
  readonly partial_parse: boolean;
  readonly write_json: boolean;
  readonly populate_cache: boolean;
  readonly cache_selected_only: boolean;
  readonly introspect: boolean;
  readonly inline: string | null;
  readonly show: boolean;
  /** `ls`: selector, name, path or json; `compile`: text or json. */
  readonly output: string | null;
  readonly output_keys: readonly string[];
  /** `docs generate`. */
  readonly compile: boolean;
  readonly empty_catalog: boolean;
  readonly static: boolean;
  /** `docs serve`. */
  readonly host: string;
  readonly port: number;
  readonly browser: boolean;
  /** Behaviour flags and anything else that Jinja's `flags` shows, by dbt's lower-case name. */
  readonly behavior: { readonly [name: string]: boolean };
}
