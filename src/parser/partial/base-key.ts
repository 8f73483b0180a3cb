import { createHash } from 'node:crypto';
import { DBT_VERSION } from '../../contracts/dbt-version.js';
import type { ProjectConfig, RuntimeConfig } from '../../contracts/runtime-config.js';
import { pyRepr } from '../../jinja/values.js';
import type { BaseKey } from './cache-file.js';

/** Keys of dbt_project.yml that no parsed file depends on, or whose use is noted file by file. */
type Apart =
  | 'vars'
  | 'on_run_start'
  | 'on_run_end'
  | 'query_comment'
  | 'version'
  | 'profile'
  | 'target_path'
  | 'log_path'
  | 'clean_targets'
  | 'packages_install_path'
  | 'require_dbt_version'
  | 'flags'
  | 'asset_paths';

/**
 * What every parsed file depends on; the key of a part is the reason that is given when it has changed, in dbt's words
 * where dbt has such a reason.
 */
export function baseKey(config: RuntimeConfig, version: string, salt: string): BaseKey {
  const hash = (value: unknown): string =>
    createHash('sha256').update(salt).update(pyRepr(value)).digest('base64').slice(0, 24);
  const { target, project, packages, flags } = config;
  const { threads: _threads, ...connection } = target;
  const { threads: _also, ...credentials } = target.credentials;
  return {
    'of a version mismatch': `${version}/${DBT_VERSION}`,
    'profile has changed': hash({ ...connection, credentials }),
    'a project dependency has been added': hash([...packages].map(([name, { root }]) => [name, root])),
    'a project config has changed': hash([project, ...packages.values()].map(settings)),
    'behavior flags have changed': hash({ ...flags.behavior, empty: flags.empty }),
    'the working directory or the time zone has changed': hash([
      config.cwd,
      [0, 3, 6, 9].map((month) => new Date(2024, month, 1).getTimezoneOffset()),
      config.env['TZ'] ?? null,
    ]),
  };
}

function settings(project: ProjectConfig): Omit<ProjectConfig, Apart> {
  const {
    vars: _vars,
    on_run_start: _start,
    on_run_end: _end,
    query_comment: _comment,
    version: _version,
    profile: _profile,
    target_path: _target,
    log_path: _log,
    clean_targets: _clean,
    packages_install_path: _install,
    require_dbt_version: _require,
    flags: _flags,
    asset_paths: _assets,
    ...rest
  } = project;
  return rest;
}
