import type { RuntimeConfig } from '../contracts/runtime-config.js';

/** Flags that are left out while they are false. */
const LEFT_OUT_WHEN_FALSE = new Set(['debug', 'full_refresh', 'fail_fast', 'warn_error', 'store_failures']);

/** Jinja's `invocation_args_dict`: the flags of the invocation by dbt's names, those without a value left out. */
export function invocationArgs(config: RuntimeConfig): { readonly [name: string]: unknown } {
  const { behavior, exclude_resource_types: _excluded, resource_types: _types, ...flags } = config.flags;
  const args: { [name: string]: unknown } = { profiles_dir: config.profiles_dir, project_dir: config.project.root };
  for (const [name, value] of Object.entries(flags)) {
    if (value === null || (value === false && LEFT_OUT_WHEN_FALSE.has(name))) continue;
    args[name] = value;
  }
  return { ...args, ...behavior };
}
