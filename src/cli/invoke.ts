import type { TaskContext } from '../tasks/task.js';
import { type InvokeOptions, type InvokeResult, outputOf } from './invoke-types.js';
import { type ParsedArgs, parseArgv } from './parse-argv.js';
import { versionText } from './version.js';

/**
 * Runs a command in this process, as `tsdbt` does on the command line. There is no global state: calls can run side by
 * side. It does not throw; an error is in the result and has been told as an event.
 *
 * @param args The command line without `tsdbt`, e.g. `['build', '--select', 'customers+']`.
 */
export async function invoke(args: readonly string[], options: InvokeOptions = {}): Promise<InvokeResult> {
  return invokeOpened(args, options);
}

/** As {@link invoke}, with what a program that has opened the project gives besides. */
export async function invokeOpened(
  args: readonly string[],
  options: InvokeOptions,
  opened: Pick<TaskContext, 'parses' | 'only'> = {},
): Promise<InvokeResult> {
  const env = { ...(options.env ?? process.env) };
  const stdout = outputOf(options.stdout);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgv(args);
  } catch (error) {
    const { refuse } = await import('./refuse.js');
    return refuse(error, options, env);
  }
  if (parsed.kind !== 'command') {
    stdout?.write(parsed.kind === 'version' ? versionText() : parsed.text);
    return { success: true, exitCode: 0, results: [] };
  }
  // Help and a wrong command line don't pay for the rest.
  const { runCommand } = await import('./run-command.js');
  return runCommand(parsed, args, options, env, opened);
}
