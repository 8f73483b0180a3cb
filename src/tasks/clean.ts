import { rm } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { loadProjectOnly } from '../config/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import type { TaskContext, TaskResult } from './task.js';
import { tellWarning } from './tell-warning.js';

/** `clean`: deletes the `clean-targets`. Refuses source paths, and without `--no-clean-project-files-only` what is outside. */
export async function cleanTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, env, cwd } = context;
  const project = loadProjectOnly(flags, env, cwd, { warn: (warning) => tellWarning(bus, warning) });
  const absolute = (path: string): string => resolve(project.root, path);
  const targets = new Set(project.clean_targets.map(absolute));
  const sources = [
    ...project.model_paths,
    ...project.seed_paths,
    ...project.snapshot_paths,
    ...project.analysis_paths,
    ...project.macro_paths,
    ...project.function_paths,
    ...project.test_paths,
  ].map(absolute);
  const refused = sources.filter((path) => targets.has(path));
  if (refused.length > 0) {
    throw new DbtError('clean-refused', `tsdbt will not clean the following source paths: ${refused.join(', ')}`, {
      hint: 'Take them out of clean-targets in dbt_project.yml.',
    });
  }
  const outside = [...targets].filter((path) => !isInside(path, project.root));
  if (outside.length > 0 && context.options['clean_project_files_only'] !== false) {
    const list = outside.join(', ');
    throw new DbtError('clean-refused', `tsdbt will not clean the following directories outside the project: ${list}`, {
      hint: 'Use --no-clean-project-files-only if they are to be deleted.',
    });
  }
  const { clean_targets: names, packages_install_path: packages } = project;
  if (names.includes('dbt_modules') && !names.includes(packages)) {
    const msg = `Packages are installed into \`${packages}\` now, which \`clean-targets\` does not have; \`dbt_modules\` is dbt's old place.`;
    bus.warn('PackageInstallPathDeprecation', { msg });
  }
  for (const path of targets) {
    bus.emit('CheckCleanPath', { path });
    await rm(path, { recursive: true, force: true });
    bus.emit('ConfirmCleanPath', { path });
  }
  bus.emit('FinishedCleanPaths', {});
  return { success: true };
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
