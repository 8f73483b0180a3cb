import { isAbsolute, join, resolve } from 'node:path';
import type { Flags, Which } from '../contracts/flags.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';
import { dictEntries, dictGet, isDict, isInt, pyRepr, pyStr } from '../jinja/values.js';
import type { Environment } from './env-var.js';
import { readEventTimes, readSample } from './event-times.js';
import { BEHAVIOR_DEFAULTS, FLAG_TABLE, type FlagSpec } from './flag-table.js';
import { ENGINE_VARIABLES } from './known-names.js';
import { nearestProjectDir, PROJECT_FILE } from './project-file.js';
import { isDirectory, isFile, readYamlFile } from './read-file.js';
import { parseCliVars, plainVars, type Vars } from './vars.js';
import { readWarnErrorOptions } from './warn-error-options.js';
import { type ConfigWarning, configWarning } from './warnings.js';
import { asRecord, type YamlDocument } from './yaml.js';

/** What the command line gave, by the names of `Flags`; `vars` and `warn_error_options` may be YAML text. */
export type GivenFlags = { readonly [name: string]: unknown };

export interface ResolvedFlags {
  readonly flags: Flags;
  /** Flags of dbt that the contract has not: `log_level_file`, `show_all_deprecations` …, and those given. */
  readonly more: { readonly [name: string]: unknown };
  /** To be reported once events can be: flags are known before. */
  readonly warnings: readonly ConfigWarning[];
}

/**
 * Resolves the flags: command line, then `DBT_ENGINE_<FLAG>` and `DBT_<FLAG>`, then `flags:` of dbt_project.yml (or the
 * old `config:` of profiles.yml), then dbt's default. Throws `flag-invalid`, `flags-conflict`, `vars-invalid`.
 */
export function resolveFlags(
  which: Which,
  command: string,
  given: GivenFlags,
  env: Environment,
  cwd: string,
): ResolvedFlags {
  const warnings: ConfigWarning[] = [...reservedVariables(env)];
  const fromEnv = readEnvironment(which, env, warnings);
  const outer = { ...fromEnv, ...given };
  const projectDir =
    typeof outer['project_dir'] === 'string' ? resolve(cwd, outer['project_dir']) : nearestProjectDir(cwd);
  const profilesDir = profilesDirectory(outer['profiles_dir'], env, cwd);
  const project = readProjectFlags(projectDir, profilesDir, warnings);

  const values: Record<string, unknown> = {};
  const chosen = new Set<string>();
  for (const [name, spec] of Object.entries(FLAG_TABLE)) {
    const own = outer[name] ?? (spec.project ? project.values[name] : undefined);
    if (own !== undefined && own !== null) chosen.add(name);
    values[name] = own ?? spec.default;
  }
  follow(values, chosen, 'log_format', 'log_format_file');
  follow(values, chosen, 'log_level', 'log_level_file');
  follow(values, chosen, 'use_colors', 'use_colors_file');
  values['vars'] = plainVars(
    typeof given['vars'] === 'string' ? parseCliVars(given['vars']) : ((given['vars'] ?? {}) as Vars),
  );
  if (typeof values['warn_error_options'] === 'string') {
    const text = values['warn_error_options'];
    const value = parseCliVars(text, 'warn-error-options');
    values['warn_error_options'] = warnErrorOptions(value, {}, warnings);
  } else if (chosen.has('warn_error_options')) {
    values['warn_error_options'] = warnErrorOptions(values['warn_error_options'], project.place, warnings);
  }
  values['partial_parse_file_path'] = partialParseFile(values['partial_parse_file_path'], cwd);
  exclusive(chosen, 'warn_error', 'warn_error_options');
  if (values['inline'] !== null) {
    for (const name of ['select', 'selector']) if (chosen.has(name)) exclusive(chosen, name, 'inline');
  }

  const times = readEventTimes(values['event_time_start'], values['event_time_end']);
  values['event_time_start'] = times.start;
  values['event_time_end'] = times.end;
  values['sample'] = readSample(values['sample'], new Date());

  const contract: Record<string, unknown> = { which, invocation_command: command, behavior: project.behavior };
  const more: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) (CONTRACT.has(name) ? contract : more)[name] = value;
  for (const [name, value] of Object.entries(given)) if (!(name in values)) more[name] = value;
  return { flags: contract as unknown as Flags, more, warnings };
}

