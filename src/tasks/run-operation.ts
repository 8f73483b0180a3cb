import { parseCliVars, type Vars } from '../config/vars.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import { reportDiagnostic } from '../events/diagnostic-report.js';
import { RunReporter } from '../events/run-reporter.js';
import { operationText } from '../runner/failure-text.js';
import { runOperation } from '../runner/run-operation.js';
import { writeGraph, writeManifests, writeResults } from './artifacts.js';
import { type LoadedProject, loadProject } from './load-project.js';
import { reportOptions } from './run-graph.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

/** `run-operation`: calls a macro, `name` or `package.name`, with the arguments of `--args`. */
export async function runOperationTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, options } = context;
  const given = options['args'] ?? '{}';
  const args = typeof given === 'string' ? parseCliVars(given, 'args') : (given as Vars);
  const project = await loadProject(context);
  try {
    bus.emit('FoundStats', { stat_line: foundLine(project.manifest) });
    await writeGraph(context, project);
    const macro = findMacro(project, String(options['macro']));
    const report = reportOptions(project);
    const events = new RunReporter({
      bus,
      node: () => undefined,
      total: 0,
      report,
      print: flags.print,
      engine: project.plugin.type,
    });
    const { result, thrown } = await runOperation({
      ...project,
      events,
      signal: context.signal,
      macro,
      args,
    });
    if (thrown) {
      const { error } = thrown;
      if (!isDbtError(error) || error.code === 'interrupted') throw error;
      bus.emit('RunningOperationCaughtError', { exc: operationText(error, macro.macro, project.config) });
      bus.emit('DiagnosticReported', { report: reportDiagnostic(error.diagnostic, report) });
    }
    await writeResults(context, project, { results: [result], elapsed: result.execution_time });
    return { success: !thrown, results: [result], manifest: project.manifest };
  } finally {
    await project.adapter.close();
    await writeManifests(context, project, project.manifest);
  }
}

function findMacro({ macros }: LoadedProject, given: string): ReturnType<LoadedProject['macros']['find']> & object {
  const dot = given.indexOf('.');
  const packageName = dot === -1 ? null : given.slice(0, dot);
  const name = given.slice(dot + 1);
  const macro = macros.find(name, packageName);
  if (macro) return macro;
  const where = packageName === null ? 'any package' : `the "${packageName}" package`;
  throw new DbtError('macro-missing', `dbt could not find a macro with the name "${name}" in ${where}`, {
    hint: didYouMean(name, macros.names()) ?? "Is it in a file of 'macro-paths', and are the packages installed?",
  });
}
