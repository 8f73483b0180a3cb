import { inRepository } from './annotate-error.js';
import { type CiRun, findingOf } from './ci-finding.js';
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

const FAILED: ReadonlySet<string> = new Set(['fail', 'error', 'runtime error', 'partial success']);
