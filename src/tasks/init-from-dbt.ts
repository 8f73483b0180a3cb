import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectDirectory } from '../config/runtime-config.js';
import type { DiagnosticCode } from '../diagnostics/codes.js';
import { DbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, reportDiagnostic } from '../events/diagnostic-report.js';
import { checkDbtProject } from './check-dbt-project.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

/** What dbt would stop at as well: it is the project's own, not tsdbt's. */
const OF_DBT_TOO: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'env-var-missing',
  'packages-missing',
  'profile-missing',
  'ref-missing',
  'source-missing',
  'yaml-syntax',
]);

/**
 * `init --from-dbt [DIR]`: says what of an existing project tsdbt would refuse, each with its place and what to do, and
 * what it found; exit status 1 when there is something. Nothing is connected to, run or written.
 */
export async function initFromDbt(context: TaskContext): Promise<TaskResult> {
  const { bus, cwd, options } = context;
  const given = options['name'];
  const project_dir = typeof given === 'string' ? given : context.flags.project_dir;
  if (project_dir !== null && !statSync(resolve(cwd, project_dir), { throwIfNoEntry: false })?.isDirectory()) {
    throw new DbtError('cli-usage', `--from-dbt: '${project_dir}' is no directory`, {
      hint: 'Give the directory of dbt_project.yml, or run it there.',
    });
  }
  const flags = { ...context.flags, project_dir };
  const root = projectDirectory(flags, cwd);
  const { problems, manifest } = await checkDbtProject({ ...context, flags });
  const readSource = (file: string): string | null => {
    try {
      return readFileSync(join(root, file), 'utf8');
    } catch {
      return null;
    }
  };
  const diagnostics = problems.flatMap(diagnosticsOf);
  for (const diagnostic of diagnostics) {
    bus.emit('DiagnosticReported', { report: reportDiagnostic(diagnostic, { readSource }) });
  }
  if (manifest) bus.emit('FoundStats', { stat_line: foundLine(manifest) });
  const own = diagnostics.filter(({ code }) => !OF_DBT_TOO.has(code)).length;
  const both = diagnostics.length - own;
  bus.emit('ProjectChecked', { root, refused: own, wrong: both, complete: manifest !== null });
  return { success: diagnostics.length === 0, ...(manifest ? { manifest } : {}) };
}
