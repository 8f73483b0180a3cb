import { loadProjectOnly } from '../config/runtime-config.js';
import { type PackageSource, parseAddedPackage } from '../deps/add-package.js';
import { installPackages } from '../deps/install.js';
import type { TaskContext, TaskResult } from './task.js';
import { tellWarning } from './tell-warning.js';

/** `deps`: installs the packages of packages.yml. Needs no profile. */
export async function depsTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, env, cwd, options, signal } = context;
  const source = (options['source'] as PackageSource | undefined) ?? 'hub';
  const added =
    typeof options['add_package'] === 'string' ? parseAddedPackage(options['add_package'], source) : undefined;
  const project = loadProjectOnly(flags, env, cwd, { warn: (warning) => tellWarning(bus, warning) });
  context.cancellable();
  await installPackages(project, {
    env,
    cliVars: flags.vars,
    bus,
    signal,
    versionCheck: flags.version_check,
    lockOnly: options['lock'] === true,
    upgrade: options['upgrade'] === true,
    ...(added ? { add: added } : {}),
  });
  return { success: true };
}
