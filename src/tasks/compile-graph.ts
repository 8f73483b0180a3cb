import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import { DbtError } from '../diagnostics/errors.js';
import { RunReporter } from '../events/run-reporter.js';
import { createGraph } from '../graph/create-graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import type { Preview } from '../runner/preview-node.js';
import { runSelection } from '../runner/run-selection.js';
import { writeGraph, writeManifests, writeResults } from './artifacts.js';
import { type LoadedProject, loadProject } from './load-project.js';
import { deferred } from './previous-state.js';
import { COMPILE_TYPES } from './resource-types.js';
import { countShown, reportOptions } from './run-graph.js';
import { select } from './select.js';
import { foundLine } from './stats.js';
import type { TaskContext } from './task.js';

export interface Compiled {
  readonly project: LoadedProject;
  readonly manifest: Manifest;
  readonly results: readonly RunResult[];
}

export interface CompileOptions {
  /** `docs generate --no-compile` compiles nothing, and leaves manifest.json as it is. */
  readonly compile?: boolean;
  /** `docs generate` leaves the run_results.json of the build before it alone. */
  readonly writeResults?: boolean;
  /** `show` queries the nodes. */
  readonly preview?: Preview;
  /** Done while the adapter is still there and before the manifest is written. */
  readonly finish?: (compiled: Compiled) => Promise<void>;
}

/** compile and docs generate: select and render, write the artifacts. Throws when a node does not compile, as dbt. */
export async function runCompile(context: TaskContext, options: CompileOptions = {}): Promise<Compiled> {
  const { bus } = context;
  const project = await loadProject(context);
  let compiled: Compiled = { project, manifest: project.manifest, results: [] };
  try {
    const graph = createGraph(project.manifest);
    if (options.compile !== false) {
      bus.emit('FoundStats', { stat_line: foundLine(project.manifest) });
      await writeGraph(context, project);
      const types = context.flags.inline === null ? COMPILE_TYPES : (['sql_operation'] as const);
      const selection = select(context, project, graph, new Set(types));
      if (selection.size === 0) {
        bus.warn('NothingToDo', {});
        if (options.writeResults !== false) await writeResults(context, project, { results: [], elapsed: 0 });
      } else {
        const known = await deferred(context.flags, project);
        const reporter = new RunReporter({
          bus,
          node: (id) => nodeOf(project.manifest, id),
          total: countShown(project.manifest, selection),
          report: reportOptions(project),
          quietNodes: true,
          engine: project.plugin.type,
        });
        const outcome = await runSelection({
          ...project,
          manifest: known,
          graph,
          selection,
          mode: 'compile',
          preview: options.preview,
          hooks: false,
          buildEdges: false,
          events: reporter,
          signal: context.signal,
        });
        if (outcome.interrupted) throw new DbtError('interrupted', 'The compilation was interrupted.');
        const manifest = { ...project.manifest, nodes: outcome.nodes, functions: outcome.functions };
        compiled = { project, manifest, results: outcome.results };
        if (options.writeResults !== false) await writeResults(context, project, outcome);
      }
    }
    await options.finish?.(compiled);
    return compiled;
  } finally {
    await project.adapter.close();
    if (options.compile !== false) await writeManifests(context, project, withoutInline(compiled.manifest));
  }
}

/** The node of `--inline` belongs to no project. */
function withoutInline(manifest: Manifest): Manifest {
  const own = Object.entries(manifest.nodes).filter(([, node]) => (node.resource_type as string) !== 'sql_operation');
  return own.length === Object.keys(manifest.nodes).length ? manifest : { ...manifest, nodes: Object.fromEntries(own) };
}
