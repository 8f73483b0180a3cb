import { loadProjectOnly } from '../config/runtime-config.js';
import { installPackages } from '../deps/local.js';
import type { TaskContext, TaskResult } from './task.js';
import { tellWarning } from './tell-warning.js';

/** `deps`: installs the packages of packages.yml. Needs no profile. */
export async function depsTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, env, cwd } = context;
  const project = loadProjectOnly(flags, env, cwd, { warn: (warning) => tellWarning(bus, warning) });
  installPackages(project, {
    env,
    cliVars: flags.vars,
    tell: (event) => bus.emit(event.name, event.data as never),
  });
  return { success: true };
}
