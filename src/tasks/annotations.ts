import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf } from '../events/diagnostic-report.js';
import type { EventBus } from '../events/event-bus.js';
import type { CiRun } from './ci-finding.js';
import { findingOf } from './ci-finding.js';
import type { TaskContext } from './task.js';

/** Tells an annotation of each node that failed or warned, when GitHub is to show them. */
export function annotate(context: TaskContext, run: CiRun): void {
  const { bus, options } = context;
  if (options['annotate'] !== true) return;
  for (const result of run.results) {
    const warning = result.status === 'warn';
    if (!warning && !FAILED.has(result.status)) continue;
    const node = run.node(result.unique_id);
    if (!node) continue;
    const { file, line, column, detail } = findingOf(run, node, result);
    bus.emit('CiAnnotation', {
      level: warning ? 'warning' : 'error',
      file: inRepository(file, context),
      line,
      column,
      title: `${node.resource_type} ${node.name}`,
      message: bus.scrub(detail),
    });
  }
}

/** Tells an annotation of each diagnostic of an error that ended the command. */
export function annotateError(
  bus: EventBus,
  error: unknown,
  { root, ...where }: Pick<TaskContext, 'env' | 'cwd'> & { readonly root: string },
): void {
  const diagnostics = isDbtError(error) ? diagnosticsOf(error) : [];
  for (const { span, code, message, hint } of diagnostics) {
    bus.emit('CiAnnotation', {
      level: 'error',
      file: span ? inRepository(resolve(root, span.file), where) : null,
      line: span?.line ?? null,
      column: span?.column ?? null,
      title: code,
      message: bus.scrub(hint ? `${message}\n\nhint: ${hint}` : message),
    });
  }
}

const FAILED: ReadonlySet<string> = new Set(['fail', 'error', 'runtime error', 'partial success']);

/** A path as GitHub wants it: below the checkout, or, where that is not known, below the working directory. */
export function inRepository(file: string, { env, cwd }: Pick<TaskContext, 'env' | 'cwd'>): string {
  for (const root of [env['GITHUB_WORKSPACE'], cwd]) {
    if (!root) continue;
    const path = relative(root, file);
    if (!path.startsWith('..') && !isAbsolute(path)) return path.split(sep).join('/');
  }
  return file;
}
