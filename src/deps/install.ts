import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, scrubSecrets, secretValues } from '../config/env-var.js';
import { configNames } from '../config/names.js';
import { formatPackageLock, hashPackages, readLockHash, readPackageLock } from '../config/package-lock.js';
import { PACKAGE_LOCK_FILE, type PackageList, readPackages } from '../config/packages.js';
import type { Names } from '../config/render.js';
import type { Vars } from '../config/vars.js';
import type { ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import type { EventBus } from '../events/event-bus.js';
import { pyRepr } from '../jinja/values.js';
import { type AddedPackage, type PlannedAddition, planAddition } from './add-package.js';
import type { DepsContext, PinnedPackage } from './context.js';
import { Http } from './http.js';
import { HubClient } from './hub-client.js';
import { checkName } from './package-name.js';
import { Listing, pin, resolvePackages } from './resolve.js';
import { packageError, wantedOf } from './wanted.js';
import { checkInstallPath, WorkDirectory } from './work-directory.js';

export interface DepsOptions {
  readonly env: Environment;
  readonly cliVars: Vars;
  readonly bus: Pick<EventBus, 'emit' | 'warn'>;
  readonly versionCheck: boolean;
  /** Write package-lock.yml and install nothing. */
  readonly lockOnly?: boolean;
  /** Resolve anew although packages.yml has not changed. */
  readonly upgrade?: boolean;
  /** Added to packages.yml once it is settled that it can be installed. */
  readonly add?: AddedPackage;
  /** Further names for Jinja in packages.yml. */
  readonly globals?: Names;
  readonly signal?: AbortSignal;
  /** Milliseconds between attempts to fetch. */
  readonly retryDelay?: number;
}

/**
 * `deps`: resolves the packages of packages.yml and of the packages themselves and writes package-lock.yml, when
 * packages.yml changed since; installs what the lock lists into the packages-install-path. Everything is put together
 * beside it and takes its place at the end: until then what was installed stays as it was. Returns the names of what was
 * installed.
 */
export async function installPackages(project: ProjectConfig, options: DepsOptions): Promise<readonly string[]> {
  const { root } = project;
  const { env, bus, globals } = options;
  const abort = new AbortController();
  const { signal } = abort;
  const stop = (): void => abort.abort();
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();
  const names = configNames({
    env,
    cliVars: { ...(project.vars_from_file ? project.vars : {}), ...options.cliVars },
    secrets: true,
    requireVars: false,
    ...(globals ? { globals } : {}),
  });
  const reading = { names, env, displayRoot: root };
  const work = new WorkDirectory(resolve(root, project.packages_install_path));
  if (!options.lockOnly) checkInstallPath(work.installPath, root);
  const http = new Http({
    env,
    signal,
    ...(options.retryDelay === undefined ? {} : { retryDelay: options.retryDelay }),
  });
  const context: DepsContext = {
    root,
    env,
    bus,
    signal,
    work,
    http,
    hub: new HubClient(http, bus, env),
    versionCheck: options.versionCheck,
    read: (directory) => readPackages(directory, reading),
    fetched: new Map(),
  };
  try {
    const planned = options.add ? planAddition(root, options.add) : undefined;
    const list = readPackages(root, { ...reading, ...(planned ? { edited: planned } : {}) });
    const hash = hashPackages(list.packages);
    let pins: readonly PinnedPackage[] | undefined;
    if (options.upgrade || readLockHash(root) !== hash) {
      pins = await lock(project, list, hash, context, planned, options.add);
    } else if (planned && options.add) writeAddition(root, planned, options.add, bus);
    if (options.lockOnly) return [];
    pins ??= await fromLock(readPackageLock(root, reading), context);
    return await install(pins, context, abort);
  } catch (error) {
    if (options.signal?.aborted) throw interrupted(error);
    throw withoutSecrets(error, secretValues(env));
  } finally {
    options.signal?.removeEventListener('abort', stop);
    abort.abort();
    work.remove();
  }
}

/** Resolves, then writes packages.yml and package-lock.yml. Returns what is to be installed, or nothing without packages. */
async function lock(
  project: ProjectConfig,
  list: PackageList,
  hash: string,
  context: DepsContext,
  planned: PlannedAddition | undefined,
  added: AddedPackage | undefined,
): Promise<readonly PinnedPackage[] | undefined> {
  const { root, bus } = context;
  if (list.packages.length === 0) {
    bus.emit('DepsNoPackagesFound', {});
    return undefined;
  }
  const resolved = await resolvePackages(project, wantedOf(list, null, root), context);
  if (planned && added) writeAddition(root, planned, added, bus);
  const path = join(root, PACKAGE_LOCK_FILE);
  const entries = resolved.map(({ pinned, metadata }) => ({ ...pinned.lock(), name: metadata.name }));
  writeAside(path, formatPackageLock(entries, hash));
  bus.emit('DepsLockUpdating', { lock_filepath: path });
  return resolved.map(({ pinned }) => pinned);
}

function writeAddition(root: string, planned: PlannedAddition, added: AddedPackage, bus: DepsContext['bus']): void {
  const path = join(root, planned.file);
  if (planned.created) bus.emit('Formatting', { msg: `Created ${planned.file}` });
  for (const entry of planned.removed) {
    const shown = Object.entries(entry).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    const removed = pyRepr(Object.fromEntries(shown));
    bus.emit('DepsFoundDuplicatePackage', { removed_package: removed });
  }
  writeAside(path, planned.text);
  bus.emit('DepsAddPackage', { package_name: added.name, version: added.version ?? '', packages_filepath: path });
}

/** Settles what the lock lists; nothing else. */
async function fromLock(lock: PackageList | undefined, context: DepsContext): Promise<readonly PinnedPackage[]> {
  if (!lock || lock.packages.length === 0) {
    if (lock) context.bus.emit('DepsNoPackagesFound', {});
    return [];
  }
  const listing = new Listing(wantedOf(lock, null, context.root));
  const pins: PinnedPackage[] = [];
  // One after the other: an npm package is looked for below those before it too.
  for (const batch of batches(listing.requests))
    pins.push(...(await Promise.all(batch.map((request) => pin(request, context)))));
  return pins;
}

/** How many packages are fetched at a time. */
const WIDTH = 8;

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  const out: T[][] = [];
  items.forEach((item, i) => {
    if (i % WIDTH === 0) out.push([]);
    out.at(-1)?.push(item);
  });
  return out;
}

