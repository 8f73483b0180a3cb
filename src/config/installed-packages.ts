import { readdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import type { PackageList } from './packages.js';
import { loadProject, type ProjectOptions } from './project.js';
import { PROJECT_FILE, readProjectFile } from './project-file.js';
import { displayPath, isDirectory, isFile } from './read-file.js';

/** The directories under the packages-install-path, by name; those that begin with `__` are none of dbt's. */
export function packageDirectories(installPath: string): readonly string[] {
  if (!isDirectory(installPath)) return [];
  return readdirSync(installPath)
    .filter((name) => !name.startsWith('__') && isDirectory(join(installPath, name)))
    .sort()
    .map((name) => join(installPath, name));
}

/**
 * The directories of the packages that a project has: the installed ones, and local packages of the list that are not
 * installed, where they are. dbt wants those linked first (`deps`), though there is nothing to bring.
 */
function directoriesOf(root: ProjectConfig, list: PackageList): readonly string[] {
  const installed = packageDirectories(resolve(root.root, root.packages_install_path));
  if (list.packages.length <= installed.length) return installed;
  const known = new Set(installed.map((directory) => realpathSync(directory)));
  const inPlace = list.packages
    .filter(({ kind }) => kind === 'local')
    .map(({ location }) => resolve(root.root, location))
    .filter((directory) => isFile(join(directory, PROJECT_FILE)) && !known.has(realpathSync(directory)));
  return [...installed, ...new Set(inPlace)].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/**
 * Loads the packages, in the order of their directories' names: what is installed, and local packages from where they
 * are. Throws `packages-missing` when fewer are
 * installed than listed, `package-duplicate` when two have one name, and what is wrong with one of them.
 */
export function loadPackages(
  root: ProjectConfig,
  list: PackageList,
  options: ProjectOptions,
): ReadonlyMap<string, ProjectConfig> {
  const directories = directoriesOf(root, list);
  if (list.packages.length > directories.length) {
    throw new DbtError(
      'packages-missing',
      `dbt found ${list.packages.length} package(s) specified in ${list.file}, but only ${directories.length} package(s) installed in ${root.packages_install_path}. Run "dbt deps" to install package dependencies.`,
      {
        span: list.document?.span(['packages']) ?? { file: list.file, line: 1, column: 1 },
        ...(list.document ? { sourceText: list.document.text } : {}),
        hint: "Run 'tsdbt deps'.",
      },
    );
  }
  const packages = new Map<string, ProjectConfig>();
  for (const directory of directories) {
    const loaded = loadPackage(directory, root, options);
    const name = loaded.project_name;
    if (name === root.project_name || packages.has(name)) {
      throw new DbtError(
        'package-duplicate',
        `dbt found more than one package with the name "${name}" included in this project. Package names must be unique in a project. Please rename one of these packages.`,
        {
          span: { file: displayPath(join(directory, PROJECT_FILE), root.root), line: 1, column: 1 },
          hint: 'Packages are told apart by name: in dbt_project.yml.',
        },
      );
    }
    packages.set(name, loaded);
  }
  return packages;
}

function loadPackage(directory: string, root: ProjectConfig, options: ProjectOptions): ProjectConfig {
  try {
    const loaded = loadProject(readProjectFile(directory, root.root), options);
    // A package's own quoting does not count.
    return { ...loaded, quoting: root.quoting };
  } catch (error) {
    if (
      !isDbtError(error) ||
      (error.code !== 'project-invalid' &&
        error.code !== 'project-missing' &&
        error.code !== 'project-version' &&
        error.code !== 'project-key-unknown')
    )
      throw error;
    const { code, severity: _severity, message, ...rest } = error.diagnostic;
    const hint = code === 'project-missing' ? 'Remove the directory, or install the package again.' : rest.hint;
    throw new DbtError(code, `Failed to read package: ${message}`, {
      ...rest,
      ...(hint ? { hint } : {}),
      cause: error,
    });
  }
}
