import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveFlags } from '../config/flags.js';
import { projectDirectory } from '../config/runtime-config.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { Flags } from '../contracts/flags.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, formatReport, type ReportOptions, reportDiagnostic } from '../events/diagnostic-report.js';
import type { RunEvent } from '../events/event.js';
import { EventBus } from '../events/event-bus.js';
import { COLORED, PLAIN, wantsColors } from '../events/paint.js';
import { secretScrubber } from '../events/secrets.js';
import { callbackSink } from '../events/sinks/callback-sink.js';
import type { TextOutput } from '../events/sinks/console-sink.js';
import { debugTime } from '../events/sinks/text-line.js';
import type { TaskResult } from '../tasks/task.js';
import { tellWarning } from '../tasks/tell-warning.js';
import { type ParsedArgs, parseArgv } from './parse-argv.js';
import { addSinks, type ConsoleOutput, isInteractive } from './sinks.js';
import { loadTask } from './tasks.js';
import { tsdbtVersion, versionText } from './version.js';

/** Options of {@link invoke}; nothing of the process is used but what is given here. */
export interface InvokeOptions {
  /** The working directory; the process's own without it. It is not changed. */
  readonly cwd?: string;
  /** Environment variables; the process's own without it. They are read once and not changed. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Gets every event, whatever the log level. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Cancels: running queries are interrupted, the rest is skipped. */
  readonly signal?: AbortSignal;
  /** Where the console's lines go; nowhere without it. */
  readonly stdout?: ConsoleOutput | ((text: string) => void);
  /** Where errors of the command line go; to `stdout` without it. */
  readonly stderr?: TextOutput & { readonly isTTY?: boolean };
  /** What the artifacts name as the command. */
  readonly command?: string;
}

/** How a command ended. */
export interface InvokeResult {
  readonly success: boolean;
  /** dbt's: 0 is success, 1 is a failure with results, 2 is an error without. */
  readonly exitCode: 0 | 1 | 2;
  readonly results: readonly RunResult[];
  readonly manifest?: Manifest;
  /** A `DbtError` for what the user can do something about, anything else is a bug of tsdbt. */
  readonly error?: Error;
}

/**
 * Runs a command in this process, as `tsdbt` does on the command line. There is no global state: calls can run side by
 * side. It does not throw; an error is in the result and has been told as an event.
 *
 * @param args The command line without `tsdbt`, e.g. `['build', '--select', 'customers+']`.
 */
export async function invoke(args: readonly string[], options: InvokeOptions = {}): Promise<InvokeResult> {
  const env = { ...(options.env ?? process.env) };
  const stdout = outputOf(options.stdout);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgv(args);
  } catch (error) {
    return refuse(error, options, env);
  }
  if (parsed.kind !== 'command') {
    stdout?.write(parsed.kind === 'version' ? versionText() : parsed.text);
    return { success: true, exitCode: 0, results: [] };
  }
  return runCommand(parsed, args, options, env);
}

