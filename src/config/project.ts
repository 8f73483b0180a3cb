import { isAbsolute, join } from 'node:path';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { DispatchConfig, ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import { dictEntries, dictGet, isDict, pyRepr, pyStr } from '../jinja/values.js';
import type { ProjectFile } from './project-file.js';
import { validateProject } from './project-schema.js';
import { type KeyPath, type Names, renderYaml } from './render.js';
import { canBeSatisfied, formatVersionSpec, parseVersionSpec, satisfies, type VersionSpec } from './semver.js';
import type { Vars } from './vars.js';
import { configWarning, type Warn } from './warnings.js';
import { putKey, type YamlDict } from './yaml/mapping.js';
import { isDate } from './yaml/timestamp.js';

export interface ProjectOptions {
  /** What Jinja in the file sees: `env_var`, `var`, `target` … */
  readonly names: Names;
  readonly warn: Warn;
  /** Whether `require-dbt-version` is compared with the version that tsdbt presents. */
  readonly versionCheck: boolean;
  /** `--target-path`, which goes before the file's. */
  readonly targetPath?: string | null;
  /** `--log-path`. */
  readonly logPath?: string | null;
  /** The variables of vars.yml, which stand for those of the file. */
  readonly vars?: Vars | null;
}

/** The resource trees of dbt_project.yml by their keys. */
const TREES = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'data_tests',
  'unit_tests',
  'metrics',
  'semantic-models',
  'saved-queries',
  'exposures',
  'functions',
] as const;

/** Renders and checks a dbt_project.yml. Throws `project-invalid`, `project-key-unknown`, `project-version`. */
export function loadProject(file: ProjectFile, options: ProjectOptions): ProjectConfig {
  const { document, raw, root } = file;
  const dict = renderYaml(raw, options.names, { document, keep: isLate, after: fillEmpty }) as YamlDict;
  const requirement = requiredVersion(dict, file, options.versionCheck);
  checkOldKeys(dict, file, options.warn);
  validateProject(dict, document);

  const get = (key: string): unknown => dictGet(dict, key) ?? null;
  const paths = (key: string, fallback: readonly string[], old?: string): readonly string[] => {
    const value = dictGet(dict, key) === undefined && old !== undefined ? get(old) : get(key);
    return (value as readonly string[] | null) ?? fallback;
  };
  const text = (key: string): string | null => get(key) as string | null;

  const model_paths = paths('model-paths', ['models'], 'source-paths');
  const seed_paths = paths('seed-paths', ['seeds'], 'data-paths');
  const snapshot_paths = paths('snapshot-paths', ['snapshots']);
  const analysis_paths = paths('analysis-paths', ['analyses']);
  const macro_paths = paths('macro-paths', ['macros']);
  const test_paths = paths('test-paths', ['tests']);
  const function_paths = paths('function-paths', ['functions']);
  const sources = [model_paths, seed_paths, snapshot_paths, analysis_paths, macro_paths, test_paths, function_paths];
  const target_path = options.targetPath ?? text('target-path') ?? 'target';
  const version = get('version');

  return {
    project_name: text('name') ?? '',
    root,
    version: version === null ? null : pyStr(version),
    profile: text('profile'),
    model_paths,
    seed_paths,
    test_paths,
    analysis_paths,
    macro_paths,
    snapshot_paths,
    function_paths,
    docs_paths: paths('docs-paths', [...new Set(sources.flat().map((path) => path.replace(/\/+$/, '')))]),
    asset_paths: paths('asset-paths', []),
    target_path,
    log_path: options.logPath ?? projectLogPath(file),
    packages_install_path: text('packages-install-path') ?? 'dbt_packages',
    clean_targets: paths('clean-targets', [target_path]),
    require_dbt_version: requirement.map(formatVersionSpec),
    quoting: quoting(get('quoting')),
    dispatch: ((get('dispatch') ?? []) as YamlDict[]).map(dispatchEntry),
    on_run_start: paths('on-run-start', []),
    on_run_end: paths('on-run-end', []),
    config_trees: trees(dict),
    unrendered_config_trees: trees(datesAsText(raw) as YamlDict),
    vars: options.vars ?? record(get('vars')),
    ...(options.vars ? { vars_from_file: true } : {}),
    query_comment: queryComment(dictGet(dict, 'query-comment')),
    flags: record(get('flags')),
    restrict_access: get('restrict-access') === true,
  };
}

/** `log-path` of dbt_project.yml or `logs`, unrendered as dbt has it, within the project's directory. */
export function projectLogPath(file: ProjectFile): string {
  const written = dictGet(file.raw, 'log-path');
  const path = typeof written === 'string' && written !== '' ? written : 'logs';
  return isAbsolute(path) ? path : join(file.root, path);
}

/** What dbt leaves unrendered while it reads the project: hooks, the query comment, variables. */
function isLate(path: KeyPath): boolean {
  const first = path[0];
  if (first === 'on-run-start' || first === 'on-run-end' || first === 'query-comment' || first === 'vars') return true;
  if (first !== 'models' && first !== 'seeds' && first !== 'snapshots' && first !== 'data_tests' && first !== 'tests') {
    return false;
  }
  return path.some((part) => typeof part === 'string' && LATE_HOOKS.has(part.replace(/^[+ ]+/, '')));
}

const LATE_HOOKS = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/** Null where a list or mapping is expected, and text where a list is, as dbt forgives them. */
function fillEmpty(value: unknown, path: KeyPath): unknown {
  const key = path.join('.');
  if (key === 'on-run-start' || key === 'on-run-end' || /^(?:models|seeds|snapshots)\.(?:pre|post)-hook$/.test(key)) {
    return value === null ? [] : typeof value === 'string' ? [value] : value;
  }
  if (value === null && /^(?:(?:models|seeds|snapshots)(?:\.vars)?|seeds\.column_types)$/.test(key)) return {};
  return value;
}

