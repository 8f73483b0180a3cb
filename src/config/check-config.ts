import { join, resolve } from 'node:path';
import type { Flags } from '../contracts/flags.js';
import type { ProjectConfig, TargetConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import { dictKeys, isDict, pyStr } from '../jinja/values.js';
import type { Environment } from './env-var.js';
import { profilesDirectory } from './flags.js';
import { configNames, targetNames } from './names.js';
import { loadTarget, PROFILES_FILE, readProfiles } from './profiles.js';
import { PROJECT_FILE, type ProjectFile, readProjectFile } from './project-file.js';
import { isFile } from './read-file.js';
import { loadRoot, profileName, projectDirectory, type RuntimeConfigDeps, targetOptions } from './runtime-config.js';
import { typedVars } from './vars.js';

/** What ends dbt's `debug` at once: a file that is no YAML, a variable that is not set. */
const FATAL: readonly string[] = ['yaml-syntax', 'env-var-missing'];

/** How a part of the configuration was found. */
export type Checked<T> =
  | { readonly state: 'valid'; readonly value: T }
  | { readonly state: 'missing' }
  | { readonly state: 'invalid'; readonly errors: readonly DbtError[] };

/** The files of configuration, and what is to be said of each. */
export interface CheckedConfig {
  /** As given, else absolute; as dbt prints it. */
  readonly profilesDir: string;
  readonly profilesPath: string;
  /** Absolute. */
  readonly projectPath: string;
  /** The output that a run would take. */
  readonly profile: Checked<TargetConfig>;
  /** The profiles that were looked at because no project names one. */
  readonly guessed: readonly string[];
  readonly project: Checked<ProjectConfig>;
}

/**
 * Looks at dbt_project.yml and profiles.yml each by itself, as far as each goes: `debug`. What is wrong with both is told
 * at once. As in dbt, without a project the profiles that there are get looked at, and it throws for what is no YAML, a
 * variable that is not set, a `--project-dir` without a project, and several profiles of which none is named.
 */
export function checkConfig(flags: Flags, env: Environment, cwd: string, deps: RuntimeConfigDeps): CheckedConfig {
  const profilesDir = profilesDirectory(flags.profiles_dir, env, cwd);
  const shownDir = flags.profiles_dir ?? profilesDir;
  const profilesPath = join(profilesDir, PROFILES_FILE);
  const projectRoot = projectDirectory(flags, cwd);
  const projectPath = join(resolve(cwd, projectRoot), PROJECT_FILE);
  const shared = { env, cliVars: typedVars(flags.vars), ...(deps.globals ? { globals: deps.globals } : {}) };
  // A directory that was asked for has to have a project.
  if (flags.project_dir !== null && !isFile(projectPath)) readProjectFile(projectRoot);
  const file = isFile(projectPath) ? checked(() => readProjectFile(projectRoot)) : ({ state: 'missing' } as const);
  const read = file.state === 'valid' ? file.value : null;
  const names = configNames({ ...shared, secrets: true });
  const named = read ? checked(() => profileName(read, names)) : null;
  const chosen = flags.profile ?? (named?.state === 'valid' ? named.value : null);

  const load = (profile: string | null): TargetConfig =>
    loadTarget(profilesDir, {
      ...targetOptions(flags, env, deps, names),
      profile: flags.profile ?? (read ? null : profile),
      projectDocument: read?.document,
      projectProfile: profile,
      projectRoot,
    });
  const guessed = chosen === null ? profilesIn(profilesDir, projectRoot) : [];
  const profile = isFile(profilesPath) ? checkProfiles(chosen, guessed, load) : ({ state: 'missing' } as const);

  const target = profile.state === 'valid' ? profile.value : undefined;
  const jinjaTarget = target ? targetNames(target, deps.plugin(target.type).targetContext(target)) : {};
  const project = read ? checkRoot(read, flags, { ...shared, target: jinjaTarget }, deps) : (file as Checked<never>);
  return { profilesDir: shownDir, profilesPath: join(shownDir, PROFILES_FILE), projectPath, profile, guessed, project };
}

function checkRoot(
  file: ProjectFile,
  flags: Flags,
  options: Parameters<typeof loadRoot>[2],
  { warn = () => {} }: RuntimeConfigDeps,
): Checked<ProjectConfig> {
  return checked(() => loadRoot(file, flags, options, warn).project);
}

function checkProfiles(
  chosen: string | null,
  guessed: readonly string[],
  load: (profile: string | null) => TargetConfig,
): Checked<TargetConfig> {
  if (chosen !== null || guessed.length === 0) return checked(() => load(chosen));
  const found = guessed.map((name) => checked(() => load(name)));
  const errors = found.flatMap((one) => (one.state === 'invalid' ? one.errors : []));
  if (errors.length > 0) return { state: 'invalid', errors };
  if (found.length === 1) return found[0] as Checked<TargetConfig>;
  throw new DbtError('profile-missing', `Nothing says which profile to use: ${guessed.join(', ')}`, {
    hint: "There is no dbt_project.yml here whose 'profile' says it: give --profile, or --project-dir.",
  });
}

/** The names in profiles.yml; none when it can't be read, which loading a profile tells. */
function profilesIn(profilesDir: string, projectRoot: string): readonly string[] {
  const read = checked(() => readProfiles(profilesDir, projectRoot));
  const value = read.state === 'valid' ? read.value?.value : undefined;
  return isDict(value) ? [...dictKeys(value)].map((key) => pyStr(key)).filter((key) => key !== 'config') : [];
}

function checked<T>(load: () => T): Checked<T> {
  try {
    return { state: 'valid', value: load() };
  } catch (error) {
    if (!isDbtError(error) || FATAL.includes(error.code)) throw error;
    return { state: 'invalid', errors: [error] };
  }
}
