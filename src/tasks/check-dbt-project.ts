import { join } from 'node:path';
import type { AdapterPlugin } from '../adapters/base/adapter.js';
import { strategyMacro } from '../adapters/base/methods/strategies.js';
import { SqlAdapter } from '../adapters/base/sql-adapter.js';
import { adapterPlugin, adapterTypes } from '../adapters/registry.js';
import { requireSql } from '../compiler/compile-node.js';
import { profilesDirectory } from '../config/flags.js';
import { configNames } from '../config/names.js';
import { readPackages } from '../config/packages.js';
import { loadTarget, outputNames } from '../config/profiles.js';
import { readProjectFile } from '../config/project-file.js';
import { displayPath } from '../config/read-file.js';
import { loadRuntimeConfig, profileName, projectDirectory, targetOptions } from '../config/runtime-config.js';
import { typedVars } from '../config/vars.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { RuntimeConfig, TargetConfig } from '../contracts/runtime-config.js';
import { checkSupported } from '../deps/resolve.js';
import { wantedOf } from '../deps/wanted.js';
import { type DbtError, isDbtError } from '../diagnostics/errors.js';
import { createGraph } from '../graph/create-graph.js';
import { type ParsedProject, parseProject } from '../parser/parse-project.js';
import { materializationOf } from '../runner/materialize.js';
import { configDeps } from './load-project.js';
import type { TaskContext } from './task.js';

/** What was found in a project of dbt. */
export interface ProjectCheck {
  /** What tsdbt refuses, or what would stop dbt too, in the order in which it was looked at. */
  readonly problems: readonly DbtError[];
  /** The nodes that were looked at; null when the project could not be read so far. */
  readonly manifest: Manifest | null;
}

/**
 * Looks through a project as a run would, with what a run refuses it with, but goes on after each refusal: the profile's
 * outputs, the packages, every file, and every node by its language, materialization and strategy. Where no output is for
 * an engine that tsdbt has, the rest is looked at as for DuckDB. Nothing is connected to and nothing is written.
 */
export async function checkDbtProject(context: TaskContext): Promise<ProjectCheck> {
  const problems: DbtError[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!isDbtError(error)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const { flags, env, cwd } = context;
  const file = readProjectFile(projectDirectory(flags, cwd));
  const target = checkTargets(context, attempt);
  attempt(() => {
    const names = configNames({ env, cliVars: typedVars(flags.vars), secrets: true, target: {}, requireVars: false });
    const list = readPackages(file.root, { names, env });
    for (const wanted of wantedOf(list, null, file.root)) attempt(() => checkSupported(wanted));
  });
  const { warn = () => {}, ...deps } = configDeps(context);
  const config = attempt(() => loadRuntimeConfig(flags, env, cwd, { ...deps, warn, target }));
  if (!config) return { problems, manifest: null };
  const plugin = adapterPlugin(target.type);
  const adapter = plugin.create(config);
  let parsed: ParsedProject;
  try {
    // A Python model is refused below.
    const told = (warning: Parameters<typeof warn>[0]): void => void (warning.code !== 'python-model' && warn(warning));
    parsed = await parseProject(config, adapter, plugin, { warn: told });
    createGraph(parsed.manifest);
  } catch (error) {
    if (!isDbtError(error)) throw error;
    return { problems: [...problems, error], manifest: null };
  }
  const { manifest, macros } = parsed;
  for (const node of [...Object.values(manifest.nodes), ...Object.values(manifest.functions)]) {
    const found = attempt(() => {
      checkNode(node, { macros, plugin, adapter });
      return true;
    });
    const last = problems.at(-1);
    if (!found && last) problems[problems.length - 1] = placed(last, node, config);
  }
  return { problems, manifest };
}

/** Every output of the profile by itself; the one that a run would take, or a stand-in. */
function checkTargets(context: TaskContext, attempt: <T>(work: () => T) => T | undefined): TargetConfig {
  const { flags, env, cwd } = context;
  const deps = configDeps(context);
  const file = readProjectFile(projectDirectory(flags, cwd));
  const names = configNames({ env, cliVars: typedVars(flags.vars), secrets: true });
  const options = {
    ...targetOptions(flags, env, deps, names),
    projectDocument: file.document,
    projectProfile: attempt(() => profileName(file, names)) ?? null,
    projectRoot: file.root,
  };
  const profilesDir = profilesDirectory(flags.profiles_dir, env, cwd);
  const profile = flags.profile ?? options.projectProfile ?? '';
  const outputs = attempt(() => outputNames(profilesDir, file.root, profile)) ?? [];
  const targets = outputs.length > 0 ? outputs : [null];
  const loaded = targets.flatMap((target) => attempt(() => loadTarget(profilesDir, { ...options, target })) ?? []);
  const chosen = loaded.find(({ target_name }) => target_name === (flags.target ?? loaded[0]?.target_name));
  return chosen ?? standIn(profile, flags.target ?? 'dev');
}

/** DuckDB in memory, in place of an engine that tsdbt has not. */
function standIn(profile: string, target: string): TargetConfig {
  const [type = ''] = adapterTypes();
  const place = { profile, target };
  const { threads, ...parsed } = adapterPlugin(type).parseCredentials({}, place);
  return { profile_name: profile, target_name: target, type, threads, ...parsed };
}

interface Parts {
  readonly macros: ParsedProject['macros'];
  readonly plugin: AdapterPlugin;
  readonly adapter: ReturnType<AdapterPlugin['create']>;
}

/** What a run asks of a node before anything else. */
function checkNode(node: ManifestNode, { macros, adapter }: Parts): void {
  if (node.resource_type === 'operation' || node.resource_type === 'analysis') return;
  requireSql(node);
  if (node.config.materialized === 'ephemeral') return;
  materializationOf(macros, adapter, node);
  const strategy = node.config['incremental_strategy'];
  if (node.config.materialized !== 'incremental' || typeof strategy !== 'string') return;
  if (adapter instanceof SqlAdapter) strategyMacro(adapter, strategy, (name) => macros.find(name, null) ?? null);
}

/** An error of a node that has no place is at its file. */
function placed(error: DbtError, node: ManifestNode, { project, packages }: RuntimeConfig): DbtError {
  const { root } = packages.get(node.package_name) ?? project;
  const file = displayPath(join(root, node.original_file_path), project.root);
  return error.with({ span: { file, line: 1, column: 1 }, uniqueId: node.unique_id });
}
