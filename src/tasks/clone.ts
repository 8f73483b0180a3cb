import type { ResourceType } from '../contracts/common.js';
import { DbtError } from '../diagnostics/errors.js';
import { RunReporter } from '../events/run-reporter.js';
import { reportSummary, succeeded } from '../events/run-summary.js';
import { createGraph } from '../graph/create-graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import { runSelection } from '../runner/run-selection.js';
import { writeGraph, writeManifests, writeResults } from './artifacts.js';
import { loadProject } from './load-project.js';
import { deferred } from './previous-state.js';
import { resourceTypes } from './resource-types.js';
import { countShown, nothingDone, reportOptions } from './run-graph.js';
import { select } from './select.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

const CLONED: readonly ResourceType[] = ['model', 'seed', 'snapshot'];

/**
 * `clone`: makes the selected relations those of the environment whose manifest is in `--state`: as copies that cost
 * nothing where the engine has such, else as views on them. There is no order among them, and there are no hooks of the
 * project.
 */
export async function cloneTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags } = context;
  const project = await loadProject(context);
  let { manifest } = project;
  try {
    bus.emit('FoundStats', { stat_line: foundLine(manifest) });
    const graph = createGraph(manifest);
    await writeGraph(context, project);
    const types = [...resourceTypes(flags, CLONED)].filter((type) => CLONED.includes(type));
    const selection = select(context, project, graph, new Set(types));
    if (selection.size === 0) {
      bus.warn('NothingToDo', {});
      await writeResults(context, project, { results: [], elapsed: 0 });
      reportSummary(nothingDone(bus));
      return { success: true, results: [], manifest };
    }
    manifest = await deferred({ ...flags, defer: true }, project);
    const node = (id: string) => nodeOf(manifest, id);
    const report = reportOptions(project);
    const reporter = new RunReporter({
      bus,
      node,
      total: countShown(manifest, selection),
      report,
      print: flags.print,
      engine: project.plugin.type,
      quietNodes: true,
    });
    const outcome = await runSelection({
      ...project,
      manifest,
      graph: graph.unordered(),
      selection,
      mode: 'clone',
      hooks: false,
      buildEdges: false,
      events: reporter,
      signal: context.signal,
    });
    manifest = { ...manifest, nodes: outcome.nodes };
    const { results, interrupted } = outcome;
    await writeResults(context, project, outcome);
    reportSummary({ bus, results, node, diagnostics: reporter.diagnostics, report, interrupted });
    const done = { results, manifest };
    if (!interrupted) return { ...done, success: succeeded(results) };
    return { ...done, success: false, error: new DbtError('interrupted', 'The run was interrupted.') };
  } finally {
    await project.adapter.close();
    await writeManifests(context, project, manifest);
  }
}