/** Flags of the table that `Flags` has not. */
const NOT_IN_CONTRACT = [
  'clean_project_files_only',
  'partial_parse_file_path',
  'log_level_file',
  'log_file_max_bytes',
  'lock_timeout',
  'log_cache_events',
  'use_colors_file',
  'show_all_deprecations',
  'sample_rows',
  'junit',
  'github_annotations',
  'static_parser',
  'use_experimental_parser',
  'send_anonymous_usage_stats',
];
const CONTRACT: ReadonlySet<string> = new Set([
  ...Object.keys(FLAG_TABLE).filter((name) => !NOT_IN_CONTRACT.includes(name)),
  'vars',
]);

/** The directory of profiles.yml: as given, else the working directory if it has the file, else `~/.dbt`; absolute. */
export function profilesDirectory(given: unknown, env: Environment, cwd: string): string {
  if (typeof given === 'string' && given !== '') return isAbsolute(given) ? given : resolve(cwd, given);
  if (isFile(join(cwd, 'profiles.yml'))) return cwd;
  return join(env['HOME'] ?? env['USERPROFILE'] ?? cwd, '.dbt');
}

/** Throws `flag-invalid` when `--profiles-dir` names no directory. */
export function checkProfilesDir(flags: Flags, cwd: string): void {
  const { profiles_dir: given } = flags;
  if (given === null || isDirectory(resolve(cwd, given))) return;
  throw new DbtError('flag-invalid', `Invalid value for '--profiles-dir': Path '${given}' does not exist.`, {
    hint: 'It is the directory that holds profiles.yml.',
  });
}

/** The file of `--partial-parse-file-path`, absolute; null when it is not given. Throws `flag-invalid` for what is no file. */
function partialParseFile(given: unknown, cwd: string): string | null {
  if (typeof given !== 'string' || given === '') return null;
  const path = resolve(cwd, given);
  if (isFile(path)) return path;
  const why = isDirectory(path) ? `File '${given}' is a directory.` : `File '${given}' does not exist.`;
  throw new DbtError('flag-invalid', `Invalid value for '--partial-parse-file-path': ${why}`, {
    hint: 'It is a file that tsdbt has written, e.g. target/partial_parse.tsdbt of another checkout.',
  });
}

/** A flag that was not set itself has the value of the one that leads. */
function follow(values: Record<string, unknown>, chosen: ReadonlySet<string>, lead: string, led: string): void {
  if (chosen.has(lead) && !chosen.has(led)) values[led] = values[lead];
}

function exclusive(chosen: ReadonlySet<string>, first: string, second: string): void {
  if (!chosen.has(first) || !chosen.has(second)) return;
  throw new DbtError('flags-conflict', `${second}: not allowed with argument ${first}`, { hint: 'Give one of them.' });
}

function warnErrorOptions(value: unknown, place: DbtErrorOptions, warnings: ConfigWarning[]): unknown {
  const { options, old } = readWarnErrorOptions(value, place);
  if (old) {
    const message = 'Found `include` or `exclude` in `warn_error_options`: they are called `error` and `warn` now.';
    warnings.push(
      configWarning('WEOIncludeExcludeDeprecation', 'flag-deprecated', message, place.span ? { span: place.span } : {}),
    );
  }
  return options;
}

