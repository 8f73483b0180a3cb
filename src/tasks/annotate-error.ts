import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf } from '../events/diagnostic-report.js';
import type { EventBus } from '../events/event-bus.js';
import type { TaskContext } from './task.js';

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

/** A path as GitHub wants it: below the checkout, or, where that is not known, below the working directory. */
export function inRepository(file: string, { env, cwd }: Pick<TaskContext, 'env' | 'cwd'>): string {
  for (const root of [env['GITHUB_WORKSPACE'], cwd]) {
    if (!root) continue;
    const path = relative(root, file);
    if (!path.startsWith('..') && !isAbsolute(path)) return path.split(sep).join('/');
  }
  return file;
}