/** Fetches all packages, several at a time, tells of them in their order, and puts them in the place of what was there. */
async function install(
  pins: readonly PinnedPackage[],
  context: DepsContext,
  abort: AbortController,
): Promise<readonly string[]> {
  const { bus, work } = context;
  const packages = work.packages;
  const taken = new Set<string>();
  const installOne = async (pinned: PinnedPackage): Promise<string> => {
    const { name: given } = await pinned.metadata();
    const name = checkName(given, pinned.wanted, context);
    if (taken.has(name)) {
      const hint = `Remove ${PACKAGE_LOCK_FILE} to resolve the packages anew.`;
      throw packageError('package-duplicate', `Two packages have the name '${name}'`, pinned.wanted, hint);
    }
    taken.add(name);
    await pinned.install(join(packages, name));
    return name;
  };
  const names: string[] = [];
  const outdated: string[] = [];
  for (const batch of batches(pins)) {
    const running = batch.map((pinned) => ({ pinned, done: installOne(pinned) }));
    const all = Promise.allSettled(running.map(({ done }) => done));
    try {
      for (const { pinned, done } of running) {
        bus.emit('DepsStartPackageInstall', { package_name: pinned.label });
        names.push(await done);
        tell(pinned, bus);
        if (pinned.newest && !pinned.newest.installed) outdated.push(pinned.label);
      }
    } catch (error) {
      abort.abort();
      await all;
      throw error;
    }
  }
  work.publish();
  if (outdated.length > 0) {
    bus.emit('Formatting', { msg: '' });
    bus.emit('DepsNotifyUpdatesAvailable', { packages: outdated });
  }
  return names;
}

function tell(pinned: PinnedPackage, bus: DepsContext['bus']): void {
  bus.emit('DepsInstallInfo', { version_name: pinned.versionName });
  if (pinned.newest?.installed === true) bus.emit('DepsUpToDate', {});
  else if (pinned.newest) bus.emit('DepsUpdateAvailable', { version_latest: pinned.newest.version });
  if (pinned.subdirectory !== undefined) bus.emit('DepsListSubdirectory', { subdirectory: pinned.subdirectory });
}

function writeAside(path: string, text: string): void {
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, path);
  } catch (cause) {
    if (existsSync(aside)) rmSync(aside, { force: true });
    throw new DbtError('packages-unwritable', `Can't write ${path}: ${(cause as Error).message}`, {
      hint: 'Check the permissions and the free space.',
      cause,
    });
  }
}

/** The address of a package may hold a secret, and git and servers repeat it. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!isDbtError(error) || secrets.length === 0) return error;
  const { code, severity: _severity, message, hint, notes, ...rest } = error.diagnostic;
  const scrub = (text: string): string => scrubSecrets(text, secrets);
  return new DbtError(code, scrub(message), {
    ...rest,
    ...(hint === undefined ? {} : { hint: scrub(hint) }),
    ...(notes === undefined ? {} : { notes: notes.map((note) => ({ ...note, message: scrub(note.message) })) }),
  });
}

function interrupted(cause: unknown): DbtError {
  return new DbtError('interrupted', 'Interrupted: what was installed before is as it was', { cause });
}