function reservedVariables(env: Environment): ConfigWarning[] {
  const prefix = 'DBT_ENGINE_';
  return Object.keys(env)
    .filter((name) => name.startsWith('DBT_ENGINE') && !ENGINE_VARIABLES.has(name.slice(prefix.length)))
    .map((name) => {
      const message = `Found custom environment variable \`${name}\` in the environment. The prefix \`DBT_ENGINE\` is reserved for dbt engine environment variables. Custom environment variables with the prefix \`DBT_ENGINE\` may cause collisions and runtime errors.`;
      const near = didYouMean(name.slice(prefix.length), ENGINE_VARIABLES)?.replaceAll("'", '');
      const hint = near === undefined ? 'Rename the variable.' : `${near} Else rename the variable.`;
      return configWarning('EnvironmentVariableNamespaceDeprecation', 'env-var-reserved', message, { hint });
    });
}

function readEnvironment(which: Which, env: Environment, warnings: ConfigWarning[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [flag, spec] of Object.entries(FLAG_TABLE)) {
    if (spec.env === undefined || (spec.commands && !spec.commands.includes(which))) continue;
    const name = [`DBT_ENGINE_${spec.env}`, `DBT_${spec.env}`].find((candidate) => env[candidate]);
    if (name !== undefined) values[flag] = readText(spec, env[name] as string, name);
  }
  for (const { old, flag, now, negated } of RENAMED_VARIABLES) {
    const name = [`DBT_ENGINE_${old}`, `DBT_${old}`].find((candidate) => env[candidate]);
    if (name === undefined) continue;
    const spec = FLAG_TABLE[flag];
    if (spec) {
      const value = readText(spec, env[name] as string, name);
      values[flag] = negated ? !value : value;
    }
    const message = `The environment variable \`DBT_${old}\` has been renamed to \`DBT_ENGINE_${now}\`.`;
    const hint = `Set DBT_ENGINE_${now}${negated ? '=false' : ''}.`;
    warnings.push(configWarning('EnvironmentVariableRenamed', 'flag-deprecated', message, { hint, countedAs: old }));
  }
  return values;
}

/** Old names of variables without `DBT_`, as dbt still takes them. */
const RENAMED_VARIABLES = [
  { old: 'DEFER_TO_STATE', flag: 'defer', now: 'DEFER', negated: false },
  { old: 'FAVOR_STATE_MODE', flag: 'favor_state', now: 'FAVOR_STATE', negated: false },
  { old: 'NO_PRINT', flag: 'print', now: 'PRINT', negated: true },
  { old: 'ARTIFACT_STATE_PATH', flag: 'state', now: 'STATE', negated: false },
] as const;

const TRUE = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const FALSE = new Set(['0', 'false', 'f', 'no', 'n', 'off']);

/** Reads the text of an environment variable as click does. */
function readText(spec: FlagSpec, text: string, name: string): unknown {
  const fail = (message: string, hint?: string): DbtError =>
    new DbtError('flag-invalid', `Invalid value of ${name}: ${message}`, hint ? { hint } : {});
  switch (spec.kind) {
    case 'bool': {
      const word = text.trim().toLowerCase();
      if (TRUE.has(word)) return true;
      if (FALSE.has(word)) return false;
      throw fail(`'${text}' is not a valid boolean.`, `Use one of ${[...TRUE, ...FALSE].join(', ')}.`);
    }
    case 'integer': {
      if (/^[+-]?\d+$/.test(text.trim())) return Number(text);
      throw fail(`'${text}' is not a valid integer.`, 'Write a whole number.');
    }
    case 'choice': {
      const choice = spec.choices?.find((candidate) => candidate === text.toLowerCase());
      if (choice !== undefined) return choice;
      const list = (spec.choices ?? []).map((candidate) => `'${candidate}'`).join(', ');
      throw fail(`'${text}' is not one of ${list}.`, didYouMean(text, spec.choices ?? []) ?? `Use one of ${list}.`);
    }
    case 'words':
      return text.split(/\s+/).filter((word) => word !== '');
    default:
      return text;
  }
}

