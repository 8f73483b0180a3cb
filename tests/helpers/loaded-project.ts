import type { Adapter } from '../../src/adapters/base/adapter.js';
import { adapterPlugin } from '../../src/adapters/registry.js';
import { resolveFlags } from '../../src/config/flags.js';
import { loadRuntimeConfig } from '../../src/config/runtime-config.js';
import type { MacroTable } from '../../src/context/macro-table.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import type { RuntimeConfig } from '../../src/contracts/runtime-config.js';
import { parseProject } from '../../src/parser/parse-project.js';
import { temporaryDirectory, withoutCleanUp, writeFiles } from './project.js';

export interface LoadedProject {
  readonly config: RuntimeConfig;
  readonly adapter: Adapter;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
}

/** Reads the project in a directory, which has its profiles.yml; opens no database. Warnings are dropped. */
export async function loadProject(root: string): Promise<LoadedProject> {
  const warn = (): void => {};
  const { flags } = resolveFlags('parse', 'dbt parse', { project_dir: root, profiles_dir: root }, {}, root);
  const config = loadRuntimeConfig(flags, {}, root, { plugin: adapterPlugin, warn });
  const plugin = adapterPlugin(config.target.type);
  const adapter = plugin.create(config);
  return { config, adapter, ...(await parseProject(config, adapter, plugin, { warn })) };
}

/** A project of nothing but the built-in macros. */
export async function emptyProject(): Promise<LoadedProject> {
  const root = withoutCleanUp(() => temporaryDirectory());
  writeFiles(root, {
    'dbt_project.yml': "name: probe\nversion: '1.0'\nprofile: probe\n",
    'profiles.yml': 'probe: {target: dev, outputs: {dev: {type: duckdb}}}\n',
  });
  return loadProject(root);
}
