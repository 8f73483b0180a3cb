import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { TargetConfig } from '../contracts/runtime-config.js';
import { compileTemplate } from '../jinja/environment.js';
import { type Environment, type EnvVarOptions, envVarFunction } from './env-var.js';
import type { Names } from './render.js';
import { lookupIn, type Vars, varFunction } from './vars.js';

export interface NamesOptions extends EnvVarOptions {
  readonly env: Environment;
  readonly cliVars: Vars;
  /** Jinja's `target`; without it there is none, as in profiles.yml. */
  readonly target?: { readonly [name: string]: unknown };
  /** Further names, e.g. dbt's functions without a project (`fromjson`, `modules` …), which belong to `context/`. */
  readonly globals?: Names;
  /** Whether a missing variable is an error (not for `deps` and `clean`). Default true. */
  readonly requireVars?: boolean;
}

/** What Jinja sees in the files of configuration: `env_var`, `var` (of `--vars` only), `target`, `dbt_version`. */
export function configNames(options: NamesOptions): Names {
  const { env, cliVars, target, globals } = options;
  const own = new Map<string, unknown>();
  const names: Names = {
    get: (name) => (own.has(name) ? own.get(name) : globals?.get(name)),
    names: () => [...own.keys(), ...(globals?.names?.() ?? [])],
  };
  own.set('env_var', envVarFunction(env, options));
  own.set(
    'var',
    varFunction(lookupIn([cliVars]), {
      required: options.requireVars ?? true,
      render: (text) => (/\{[{%#]/.test(text) ? compileTemplate(text, { file: '--vars' }).renderSync(names) : text),
    }),
  );
  own.set('dbt_version', DBT_VERSION);
  if (target) own.set('target', target);
  return names;
}

/** Jinja's `target`: the engine's fields and those that all engines share. */
export function targetNames(
  target: TargetConfig,
  engineFields: { readonly [name: string]: unknown },
): { readonly [name: string]: unknown } {
  return {
    ...engineFields,
    type: target.type,
    threads: target.threads,
    name: target.target_name,
    target_name: target.target_name,
    profile_name: target.profile_name,
  };
}
