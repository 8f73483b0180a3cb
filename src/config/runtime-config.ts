import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Flags } from '../contracts/flags.js';
import type { ProjectConfig, RuntimeConfig, TargetConfig } from '../contracts/runtime-config.js';
import { dictGet, pyStr } from '../jinja/values.js';
import { checkProjectKeys } from './check-project-keys.js';
import type { Environment } from './env-var.js';
import { checkProfilesDir, profilesDirectory } from './flags.js';
import { loadPackages } from './installed-packages.js';
import { configNames, type NamesOptions, targetNames } from './names.js';
import { readPackages } from './packages.js';
import { type CredentialsParser, loadTarget, type ProfileOptions } from './profiles.js';
import { loadProject } from './project.js';
import { nearestProjectDir, type ProjectFile, readProjectFile } from './project-file.js';
import { type Names, renderYaml } from './render.js';
import { readSelectors } from './selectors.js';
import { asCliVars, typedVars, type Vars } from './vars.js';
import { readVarsFile } from './vars-file.js';
import { type Warn, warnDuplicates } from './warnings.js';

/** What configuration needs to know of an engine; `AdapterPlugin` is one. */
export interface EnginePlugin extends CredentialsParser {
  targetContext(target: TargetConfig): { readonly [name: string]: unknown };
}

export interface RuntimeConfigDeps {
  /** The engine of a `type` of profiles.yml; throws a DbtError when there is none. */
  readonly plugin: (type: string) => EnginePlugin;
  /** In place of what profiles.yml says. */
  readonly target?: TargetConfig;
  readonly warn?: Warn;
  /** Takes what dbt tells by an event without warning, e.g. `MissingProfileTarget`. */
  readonly tell?: ProfileOptions['tell'];
  /** Names for Jinja in YAML besides `env_var`, `var`, `target` and `dbt_version`. */
  readonly globals?: Names;
  readonly invocationId?: string;
  readonly startedAt?: Date;
}

/** The project's directory: `--project-dir`, else the working directory or its nearest parent with a dbt_project.yml. */
export function projectDirectory(flags: Pick<Flags, 'project_dir'>, cwd: string): string {
  return flags.project_dir === null ? nearestProjectDir(cwd) : resolve(cwd, flags.project_dir);
}

/**
 * Reads everything that stands before the project's files are parsed: profiles.yml, dbt_project.yml, selectors.yml,
 * the packages that are installed. Throws DbtErrors with their places, relative to the project.
 */
export function loadRuntimeConfig(flags: Flags, env: Environment, cwd: string, deps: RuntimeConfigDeps): RuntimeConfig {
  const { globals, plugin, warn = () => {} } = deps;
  const cliVars = typedVars(flags.vars);
  const shared = { env, cliVars, ...(globals ? { globals } : {}) };
  checkProfilesDir(flags, cwd);
  const profilesDir = profilesDirectory(flags.profiles_dir, env, cwd);
  const file = readProjectFile(projectDirectory(flags, cwd));
  warnDuplicates(file.document, warn);

  const secretNames = configNames({ ...shared, secrets: true });
  const target =
    deps.target ??
    loadTarget(profilesDir, {
      ...targetOptions(flags, env, deps, secretNames),
      projectDocument: file.document,
      projectProfile: profileName(file, secretNames),
      projectRoot: file.root,
    });

  const jinjaTarget = targetNames(target, plugin(target.type).targetContext(target));
  const { project, names, allVars } = loadRoot(file, flags, { ...shared, target: jinjaTarget }, warn);
  const list = readPackages(file.root, { names: configNames({ ...shared, cliVars: allVars, secrets: true }), env });
  // Packages see neither --vars nor vars.yml while their dbt_project.yml is rendered.
  const packages = loadPackages(project, list, {
    names: configNames({ ...shared, cliVars: {}, target: jinjaTarget }),
    warn,
    versionCheck: flags.version_check,
  });
  return {
    flags,
    project,
    packages,
    target,
    selectors: readSelectors(file.root, names),
    cli_vars: asCliVars(cliVars),
    cwd: resolve(cwd),
    profiles_dir: profilesDir,
    env,
    invocation_id: deps.invocationId ?? randomUUID(),
    started_at: deps.startedAt ?? new Date(),
  };
}

/** What of {@link ProfileOptions} does not come from dbt_project.yml. */
export function targetOptions(
  flags: Flags,
  env: Environment,
  deps: RuntimeConfigDeps,
  names: Names,
): Omit<ProfileOptions, 'projectDocument' | 'projectProfile' | 'projectRoot'> {
  const { profile, target, threads } = flags;
  return { names, env, engine: deps.plugin, tell: deps.tell ?? (() => {}), profile, target, threads };
}

/** The root project, with the variables of vars.yml. */
export function loadRoot(
  file: ProjectFile,
  flags: Flags,
  options: NamesOptions,
  warn: Warn,
): { readonly project: ProjectConfig; readonly names: Names; readonly allVars: Vars } {
  const fileVars = readVarsFile(file, warn);
  const allVars = { ...fileVars, ...options.cliVars };
  const names = configNames({ ...options, cliVars: allVars });
  const project = loadProject(file, {
    names,
    warn,
    versionCheck: flags.version_check,
    targetPath: flags.target_path,
    logPath: flags.log_path,
    vars: fileVars,
  });
  return { project, names, allVars };
}

/** What `deps` and `clean` need: the project without profile, target and packages. Variables may be missing. */
export function loadProjectOnly(
  flags: Flags,
  env: Environment,
  cwd: string,
  deps: Pick<RuntimeConfigDeps, 'globals' | 'warn'> = {},
): ProjectConfig {
  const { globals, warn = () => {} } = deps;
  const file = readProjectFile(projectDirectory(flags, cwd));
  warnDuplicates(file.document, warn);
  checkProjectKeys(file, warn);
  const cliVars = typedVars(flags.vars);
  return loadRoot(file, flags, { env, cliVars, requireVars: false, target: {}, ...(globals ? { globals } : {}) }, warn)
    .project;
}

/** `profile:` of dbt_project.yml, rendered; null when it names none. */
export function profileName(file: ProjectFile, names: Names): string | null {
  const written = dictGet(file.raw, 'profile');
  if (written === undefined || written === null) return null;
  return pyStr(renderYaml(written, names, { document: file.document, base: ['profile'] }));
}