async function runCommand(
  parsed: Extract<ParsedArgs, { kind: 'command' }>,
  args: readonly string[],
  options: InvokeOptions,
  env: { readonly [name: string]: string | undefined },
): Promise<InvokeResult> {
  const startedAt = new Date();
  const began = performance.now();
  const invocationId = randomUUID();
  const cwd = options.cwd ?? process.cwd();
  const command = options.command ?? ['tsdbt', ...args].join(' ');
  let resolved: ReturnType<typeof resolveFlags>;
  let bus: EventBus;
  try {
    resolved = resolveFlags(parsed.which, command, parsed.given, env, cwd);
    const { flags, more } = resolved;
    bus = new EventBus({ invocationId, width: more['printer_width'] as number, scrub: secretScrubber(env) });
    if (options.onEvent) bus.addSink(callbackSink(options.onEvent));
    addSinks(bus, sinkSettings(flags, more, env, cwd, outputOf(options.stdout)));
  } catch (error) {
    return refuse(error, options, env);
  }
  const { flags, more } = resolved;
  let outcome: InvokeResult;
  try {
    bus.emit('MainReportVersion', { log_version: 3, version: `=${DBT_VERSION}` });
    bus.emit('MainReportArgs', { args: Object.fromEntries(args.map((arg, i) => [String(i), arg])) });
    bus.configure(flags, more['show_all_deprecations'] === true);
    for (const warning of resolved.warnings) tellWarning(bus, warning);
    if (parsed.given['models_used'] === true) bus.warn('ModelParamUsageDeprecation', { msg: MODELS_DEPRECATED });
    const task = await loadTask(flags.which);
    if (!task) throw new DbtError('cli-unsupported', `tsdbt can't do '${parsed.path.join(' ')}'`);
    const result = await task({
      flags,
      cwd,
      env,
      bus,
      signal: options.signal ?? new AbortController().signal,
      invocationId,
      startedAt,
      interactive: isInteractive(sinkSettings(flags, more, env, cwd, outputOf(options.stdout))),
      options: { ...more, version: tsdbtVersion() },
    });
    outcome = fromTask(result);
  } catch (error) {
    outcome = failed(bus, error, readerOf(flags, cwd));
  }
  try {
    bus.summarizeDeprecations();
  } finally {
    bus.emit('CommandCompleted', {
      command,
      success: outcome.success,
      completed_at: debugTime(Date.now()),
      elapsed: (performance.now() - began) / 1000,
    });
    bus.close();
  }
  return outcome;
}

const MODELS_DEPRECATED = 'Usage of `--models`, `--model`, and `-m` is deprecated in favor of `--select` or `-s`.';

function sinkSettings(
  flags: Flags,
  more: { readonly [name: string]: unknown },
  env: { readonly [name: string]: string | undefined },
  cwd: string,
  output: ConsoleOutput | undefined,
): Parameters<typeof addSinks>[1] {
  return {
    flags,
    env,
    logLevelFile: more['log_level_file'] as 'debug',
    maxBytes: more['log_file_max_bytes'] as number,
    root: projectDirectory(flags, cwd),
    output: output ?? null,
  };
}

function fromTask(result: TaskResult): InvokeResult {
  const { success, results = [], manifest } = result;
  return { success, exitCode: success ? 0 : 1, results, ...(manifest ? { manifest } : {}) };
}

/** Tells an error that ended the command, and makes the result of it. */
function failed(bus: EventBus, thrown: unknown, readSource: NonNullable<ReportOptions['readSource']>): InvokeResult {
  const error = thrown instanceof Error ? thrown : new InternalError(String(thrown));
  if (isDbtError(error)) {
    const reports = diagnosticsOf(error).map((diagnostic) => reportDiagnostic(diagnostic, { readSource }));
    bus.emit('MainEncounteredError', { exc: error.message, reports });
  } else {
    const text = `This is a bug of tsdbt: ${error.message}\nPlease report it with the text below.\n${error.stack ?? ''}`;
    bus.emit('MainEncounteredError', { exc: text, reports: [] });
  }
  return { success: false, exitCode: 2, results: [], error };
}

/** An error before there is an event bus: it goes to stderr, as usage errors do. */
function refuse(
  thrown: unknown,
  options: InvokeOptions,
  env: { readonly [name: string]: string | undefined },
): InvokeResult {
  const error = thrown instanceof Error ? thrown : new InternalError(String(thrown));
  const stderr = options.stderr ?? outputOf(options.stdout);
  const paint = wantsColors(null, env, stderr?.isTTY === true) ? COLORED : PLAIN;
  const text = isDbtError(error)
    ? diagnosticsOf(error)
        .map((diagnostic) => formatReport(reportDiagnostic(diagnostic), paint))
        .join('\n\n')
    : `This is a bug of tsdbt. Please report it with the text below.\n${error.stack ?? error.message}`;
  stderr?.write(`${secretScrubber(env)(text)}\n`);
  return { success: false, exitCode: 2, results: [], error };
}

function outputOf(stdout: InvokeOptions['stdout']): ConsoleOutput | undefined {
  return typeof stdout === 'function' ? { write: stdout } : stdout;
}

function readerOf(flags: Flags, cwd: string): (file: string) => string | null {
  return (file) => {
    try {
      return readFileSync(join(projectDirectory(flags, cwd), file), 'utf8');
    } catch {
      return null;
    }
  };
}
