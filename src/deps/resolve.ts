import type { ProjectConfig } from '../contracts/runtime-config.js';
import { InternalError } from '../diagnostics/errors.js';
import type { DepsContext, PackageMetadata, Pin, PinnedPackage } from './context.js';
import { pinGit } from './git.js';
import { pinHub } from './hub.js';
import { pinLocal } from './local.js';
import { pinNpm } from './npm.js';
import { pinTarball } from './tarball.js';
import { keysOf, packageError, type Request, type Wanted } from './wanted.js';

/**
 * Refuses what no package can be had from.
 *
 * @throws DbtError `package-unsupported`.
 */
export function checkSupported(wanted: Wanted): void {
  if (wanted.spec.kind !== 'private') return;
  const message = `Cannot resolve private package ${wanted.spec.location} because git provider integration is missing. Please use a "git" package instead.`;
  const hint = "dbt resolves private packages in its cloud only: write 'git:' with the repository's URL.";
  throw packageError('package-unsupported', message, wanted, hint);
}

const refusePrivate: Pin = async ({ wanted: [wanted] }) => {
  checkSupported(wanted);
  throw new InternalError('a private package is not refused');
};

const PINS: { readonly [kind in Request['kind']]: Pin } = {
  local: pinLocal,
  tarball: pinTarball,
  git: pinGit,
  package: pinHub,
  private: refusePrivate,
  npm: pinNpm,
};

/** Settles what is to be installed for a request. */
export const pin: Pin = (request, context) => PINS[request.kind](request, context);

/** Packages by name, in the order in which they were first asked for. Each has all who ask for it. */
export class Listing {
  readonly #requests = new Map<string, Request>();

  constructor(wanted: Iterable<Wanted> = []) {
    for (const one of wanted) this.add(one);
  }

  get requests(): readonly Request[] {
    return [...this.#requests.values()];
  }

  get size(): number {
    return this.#requests.size;
  }

  /** Adds who asks for a package; returns all who do. Throws `package-conflict` for one name of two kinds. */
  add(wanted: Wanted): Request {
    const keys = keysOf(wanted.spec);
    const key = keys.find((name) => this.#requests.has(name)) ?? keys[0] ?? '';
    const known = this.#requests.get(key);
    if (known && known.kind !== wanted.spec.kind) {
      const message = `${wanted.spec.location} is asked for as a ${nameOf(wanted.spec.kind)} package and as a ${nameOf(known.kind)} package`;
      throw packageError('package-conflict', message, [wanted, ...known.wanted], 'Ask for it in one way.');
    }
    const request: Request = known
      ? { ...known, wanted: [...known.wanted, wanted] }
      : { kind: wanted.spec.kind, keys, wanted: [wanted] };
    this.#requests.set(key, request);
    return request;
  }
}

const nameOf = (kind: Request['kind']): string => (kind === 'package' ? 'hub' : kind);

/** A package that will be installed, and what it says of itself. */
export interface ResolvedPackage {
  readonly pinned: PinnedPackage;
  readonly metadata: PackageMetadata;
}

/**
 * Settles the packages that a project asks for, then those that they ask for, as dbt does: level by level, each package
 * pinned by what is known of it so far, all of them again at the end. Throws `package-version`, `package-conflict`,
 * `package-duplicate` and what fetching gives.
 */
export async function resolvePackages(
  project: ProjectConfig,
  wanted: readonly Wanted[],
  context: DepsContext,
): Promise<readonly ResolvedPackage[]> {
  const final = new Listing();
  const expanded = new Map<string, string>();
  let pending = new Listing(wanted);
  for (let level = 0; pending.size > 0; level++) {
    const next: Wanted[] = [];
    for (const request of pending.requests) {
      let all = request;
      for (const one of request.wanted) all = final.add(one);
      const pinned = await pin(all, context);
      const key = all.keys[0] ?? '';
      // Deeper than there are packages: they ask for each other. What has been looked into is not looked into again.
      if (level > final.size && expanded.get(key) === pinned.versionName) continue;
      expanded.set(key, pinned.versionName);
      next.push(...(await pinned.metadata()).packages);
    }
    pending = new Listing(next);
  }
  const resolved: ResolvedPackage[] = [];
  for (const request of final.requests) {
    const pinned = await pin(request, context);
    resolved.push({ pinned, metadata: await pinned.metadata() });
  }
  checkNames(resolved, project.project_name);
  return resolved;
}

function checkNames(packages: readonly ResolvedPackage[], root: string): void {
  const seen = new Map<string, Wanted>();
  for (const { pinned, metadata } of packages) {
    const { name } = metadata;
    const first = seen.get(name);
    const hint = 'Rename one of them: name: in its dbt_project.yml.';
    if (first) {
      const message = `Found duplicate project "${name}". This occurs when a dependency has the same project name as some other dependency.`;
      const notes = [{ message: 'The other is asked for here.', span: first.span }];
      throw packageError('package-duplicate', message, pinned.wanted, hint, { notes });
    }
    if (name === root) {
      const message = `Found a dependency with the same name as the root project "${name}". Package names must be unique in a project. Please rename one of these packages.`;
      throw packageError('package-duplicate', message, pinned.wanted, hint);
    }
    seen.set(name, pinned.wanted);
  }
}
