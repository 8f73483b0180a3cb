import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveFlags } from '../config/flags.js';
import { projectDirectory } from '../config/runtime-config.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { Flags } from '../contracts/flags.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, type ReportOptions, reportDiagnostic } from '../events/diagnostic-report.js';
import { EventBus } from '../events/event-bus.js';
import { secretScrubber } from '../events/secrets.js';
import { annotationSink } from '../events/sinks/annotation-sink.js';
import { callbackSink } from '../events/sinks/callback-sink.js';
import type { TextOutput } from '../events/sinks/console-sink.js';
import { debugTime } from '../events/sinks/text-line.js';
import { annotateError } from '../tasks/annotate-error.js';
import type { TaskContext, TaskResult } from '../tasks/task.js';
import { tellWarning, warningOptions } from '../tasks/tell-warning.js';
import { type ConsoleOutput, type InvokeOptions, type InvokeResult, outputOf } from './invoke-types.js';
import type { ParsedArgs } from './parse-argv.js';
import { prompter } from './prompt.js';
import { refuse } from './refuse.js';
import { addSinks, isInteractive } from './sinks.js';
import { loadTask } from './tasks.js';
import { tsdbtVersion } from './version.js';

/**
 * Runs a parsed command line: flags, events, the task, the exit status.
 *
 * @param opened What a program that has opened the project gives besides.
 */
export async function runCommand(
  parsed: Extract<ParsedArgs, { kind: 'command' }>,
  args: readonly string[],
  options: InvokeOptions,
  env: { readonly [name: string]: string | undefined },
  opened: Pick<TaskContext, 'parses' | 'only'> = {},
): Promise<InvokeResult> {
  const startedAt = new Date();
  const began = performance.now();
  const invocationId = randomUUID();
  const cwd = options.cwd ?? process.cwd();
  const command = options.command ?? ['tsdbt', ...args].join(' ');
  let resolved: ReturnType<typeof resolveFlags>;
  let bus: EventBus;
  let annotations: TextOutput | undefined;
  try {
    resolved = resolveFlags(parsed.which, command, parsed.given, env, cwd);
    const { flags, more } = resolved;
    const columns = outputOf(options.stdout)?.columns;
    const width = flags.printer_width;
    bus = new EventBus({ invocationId, width, scrub: secretScrubber(env), ...(columns ? { columns } : {}) });
    if (options.onEvent) bus.addSink(callbackSink(options.onEvent, bus.scrub));
    addSinks(bus, sinkSettings(flags, more, env, cwd, outputOf(options.stdout)));
    annotations = annotationOutput(more, options, env);
    if (annotations) bus.addSink(annotationSink(annotations));
  } catch (error) {
    return refuse(error, options, env);
  }
  const { flags, more } = resolved;
  const signal = options.signal ?? new AbortController().signal;
  const cancellable = options.onCancellable ?? (() => {});
  const output = outputOf(options.stdout);
  const questions = prompter(options.stdin, output, signal);
  let outcome: InvokeResult;
  try {
    bus.emit('MainReportVersion', { log_version: 3, version: `=${DBT_VERSION}` });
    bus.emit('MainReportArgs', { args: Object.fromEntries(args.map((arg, i) => [String(i), arg])) });
    bus.configure(warningOptions(flags, more));
    for (const warning of resolved.warnings) tellWarning(bus, warning);
    if (parsed.given['models_used'] === true) bus.warn('ModelParamUsageDeprecation', { msg: MODELS_DEPRECATED });
    const task = await loadTask(flags.which);
    if (!task) throw new DbtError('cli-unsupported', `tsdbt can't do '${parsed.path.join(' ')}'`);
    const result = await task({
      flags,
      cwd,
      env,
      bus,
      signal,
      cancellable,
      ask: (...question) => {
        cancellable();
        return questions.ask(...question);
      },
      say: (text) => output?.write(text),
      invocationId,
      startedAt,
      interactive: isInteractive(sinkSettings(flags, more, env, cwd, outputOf(options.stdout))),
      options: { ...more, annotate: annotations !== undefined, version: tsdbtVersion() },
      ...opened,
    });
    outcome = fromTask(result);
  } catch (error) {
    outcome = failed(bus, error, readerOf(flags, cwd));
    if (annotations) annotateError(bus, error, { env, cwd, root: projectDirectory(flags, cwd) });
  } finally {
    questions.close();
  }
  try {
    bus.summarizeDeprecations();
  } catch (error) {
    // dbt's exit status when its summary is an error, whatever the command came to.
    outcome = { ...failed(bus, error, readerOf(flags, cwd)), results: outcome.results, exitCode: 1 };
  } finally {
    bus.emit('ResourceReport', resources(flags.which, outcome.success, (performance.now() - began) / 1000));
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

/** Seconds, kilobytes and blocks; of the process, which may have run other commands before. */
function resources(command_name: string, command_success: boolean, command_wall_clock_time: number) {
  const { userCPUTime, systemCPUTime, maxRSS, fsRead, fsWrite } = process.resourceUsage();
  return {
    command_name,
    command_success,
    command_wall_clock_time,
    process_user_time: userCPUTime / 1e6,
    process_kernel_time: systemCPUTime / 1e6,
    process_mem_max_rss: maxRSS,
    process_in_blocks: fsRead,
    process_out_blocks: fsWrite,
  };
}

const MODELS_DEPRECATED = 'Usage of `--models`, `--model`, and `-m` is deprecated in favor of `--select` or `-s`.';

/**
 * Where annotations go: standard error, which GitHub reads too, so that the lines of standard output stay what they are.
 * A caller of the API that gave no such stream gets none unless it asks for them.
 */
function annotationOutput(
  { github_annotations: flag }: { readonly [name: string]: unknown },
  { stderr, stdout }: InvokeOptions,
  env: { readonly [name: string]: string | undefined },
): TextOutput | undefined {
  if (flag === true) return stderr ?? outputOf(stdout);
  return flag !== false && env['GITHUB_ACTIONS'] === 'true' ? stderr : undefined;
}

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
    withoutFile: more['from_dbt'] === true,
    root: projectDirectory(flags, cwd),
    output: output ?? null,
  };
}

function fromTask(result: TaskResult): InvokeResult {
  const { success, results = [], manifest, error } = result;
  const exitCode = error ? 2 : success ? 0 : 1;
  return { success, exitCode, results, ...(manifest ? { manifest } : {}), ...(error ? { error } : {}) };
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

function readerOf(flags: Flags, cwd: string): (file: string) => string | null {
  return (file) => {
    try {
      return readFileSync(join(projectDirectory(flags, cwd), file), 'utf8');
    } catch {
      return null;
    }
  };
}