interface ProjectFlags {
  readonly values: { readonly [name: string]: unknown };
  readonly behavior: { readonly [name: string]: boolean };
  readonly place: DbtErrorOptions;
}

/** `flags:` of dbt_project.yml, not rendered. A file that can't be read is told when the project is loaded. */
function readProjectFlags(projectDir: string, profilesDir: string, warnings: ConfigWarning[]): ProjectFlags {
  const none: ProjectFlags = { values: {}, behavior: BEHAVIOR_DEFAULTS, place: {} };
  const project = section(projectDir, PROJECT_FILE, 'flags', projectDir, true);
  const profiles = section(profilesDir, 'profiles.yml', 'config', projectDir, false);
  if (project && profiles) {
    throw new DbtError(
      'flags-conflict',
      "Do not specify both 'config' in profiles.yml and 'flags' in dbt_project.yml. Using 'config' in profiles.yml is deprecated.",
      { ...profiles.place, hint: "Move what is under 'config' to 'flags' in dbt_project.yml." },
    );
  }
  const found = project ?? profiles;
  if (!found) return none;
  if (profiles) {
    const message =
      'User config should be moved from the `config` key in profiles.yml to the `flags` key in dbt_project.yml.';
    warnings.push(
      configWarning(
        'ProjectFlagsMovedDeprecation',
        'flag-deprecated',
        message,
        profiles.place.span ? { span: profiles.place.span } : {},
      ),
    );
  }
  const wrong = Object.entries(found.values).find(([name, value]) => !fits(name, value));
  if (wrong) {
    const [name, value] = wrong;
    const { document, key } = found;
    warnings.push(
      configWarning(
        'ValidationWarning',
        'flag-invalid',
        `${key}.${name}: ${pyRepr(value)} is not valid; dbt ignores all of '${key}' then.`,
        {
          span: document.span([key, name], 'value'),
          sourceText: document.text,
          hint: `Give '${name}' a valid value, without Jinja: flags are not rendered.`,
        },
      ),
    );
    return none;
  }
  const behavior: Record<string, boolean> = { ...BEHAVIOR_DEFAULTS };
  for (const [name, value] of Object.entries(found.values)) {
    if (typeof value === 'boolean' && !Object.hasOwn(FLAG_TABLE, name)) behavior[name] = value;
  }
  return { values: found.values, behavior, place: found.place };
}

interface Section {
  readonly values: { readonly [name: string]: unknown };
  readonly document: YamlDocument;
  readonly key: string;
  readonly place: DbtErrorOptions;
}

function section(directory: string, file: string, key: string, root: string, strip: boolean): Section | undefined {
  let document: YamlDocument | undefined;
  try {
    document = readYamlFile(directory, file, root, { strip });
  } catch (error) {
    if (error instanceof DbtError) return undefined;
    throw error;
  }
  if (!document || !isDict(document.value)) return undefined;
  const value = dictGet(document.value, key);
  if (!isDict(value) || [...dictEntries(value)].length === 0) return undefined;
  const lower = Object.fromEntries([...dictEntries(value)].map(([name, item]) => [pyStr(name), item]));
  const place = { span: document.span([key]), sourceText: document.text };
  return { values: asRecord(lower) ?? {}, document, key, place };
}

/** Whether a value of `flags:` has the type that dbt asks for; keys that it does not know may have any. */
function fits(name: string, value: unknown): boolean {
  if (Object.hasOwn(BEHAVIOR_DEFAULTS, name)) return typeof value === 'boolean';
  const spec = Object.hasOwn(FLAG_TABLE, name) ? FLAG_TABLE[name] : undefined;
  if (!spec?.project || value === null) return true;
  switch (spec.kind) {
    case 'bool':
      return typeof value === 'boolean';
    case 'integer':
      return isInt(value);
    case 'choice':
      return typeof value === 'string' && (spec.choices?.includes(value) ?? true);
    case 'warn-error-options':
      return isDict(value);
    default:
      return typeof value === 'string';
  }
}
