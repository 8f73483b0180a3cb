import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unitTestNode } from '../compiler/unit-test-nodes.js';
import type { ResourceType } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import { DbtError } from '../diagnostics/errors.js';
import type { ReportOptions } from '../events/diagnostic-report.js';
import { RunReporter } from '../events/run-reporter.js';
import { type Counted, reportFinished, reportSummary, succeeded } from '../events/run-summary.js';
import { loadTextWidth } from '../events/text-width.js';
import { createGraph } from '../graph/create-graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import { runSelection } from '../runner/run-selection.js';
import { annotate } from './annotations.js';
import { writeGraph, writeManifests, writeResults } from './artifacts.js';
import { reportJunit, withJunit } from './junit-report.js';
import { type LoadedProject, loadProject } from './load-project.js';
import { deferred } from './previous-state.js';
import { select } from './select.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

export interface RunKind {
  readonly types: ReadonlySet<ResourceType>;
  /** Tests stand between a node and what depends on it (`build`). */
  readonly testEdges?: boolean;
  /** Done with the results before the summary is told. */
  readonly afterRun?: (project: LoadedProject, results: readonly RunResult[]) => Promise<void>;
}

/** run, test, seed, build: select, execute with hooks, tell the results, write the artifacts. */
export async function runGraph(context: TaskContext, kind: RunKind): Promise<TaskResult> {
  return withJunit(context, () => runProject(context, kind));
}

async function runProject(context: TaskContext, kind: RunKind): Promise<TaskResult> {
  const { bus, flags } = context;
  const project = await loadProject(context);
  const { adapter } = project;
  let { manifest } = project;
  let thrown = true;
  try {
    bus.emit('FoundStats', { stat_line: foundLine(manifest) });
    const graph = createGraph(manifest, { testEdges: kind.testEdges ?? false });
    await writeGraph(context, project);
    const selection = select(context, project, graph, kind.types);
    if (selection.size === 0) {
      bus.warn('NothingToDo', {});
      await writeResults(context, project, { results: [], elapsed: 0 });
      await reportJunit(context, { ...NOTHING, project });
      if (flags.which === 'seed') reportSummary(nothingDone(bus));
      thrown = false;
      return { success: true, results: [], manifest };
    }
    manifest = await deferred(flags, project);
    let unitTests: { readonly [id: string]: ManifestNode } = {};
    const node = (id: string): ManifestNode | undefined => {
      const test = manifest.unit_tests[id];
      return test ? (unitTests[id] ?? unitTestNode(manifest, test)) : nodeOf(manifest, id);
    };
    const report = reportOptions(project);
    const reporter = new RunReporter({
      bus,
      node,
      total: countShown(manifest, selection),
      report,
      print: flags.print,
      engine: project.plugin.type,
      immediate: context.interactive,
    });
    const outcome = await runSelection({
      ...project,
      manifest,
      graph,
      selection,
      mode: 'execute',
      hooks: true,
      buildEdges: kind.testEdges ?? false,
      sampleRows: sampleLimit(context),
      previous: context.previousBatches,
      events: reporter,
      signal: context.signal,
    });
    manifest = { ...manifest, nodes: outcome.nodes, functions: outcome.functions };
    unitTests = outcome.unitTests;
    const { results, interrupted } = outcome;
    const { diagnostics, evidence } = reporter;
    if (evidence.size > 0) await loadTextWidth();
    reportFinished(bus, nodesOf(manifest, results), outcome.elapsed);
    // A full disk is told after what the person wants to know: how the run went.
    const unwritten = await writeResults(context, project, outcome).catch((error: unknown) => ({ error }));
    await kind.afterRun?.(project, results);
    const storeFailures = flags.store_failures === true;
    reportSummary({ bus, results, node, diagnostics, evidence, report, interrupted, storeFailures });
    const found = { project: { ...project, manifest }, results, node, diagnostics, evidence, elapsed: outcome.elapsed };
    annotate(context, found);
    await reportJunit(context, found);
    if (unwritten) throw unwritten.error;
    thrown = false;
    const done = { results, manifest };
    if (!interrupted) return { ...done, success: succeeded(results) };
    return { ...done, success: false, error: new DbtError('interrupted', 'The run was interrupted.') };
  } finally {
    await adapter.close();
    await writeManifests(context, project, manifest).catch((error: unknown) => {
      // What ended the run counts more.
      if (!thrown) throw error;
    });
  }
}

const NOTHING = { results: [], node: () => undefined, diagnostics: new Map(), evidence: new Map(), elapsed: 0 };

/** dbt counts what `seed` and `clone` did even when that was nothing. */
export function nothingDone(bus: TaskContext['bus']): Parameters<typeof reportSummary>[0] {
  return { bus, results: [], node: () => undefined, diagnostics: new Map(), report: {}, interrupted: false };
}

/** Rows of a failed test that are shown: `--sample-rows`. */
function sampleLimit({ options }: TaskContext): number {
  const { sample_rows: rows } = options;
  return typeof rows === 'number' && rows > 0 ? rows : 0;
}

const UNIT_TEST: Counted = { resource_type: 'unit_test' };

/** Reads files of the project for code frames. */
export function reportOptions(project: LoadedProject): ReportOptions {
  return {
    readSource: (file) => {
      try {
        return readFileSync(join(project.config.project.root, file), 'utf8');
      } catch {
        return null;
      }
    },
  };
}

/** dbt counts ephemeral models neither in `n of m` nor as running. */
export function countShown(manifest: Manifest, selection: ReadonlySet<string>): number {
  let count = 0;
  for (const id of selection) if (nodeOf(manifest, id)?.config.materialized !== 'ephemeral') count += 1;
  return count;
}

function nodesOf(manifest: Manifest, results: readonly RunResult[]): Counted[] {
  const { exposures, saved_queries: queries, unit_tests: tests } = manifest;
  return results.flatMap(
    ({ unique_id: id }) => nodeOf(manifest, id) ?? exposures[id] ?? queries[id] ?? (id in tests ? UNIT_TEST : []),
  );
}
