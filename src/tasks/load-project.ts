import { join } from 'node:path';
import type { Adapter, AdapterHooks, AdapterPlugin } from '../adapters/base/adapter.js';
import { adapterPlugin } from '../adapters/registry.js';
import { loadRuntimeConfig, type RuntimeConfigDeps } from '../config/runtime-config.js';
import { targetDirectory } from '../config/target-directory.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { PreviousState } from '../graph/selector/resources.js';
import { checkSelectors } from '../parser/checks/selectors.js';
import { parseProject } from '../parser/parse-project.js';
import { CACHE_FILE } from '../parser/partial/cache-file.js';
import type { PartialParseOptions } from '../parser/partial/partial-parse.js';
import { previousState } from './previous-state.js';
import type { TaskContext } from './task.js';
import { tellWarning } from './tell-warning.js';

/** A project, read. */
export interface LoadedProject {
  readonly config: RuntimeConfig;
  readonly plugin: AdapterPlugin;
  readonly adapter: Adapter;
  readonly manifest: Manifest;
  readonly macros: Awaited<ReturnType<typeof parseProject>>['macros'];
  /** Absolute. */
  readonly targetDir: string;
  /** The artifacts of `--state`. */
  readonly state?: PreviousState;
}

/** Reads configuration and project. Loads no driver and opens no database. */
export async function loadProject(context: TaskContext): Promise<LoadedProject> {
  const { bus } = context;
  const config = await loadConfig(context);
  // Told before the adapter is, as by dbt; a project that was parsed before is not checked again below.
  checkSelectors(config);
  const plugin = adapterPlugin(config.target.type);
  bus.emit('AdapterRegistered', { adapter_name: plugin.type, adapter_version: `=${context.options['version'] ?? ''}` });
  const adapter = plugin.create(config, adapterHooks(context));
  const parsed =
    context.parses?.find(config) ??
    (await parseProject(config, adapter, plugin, {
      warn: (warning) => tellWarning(bus, warning),
      partial: partialParse(context, config),
      log: (msg, info) => bus.emit(info ? 'JinjaLogInfo' : 'JinjaLogDebug', { msg }),
      print: (msg) => bus.emit('PrintEvent', { msg }),
    }));
  const state = await previousState(context, config, targetDirectory(config));
  context.parses?.keep(config, parsed, state);
  context.cancellable();
  return { config, plugin, adapter, ...parsed, targetDir: targetDirectory(config), ...(state ? { state } : {}) };
}

/** Where the last parse was kept and this one is. With `--no-partial-parse` nothing is read, but as in dbt it is written. */
function partialParse({ flags, bus, options }: TaskContext, config: RuntimeConfig): PartialParseOptions {
  const write = join(targetDirectory(config), CACHE_FILE);
  const given = options['partial_parse_file_path'] as string | null;
  if (!flags.partial_parse) bus.emit('PartialParsingNotEnabled', {});
  return {
    read: flags.partial_parse ? (given ?? write) : null,
    write,
    version: String(options['version']),
    tell: ({ name, ...data }) => bus.emit(name, data as never),
  };
}

/** What an adapter is to know of the command. */
export function adapterHooks({ options, signal, bus }: TaskContext): AdapterHooks {
  return {
    lockTimeout: options['lock_timeout'] as number | null,
    signal,
    onWait: (msg) => bus.emit('DatabaseWaiting', { msg }),
  };
}

/** dbt_project.yml, profiles.yml and what belongs to them. */
export async function loadConfig(context: TaskContext): Promise<RuntimeConfig> {
  return loadRuntimeConfig(context.flags, context.env, context.cwd, configDeps(context));
}

/** What reading the configuration needs of a command. */
export function configDeps({ bus, invocationId, startedAt }: TaskContext): RuntimeConfigDeps {
  return {
    plugin: adapterPlugin,
    warn: (warning) => tellWarning(bus, warning),
    tell: (event, data) => bus.emit(event, data),
    invocationId,
    startedAt,
  };
}
