import type { Environment } from '../config/env-var.js';
import type { LockEntry } from '../config/package-lock.js';
import type { PackageList } from '../config/packages.js';
import type { EventBus } from '../events/event-bus.js';
import type { Http } from './http.js';
import type { HubClient } from './hub-client.js';
import type { Request, Wanted } from './wanted.js';
import type { WorkDirectory } from './work-directory.js';

/** What installing packages needs of its surroundings. */
export interface DepsContext {
  /** The root project's directory, absolute. */
  readonly root: string;
  readonly env: Environment;
  /** Hold to `require-dbt-version` of the hub's versions. */
  readonly versionCheck: boolean;
  readonly bus: Pick<EventBus, 'emit' | 'warn'>;
  readonly signal: AbortSignal;
  readonly work: WorkDirectory;
  readonly http: Http;
  readonly hub: HubClient;
  /** The packages that the project in a directory asks for. */
  readonly read: (directory: string) => PackageList;
  /** What has been fetched in this run, by kind and place: git checkouts, tarballs. */
  readonly fetched: Map<string, Promise<unknown>>;
}

/** What a package says of itself. */
export interface PackageMetadata {
  /** The name of its project, and of its directory. */
  readonly name: string;
  /** What it asks for. */
  readonly packages: readonly Wanted[];
}

/** A package of which it is settled what will be installed. */
export interface PinnedPackage {
  readonly wanted: Wanted;
  /** As `Installing …` names it. */
  readonly label: string;
  /** As `Installed from …` names it. */
  readonly versionName: string;
  /** Its entry in package-lock.yml, without the name. Warns of secrets that are written out. */
  lock(): LockEntry;
  readonly subdirectory?: string;
  /** Of a hub package: the newest version that could be installed if no range said otherwise. */
  readonly newest?: { readonly version: string; readonly installed: boolean };
  metadata(): Promise<PackageMetadata>;
  /** Puts its files at `target`, which is not there yet. */
  install(target: string): Promise<void>;
}

/** Settles what is to be installed for a request. */
export type Pin = (request: Request, context: DepsContext) => Promise<PinnedPackage>;

/** The promise of `key`, made once in a run. */
export function once<T>(context: DepsContext, key: string, make: () => Promise<T>): Promise<T> {
  const known = context.fetched.get(key);
  if (known) return known as Promise<T>;
  const made = make();
  // A failure is told where it is awaited.
  made.catch(() => {});
  context.fetched.set(key, made);
  return made;
}
