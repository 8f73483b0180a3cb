import { execFile } from 'node:child_process';
import { release } from 'node:os';
import { promisify } from 'node:util';
import type { EngineFact } from '../adapters/base/adapter.js';
import { adapterPlugin } from '../adapters/registry.js';
import { type Checked, checkConfig } from '../config/check-config.js';
import { profilesDirectory } from '../config/flags.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { TargetConfig } from '../contracts/runtime-config.js';
import { type DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, formatReport, reportDiagnostic } from '../events/diagnostic-report.js';
import { pluralize } from '../events/fancy-line.js';
import { PLAIN } from '../events/paint.js';
import { pyStr } from '../jinja/values.js';
import { adapterHooks, configDeps } from './load-project.js';
import type { TaskContext, TaskResult } from './task.js';

/** What `--config-dir` names to look at a directory, as dbt does. */
const OPENERS: { readonly [platform: string]: string } = { win32: 'start', darwin: 'open' };

/**
 * `debug`: versions, where the configuration is and whether it holds, whether the database opens and what it runs with.
 * Exit status 1 when something fails; everything is looked at all the same.
 */
export async function debugTask(context: TaskContext): Promise<TaskResult> {
  const { bus, options, flags, env, cwd } = context;
  const out = (msg: string): void => bus.emit('DebugCmdOut', { msg });
  const result = (msg: string): void => bus.emit('DebugCmdResult', { msg });
  if (options['config_dir'] === true) {
    const open_cmd = OPENERS[process.platform] ?? 'xdg-open';
    const profiles_dir = flags.profiles_dir ?? profilesDirectory(null, env, cwd);
    bus.emit('OpenCommand', { open_cmd, profiles_dir });
    return { success: true };
  }
  out(`dbt version: ${DBT_VERSION}`);
  out(`tsdbt version: ${String(options['version'] ?? '')}`);
  out(`node version: ${process.version.slice(1)}`);
  out(`node path: ${process.execPath}`);
  out(`os info: ${process.platform}-${release()}-${process.arch}`);
  const check = checkConfig(flags, env, cwd, configDeps(context));
  out(`Using profiles dir at ${check.profilesDir}`);
  out(`Using profiles.yml file at ${check.profilesPath}`);
  out(`Using dbt_project.yml file at ${check.projectPath}`);
  const { profile, project } = check;
  const target = profile.state === 'valid' ? profile.value : null;
  if (target) {
    out(`adapter type: ${target.type}`);
    out(`adapter version: ${String(options['version'] ?? '')}`);
  }
  if (options['connection'] === true) out('Skipping steps before connection verification');
  else {
    out('Configuration:');
    out(`  profiles.yml file [${verdict(profile)}]`);
    out(`  dbt_project.yml file [${verdict(project)}]`);
    out('Required dependencies:');
    result(` - git [${await gitState()}]\n`);
  }
  const connection = await connect(context, target, out);
  const guess = check.guessed.length > 0 && profile.state !== 'valid' ? guessed(project.state, check.guessed) : '';
  const failed = [
    ...failures(profile, `dbt looked for a profiles.yml file in ${check.profilesPath}, but did\nnot find one.`, guess),
    ...failures(
      project,
      `Project loading failed for the following reason:\n project path <${check.projectPath}> not found`,
    ),
    ...(connection === null ? [] : [`dbt was unable to connect to the specified database.\n${told([connection])}`]),
  ];
  if (failed.length === 0) {
    result('All checks passed!');
    return { success: true };
  }
  result(`${pluralize(failed.length, 'check')} failed:`);
  for (const text of failed) result(`${text}\n`);
  return { success: false };
}

/** Tries the connection; what went wrong, or null. */
async function connect(
  context: TaskContext,
  target: TargetConfig | null,
  out: (msg: string) => void,
): Promise<DbtError | null> {
  const { bus, cwd, flags, options } = context;
  if (!target) {
    out('Connection test skipped since no profile was found');
    return null;
  }
  out('Connection:');
  const plugin = adapterPlugin(target.type);
  for (const [name, value] of plugin.connectionInfo(target)) out(`  ${name}: ${pyStr(value)}`);
  bus.emit('AdapterRegistered', { adapter_name: target.type, adapter_version: `=${String(options['version'] ?? '')}` });
  let facts: readonly EngineFact[] = [];
  let failure: DbtError | null = null;
  try {
    const threads = String(flags.threads ?? target.threads);
    facts = [{ name: 'nodes at a time', value: threads }, ...(await plugin.probe(target, cwd, adapterHooks(context)))];
  } catch (error) {
    if (!isDbtError(error)) throw error;
    failure = error;
  }
  out(`  Connection test: [${failure ? 'ERROR' : 'OK connection ok'}]\n`);
  if (facts.length > 0) {
    const width = Math.max(...facts.map(({ name }) => name.length));
    bus.emit('EngineFacts', { engine: target.type, facts, width });
  }
  return failure;
}

function verdict(part: Checked<unknown>): string {
  if (part.state === 'valid') return 'OK found and valid';
  return part.state === 'missing' ? 'ERROR not found' : 'ERROR invalid';
}

function failures(part: Checked<unknown>, missing: string, guess = ''): readonly string[] {
  if (part.state === 'valid') return [];
  if (part.state === 'missing') return [missing];
  if (part.errors.length === 0) throw new InternalError('something is invalid, but nothing is wrong with it');
  const what = missing.startsWith('dbt looked') ? 'Profile' : 'Project';
  return [`${guess}${what} loading failed for the following reason:\n${told(part.errors)}`];
}

/** Without a project that names a profile, which ones were looked at. */
function guessed(project: Checked<unknown>['state'], names: readonly string[]): string {
  if (project !== 'missing') return 'Could not load dbt_project.yml\n';
  const none = 'A `dbt_project.yml` file was not found in this directory.\n';
  return `${none}Using the only profile \`${names.join(', ')}\`.\n`;
}

function told(errors: readonly DbtError[]): string {
  return errors
    .flatMap(diagnosticsOf)
    .map((diagnostic) => formatReport(reportDiagnostic(diagnostic), PLAIN))
    .join('\n\n');
}

/** git is for packages from repositories alone: without it nothing fails. */
async function gitState(): Promise<string> {
  try {
    await promisify(execFile)('git', ['--version']);
    return 'OK found';
  } catch {
    return 'not found; packages from git repositories need it';
  }
}
