import { entry } from '../entry.js';

/** What `deps` does. */
export const DEPS_EVENTS = {
  DepsAddPackage: entry<{ package_name: string; version: string; packages_filepath: string }>(
    'M032',
    'info',
    (d) => `Added new package ${d.package_name}@${d.version} to ${d.packages_filepath}`,
  ),
  DepsFoundDuplicatePackage: entry<{ removed_package: string }>(
    'M033',
    'info',
    (d) => `Found duplicate package in packages.yml, removing: ${d.removed_package}`,
  ),
  DepsInstallInfo: entry<{ version_name: string }>('M015', 'info', (d) => `Installed from ${d.version_name}`),
  DepsListSubdirectory: entry<{ subdirectory: string }>('M018', 'info', (d) => `and subdirectory ${d.subdirectory}`),
  DepsLockUpdating: entry<{ lock_filepath: string }>(
    'M031',
    'info',
    (d) => `Updating lock file in file path: ${d.lock_filepath}`,
  ),
  DepsNoPackagesFound: entry<Record<string, never>>(
    'M013',
    'info',
    () => 'Warning: No packages were found in packages.yml',
  ),
  DepsNotifyUpdatesAvailable: entry<{ packages: readonly string[] }>(
    'M019',
    'info',
    (d) =>
      `Updates available for packages: [${d.packages.map((name) => `'${name}'`).join(', ')}]\nUpdate your versions in packages.yml, then run tsdbt deps`,
  ),
  DepsStartPackageInstall: entry<{ package_name: string }>('M014', 'info', (d) => `Installing ${d.package_name}`),
  DepsUpToDate: entry<Record<string, never>>('M017', 'info', () => 'Up to date!'),
  DepsUpdateAvailable: entry<{ version_latest: string }>(
    'M016',
    'info',
    (d) => `Updated version available: ${d.version_latest}`,
  ),
} as const;