function requiredVersion(dict: YamlDict, file: ProjectFile, check: boolean): readonly VersionSpec[] {
  const required = dictGet(dict, 'require-dbt-version') ?? '>=0.0.0';
  const texts = typeof required === 'string' ? required.split(',') : required;
  if (!Array.isArray(texts)) return [];
  const { document } = file;
  const at = () => ({ span: document.span(['require-dbt-version'], 'value'), sourceText: document.text });
  const specs = texts.map((text) => {
    const spec = parseVersionSpec(String(text));
    if (spec) return spec;
    const hint = "A requirement has an operator and three numbers and no blanks: '>=1.5.0', or ['>=1.5.0', '<2.0.0'].";
    throw new DbtError('project-invalid', `"${text}" is not a valid semantic version.`, { ...at(), hint });
  });
  const name = dictGet(dict, 'name');
  if (!check || name === undefined) return specs;
  const shown = pyRepr(specs.map(formatVersionSpec));
  const hint = 'Take another version of the package, or run with --no-version-check.';
  if (!canBeSatisfied(specs)) {
    const message = `The package version requirement can never be satisfied for the '${pyStr(name)}' package.\n  Required versions of dbt for '${pyStr(name)}': ${shown}`;
    throw new DbtError('project-version', message, { ...at(), hint });
  }
  const installed = parseVersionSpec(DBT_VERSION) as VersionSpec;
  if (!specs.every((spec) => satisfies(installed, spec))) {
    const message = `This version of dbt is not supported with the '${pyStr(name)}' package.\n  Installed version of dbt: ${formatVersionSpec(installed)}\n  Required version of dbt for '${pyStr(name)}': ${shown}`;
    throw new DbtError('project-version', message, { ...at(), hint });
  }
  return specs;
}

/** Old keys: each with its successor, or with the value that dbt lets pass and the flag to use instead. */
const OLD_KEYS = [
  { old: 'source-paths', event: 'ConfigSourcePathDeprecation', now: 'model-paths' },
  { old: 'data-paths', event: 'ConfigDataPathDeprecation', now: 'seed-paths' },
  { old: 'log-path', event: 'ConfigLogPathDeprecation', usual: 'logs' },
  { old: 'target-path', event: 'ConfigTargetPathDeprecation', usual: 'target' },
] as const;

function checkOldKeys(dict: YamlDict, { document }: ProjectFile, warn: Warn): void {
  for (const entry of OLD_KEYS) {
    const { old, event } = entry;
    const value = dictGet(dict, old);
    if (value === undefined || ('usual' in entry && value === entry.usual)) continue;
    const at = { span: document.span([old]), sourceText: document.text };
    if ('usual' in entry) {
      const message = `The \`${old}\` config in \`dbt_project.yml\` has been deprecated.`;
      warn(configWarning(event, 'project-deprecated', message, { ...at, hint: `Use the flag --${old}.` }));
      continue;
    }
    const { now } = entry;
    if (dictGet(dict, now) !== undefined) {
      const message = `${old} and ${now} cannot both be defined. The \`${old}\` config has been deprecated in favor of \`${now}\`.`;
      throw new DbtError('project-invalid', message, { ...at, hint: `Remove ${old}.` });
    }
    const message = `The \`${old}\` config has been renamed to \`${now}\`.`;
    warn(configWarning(event, 'project-deprecated', message, { ...at, hint: `Rename it to ${now}.` }));
  }
}

function quoting(value: unknown): ProjectConfig['quoting'] {
  const given = isDict(value) ? value : {};
  const of = (key: string): boolean => {
    const own = dictGet(given, key);
    return typeof own === 'boolean' ? own : true;
  };
  return { database: of('database'), schema: of('schema'), identifier: of('identifier') };
}

function dispatchEntry(entry: YamlDict): DispatchConfig {
  return {
    macro_namespace: pyStr(dictGet(entry, 'macro_namespace')),
    search_order: (dictGet(entry, 'search_order') as unknown[]).map((name) => pyStr(name)),
  };
}

function queryComment(value: unknown): ProjectConfig['query_comment'] {
  if (value === undefined) return { comment: null, append: false, job_label: false };
  if (!isDict(value)) return { comment: typeof value === 'string' ? value : '', append: false, job_label: false };
  return {
    comment: (dictGet(value, 'comment') as string | undefined) ?? null,
    append: dictGet(value, 'append') === true,
    job_label: dictGet(value, 'job-label') === true || dictGet(value, 'job_label') === true,
  };
}

function trees(dict: YamlDict): ProjectConfig['config_trees'] {
  const out: Record<string, { readonly [key: string]: unknown }> = {};
  for (const key of TREES) {
    const tree = dictGet(dict, key) ?? (key === 'data_tests' ? dictGet(dict, 'tests') : undefined);
    out[key] = record(tree);
  }
  return out;
}

/** Dates of Python as ISO 8601 text. */
function datesAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(datesAsText);
  if (isDate(value)) return value.isoformat();
  if (!isDict(value)) return value;
  let out: YamlDict = {};
  for (const [key, item] of dictEntries(value)) out = putKey(out, key, datesAsText(item));
  return out;
}

/** A mapping as a plain object; what is none is empty. */
function record(value: unknown): { readonly [key: string]: unknown } {
  if (!isDict(value)) return {};
  if (Object.getPrototypeOf(value) === Object.prototype) return value as { readonly [key: string]: unknown };
  const out: Record<string, unknown> = {};
  for (const [key, item] of dictEntries(value)) {
    Object.defineProperty(out, pyStr(key), { value: item, enumerable: true, writable: true, configurable: true });
  }
  return out;
}
