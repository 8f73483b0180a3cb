import type { ProjectConfig, RuntimeConfig } from '../contracts/runtime-config.js';
import { type CallArgs, type HostObject, hostFunction, JINJA } from '../jinja/values.js';
import { invocationArgs } from './invocation-args.js';

type Getters = { readonly [name: string]: () => unknown };

/**
 * What dbt's resolvers carry as `config`: packages read names and versions of projects from `builtins.ref.config`. It
 * has the project's keys and the target's names, and under `dependencies` the same for each package, the root included;
 * no credentials.
 */
export class ConfigView implements HostObject {
  readonly [JINJA.type] = 'RuntimeConfig';
  readonly #getters: Getters;

  constructor(config: RuntimeConfig, project: ProjectConfig) {
    const { target } = config;
    this.#getters = {
      args: () => invocationArgs(config),
      cli_vars: () => config.cli_vars,
      dependencies: () => dependencies(config),
      profile_name: () => target.profile_name,
      target_name: () => target.target_name,
      threads: () => target.threads,
      project_name: () => project.project_name,
      project_root: () => project.root,
      version: () => project.version,
      vars: () => new VarProvider(project.vars),
      quoting: () => project.quoting,
      dispatch: () => project.dispatch,
      on_run_start: () => project.on_run_start,
      on_run_end: () => project.on_run_end,
      model_paths: () => project.model_paths,
      seed_paths: () => project.seed_paths,
      test_paths: () => project.test_paths,
      analysis_paths: () => project.analysis_paths,
      macro_paths: () => project.macro_paths,
      snapshot_paths: () => project.snapshot_paths,
      function_paths: () => project.function_paths,
      docs_paths: () => project.docs_paths,
      asset_paths: () => project.asset_paths,
      target_path: () => project.target_path,
      log_path: () => project.log_path,
      packages_install_path: () => project.packages_install_path,
      clean_targets: () => project.clean_targets,
      ...Object.fromEntries(Object.entries(project.config_trees).map(([kind, tree]) => [kind, () => tree])),
    };
  }

  [JINJA.attr](name: string): unknown {
    return Object.hasOwn(this.#getters, name) ? this.#getters[name]?.() : undefined;
  }
}

/** dbt's object around a project's `vars:`. */
class VarProvider implements HostObject {
  readonly [JINJA.type] = 'VarProvider';

  constructor(readonly vars: ProjectConfig['vars']) {}

  [JINJA.attr](name: string): unknown {
    if (name === 'vars') return this.vars;
    return name === 'to_dict' ? hostFunction('to_dict', () => this.vars) : undefined;
  }
}

function dependencies(config: RuntimeConfig): { readonly [name: string]: ConfigView } {
  const all = [config.project, ...config.packages.values()];
  return Object.fromEntries(all.map((project) => [project.project_name, new ConfigView(config, project)]));
}

/** `ref` or `source`: callable, and with the configuration as `config`. */
export class Resolver implements HostObject {
  readonly #type: string;
  readonly #config: RuntimeConfig;
  readonly #call: (args: CallArgs) => unknown;

  constructor(type: string, config: RuntimeConfig, call: (args: CallArgs) => unknown) {
    this.#type = type;
    this.#config = config;
    this.#call = call;
  }

  get [JINJA.type](): string {
    return this.#type;
  }

  [JINJA.call](args: CallArgs): unknown {
    return this.#call(args);
  }

  [JINJA.attr](name: string): unknown {
    return name === 'config' ? new ConfigView(this.#config, this.#config.project) : undefined;
  }
}
