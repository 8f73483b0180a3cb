import { cpSync, lstatSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Environment } from '../config/env-var.js';
import { configNames } from '../config/names.js';
import { formatPackageLock, hashPackages, type LockedPackage, readPackageLock } from '../config/package-lock.js';
import { PACKAGE_LOCK_FILE, type PackageList, type PackageSpec, readPackages } from '../config/packages.js';
import { PROJECT_FILE, readProjectFile } from '../config/project-file.js';
import { isFile } from '../config/read-file.js';
import type { Names } from '../config/render.js';
import type { Vars } from '../config/vars.js';
import type { ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import { dictGet } from '../jinja/values.js';

/** What happens while packages are installed, by the names of dbt's events. */
export type DepsEvent =
  | { readonly name: 'DepsNoPackagesFound'; readonly data: Record<string, never> }
  | { readonly name: 'DepsLockUpdating'; readonly data: { readonly lock_filepath: string } }
  | { readonly name: 'DepsStartPackageInstall'; readonly data: { readonly package_name: string } }
  | { readonly name: 'DepsInstallInfo'; readonly data: { readonly version_name: string } };

export interface DepsOptions {
  readonly env: Environment;
  readonly cliVars: Vars;
  /** Further names for Jinja in packages.yml. */
  readonly globals?: Names;
  readonly tell?: (event: DepsEvent) => void;
}

/**
 * `deps`: resolves the packages of packages.yml and of the packages themselves, writes package-lock.yml when
 * packages.yml changed, and installs what it lists into the packages-install-path, emptied before. Local packages
 * only, as links, or as copies where links can't be made; their paths are relative to the root project, as in dbt.
 * Returns the names of what was installed. Throws `package-unsupported`, `package-duplicate`, `packages-invalid`,
 * `packages-install-path`.
 */
export function installPackages(project: ProjectConfig, options: DepsOptions): readonly string[] {
  const { root } = project;
  const tell = options.tell ?? (() => {});
  const { env, cliVars, globals } = options;
  const names = configNames({ env, cliVars, secrets: true, requireVars: false, ...(globals ? { globals } : {}) });
  const read = (directory: string) => readPackages(directory, { names, env, displayRoot: root });

  const list = read(root);
  const hash = hashPackages(list.packages);
  let lock = readPackageLock(root);
  if (lock === undefined || lock.hash !== hash) {
    if (list.packages.length === 0) tell({ name: 'DepsNoPackagesFound', data: {} });
    else {
      const packages = resolvePackages(project, list, read);
      const path = join(root, PACKAGE_LOCK_FILE);
      writeFileSync(path, formatPackageLock(packages, hash));
      tell({ name: 'DepsLockUpdating', data: { lock_filepath: path } });
      lock = { packages, hash };
    }
  }

  const installPath = resolve(root, project.packages_install_path);
  checkInstallPath(installPath, root);
  removeTree(installPath);
  mkdirSync(installPath, { recursive: true });
  if (lock?.packages === null) {
    throw new DbtError('package-unsupported', `${PACKAGE_LOCK_FILE} lists packages that are not local`, {
      span: { file: PACKAGE_LOCK_FILE, line: 1, column: 1 },
      hint: `Remove ${PACKAGE_LOCK_FILE} to resolve the packages anew, or install them with dbt.`,
    });
  }
  if (!lock || lock.packages.length === 0) {
    if (lock) tell({ name: 'DepsNoPackagesFound', data: {} });
    return [];
  }
  for (const { local, name } of lock.packages) {
    tell({ name: 'DepsStartPackageInstall', data: { package_name: local } });
    linkOrCopy(resolve(root, local), join(installPath, name));
    tell({ name: 'DepsInstallInfo', data: { version_name: `<local @ ${local}>` } });
  }
  return lock.packages.map(({ name }) => name);
}

/** The packages that the project asks for, then those that they ask for, each once. */
function resolvePackages(
  project: ProjectConfig,
  list: PackageList,
  read: (directory: string) => PackageList,
): readonly LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  let pending = list.packages.map((spec, index) => ({ spec, index, from: list }));
  while (pending.length > 0) {
    const next: typeof pending = [];
    for (const { spec, index, from } of pending) {
      if (found.has(spec.location)) continue;
      const directory = localDirectory(project.root, spec, index, from);
      const name = packageName(directory, project, spec, index, from);
      const taken = name === project.project_name || [...found.values()].some((other) => other.name === name);
      if (taken) {
        const whose = name === project.project_name ? 'The project itself has' : 'Another package has';
        throw new DbtError('package-duplicate', `${whose} the name '${name}'. Names of packages must be unique.`, {
          ...place(index, from),
          hint: 'Rename one of them: name: in its dbt_project.yml.',
        });
      }
      found.set(spec.location, { local: spec.location, name });
      const inner = read(directory);
      next.push(...inner.packages.map((innerSpec, i) => ({ spec: innerSpec, index: i, from: inner })));
    }
    pending = next;
  }
  return [...found.values()];
}

function localDirectory(root: string, spec: PackageSpec, index: number, from: PackageList): string {
  if (spec.kind !== 'local') {
    const what = { package: 'hub', git: 'git', tarball: 'tarball', private: 'private' }[spec.kind];
    throw new DbtError('package-unsupported', `tsdbt can't install the ${what} package ${spec.location}`, {
      ...place(index, from),
      hint: "Install it with 'dbt deps' (tsdbt uses what is in the packages-install-path), or copy it and use 'local:'.",
    });
  }
  const directory = resolve(root, spec.location);
  if (isFile(join(directory, PROJECT_FILE))) return directory;
  throw new DbtError('project-missing', `No dbt_project.yml found at expected path ${join(directory, PROJECT_FILE)}`, {
    ...place(index, from),
    hint: 'The path of a local package is relative to the root project.',
  });
}

function packageName(
  directory: string,
  project: ProjectConfig,
  spec: PackageSpec,
  index: number,
  from: PackageList,
): string {
  const name = dictGet(readProjectFile(directory, project.root).raw, 'name');
  if (typeof name === 'string' && name !== '' && !/[/\\\0]|^\.\.?$/.test(name)) return name;
  const message =
    typeof name === 'string'
      ? `Invalid package name '${name}': resolves outside of the packages-install-path ('${project.packages_install_path}')`
      : `Package ${spec.location} must have a name in its dbt_project.yml`;
  throw new DbtError('packages-invalid', message, {
    ...place(index, from),
    hint: 'Give it a name of letters and underscores.',
  });
}

function place(index: number, { document, file }: PackageList): object {
  if (!document) return { span: { file, line: 1, column: 1 } };
  return { span: document.span(['packages', index]), sourceText: document.text };
}

/** What is emptied must not hold the project. */
function checkInstallPath(installPath: string, root: string): void {
  const inside = relative(installPath, root);
  if (inside !== '' && (inside === '..' || inside.startsWith(`..${sep}`))) return;
  throw new DbtError('packages-install-path', `The packages-install-path ${installPath} holds the project itself`, {
    span: { file: PROJECT_FILE, line: 1, column: 1 },
    hint: 'It is emptied by deps: give a directory of its own, e.g. dbt_packages.',
  });
}

function removeTree(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) unlinkSync(path);
  else rmSync(path, { recursive: true, force: true });
}

function linkOrCopy(source: string, target: string): void {
  removeTree(target);
  try {
    symlinkSync(source, target, 'dir');
  } catch {
    // No right to make links, or a file system without them.
    cpSync(source, target, { recursive: true });
  }
}
