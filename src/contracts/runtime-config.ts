import type { Json, JsonObject, Quoting } from './common.js';
import type { Flags } from './flags.js';

/** One entry of `dispatch:` in dbt_project.yml. */
export interface DispatchConfig {
  readonly macro_namespace: string;
  readonly search_order: readonly string[];
}

/** A dbt_project.yml: the root project's or an installed package's. Paths are relative to `root`, with `/`. */
export interface ProjectConfig {
  readonly project_name: string;
  /** Absolute. */
  readonly root: string;
  readonly version: string | null;
  readonly profile: string | null;
  readonly model_paths: readonly string[];
  readonly seed_paths: readonly string[];
  readonly test_paths: readonly string[];
  readonly analysis_paths: readonly string[];
  readonly macro_paths: readonly string[];
  readonly snapshot_paths: readonly string[];
  readonly function_paths: readonly string[];
  /** All source paths when the project does not say. */
  readonly docs_paths: readonly string[];
  readonly asset_paths: readonly string[];
  readonly target_path: string;
  readonly log_path: string;
  readonly packages_install_path: string;
  readonly clean_targets: readonly string[];
  readonly require_dbt_version: readonly string[];
  readonly quoting: Quoting;
  readonly dispatch: readonly DispatchConfig[];
  readonly on_run_start: readonly string[];
  readonly on_run_end: readonly string[];
  /** The trees `models:`, `seeds:` …, keyed as in dbt_project.yml (`data_tests` for tests), rendered. */
  readonly config_trees: { readonly [resource: string]: { readonly [key: string]: unknown } };
  /** The same trees before Jinja, for `unrendered_config`. */
  readonly unrendered_config_trees: { readonly [resource: string]: { readonly [key: string]: unknown } };
  /** `vars:` as written: globals and one dictionary a package. */
  readonly vars: { readonly [name: string]: unknown };
  /** Whether they are those of vars.yml, which dbt_project.yml and packages.yml may use. */
  readonly vars_from_file?: boolean;
  /** `comment`: null is dbt's own, '' none. */
  readonly query_comment: { readonly comment: string | null; readonly append: boolean; readonly job_label: boolean };
  readonly flags: { readonly [name: string]: unknown };
  /** Whether other packages may not use this one's protected models. */
  readonly restrict_access?: boolean;
}

/** The chosen output of profiles.yml, validated by its adapter. */
export interface TargetConfig {
  readonly profile_name: string;
  readonly target_name: string;
  readonly type: string;
  readonly threads: number;
  readonly database: string;
  readonly schema: string;
  /** All keys of the output as rendered, the adapter's own among them. */
  readonly credentials: { readonly [key: string]: unknown };
}

/** Everything that stands before any file of the project is parsed. */
export interface RuntimeConfig {
  readonly flags: Flags;
  readonly project: ProjectConfig;
  /** Installed packages by name, the root excluded, in the order in which dbt loads them. */
  readonly packages: ReadonlyMap<string, ProjectConfig>;
  readonly target: TargetConfig;
  /** The elements of `selectors:` in selectors.yml, rendered; null without the file. */
  readonly selectors: readonly JsonObject[] | null;
  readonly cli_vars: { readonly [name: string]: Json };
  /**
   * The working directory, absolute: relative paths of the profile and of SQL are relative to it, as in dbt, which does not
   * change into the project.
   */
  readonly cwd: string;
  /** The directory of profiles.yml, absolute. */
  readonly profiles_dir: string;
  /** The environment, fixed at the start of the invocation. */
  readonly env: { readonly [name: string]: string | undefined };
  readonly invocation_id: string;
  readonly started_at: Date;
}
