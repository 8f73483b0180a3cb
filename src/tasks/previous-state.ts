import { existsSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { MANIFEST_FILE, readManifest } from '../artifacts/manifest/v12.js';
import { RUN_RESULTS_FILE, readRunResults } from '../artifacts/run-results/v6.js';
import { readSources, SOURCES_FILE } from '../artifacts/sources/v3.js';
import type { Flags } from '../contracts/flags.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import type { EventBus } from '../events/event-bus.js';
import { deferTo } from '../graph/defer.js';
import type { PreviousState } from '../graph/selector/resources.js';

/**
 * The artifacts in `--state`, for the selector methods that compare with them; those that are not there are left out. The directory is
 * relative to the project, as in dbt.
 *
 * @throws DbtError `artifact-unreadable`.
 */
export async function previousState(
  { flags, bus }: { readonly flags: Flags; readonly bus: EventBus },
  config: RuntimeConfig,
  targetDir: string,
): Promise<PreviousState | undefined> {
  for (const path of [flags.state, flags.defer_state]) if (path) warnOfTarget(path, config, bus);
  if (flags.state === null) return undefined;
  const directory = resolve(config.project.root, flags.state);
  const has = (name: string, where = directory): boolean => existsSync(join(where, name));
  return {
    ...(has(MANIFEST_FILE) ? { manifest: await readManifest(directory) } : {}),
    ...(has(RUN_RESULTS_FILE) ? { results: (await readRunResults(directory)).results } : {}),
    ...(has(SOURCES_FILE) ? { sources: (await readSources(directory)).results } : {}),
    ...(has(SOURCES_FILE, targetDir) ? { currentSources: (await readSources(targetDir)).results } : {}),
    unrendered: flags.behavior['state_modified_compare_more_unrendered_values'] === true,
  };
}

/** The command writes over what it compares with. As in dbt the paths are compared as they are given. */
function warnOfTarget(path: string, { project }: RuntimeConfig, bus: EventBus): void {
  const plain = (p: string): string => normalize(p).replace(/(?<=.)\/$/, '');
  if (plain(path) !== plain(project.target_path)) return;
  bus.warn('WarnStateTargetEqual', { state_path: plain(path) });
}

/**
 * The manifest whose nodes know their relations in the manifest of `--defer-state`, else of `--state`; without `--defer` as it is.
 *
 * @throws DbtError `state-missing` when there is nothing to defer to.
 */
export async function deferred(
  flags: Flags,
  { config, manifest, state }: { config: RuntimeConfig; manifest: Manifest; state?: PreviousState },
): Promise<Manifest> {
  if (!flags.defer) return manifest;
  const path = flags.defer_state ?? flags.state;
  if (path === null) {
    throw new DbtError(
      'state-missing',
      '--state or --defer-state are required for deferral, but neither was provided',
      {
        hint: 'Give the directory of the manifest.json to defer to.',
      },
    );
  }
  // Read already where it is that of --state.
  if (flags.defer_state === null && state?.manifest) return deferTo(manifest, state.manifest);
  const directory = resolve(config.project.root, path);
  if (!existsSync(join(directory, MANIFEST_FILE))) {
    throw new DbtError('state-missing', `Could not find manifest in --state path: "${path}"`, {
      hint: 'The directory is that of an earlier manifest.json, relative to the project.',
    });
  }
  return deferTo(manifest, await readManifest(directory));
}
