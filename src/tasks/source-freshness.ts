import { join, resolve } from 'node:path';
import { withNodes } from '../artifacts/manifest/v12.js';
import { SOURCES_FILE, sourcesArtifact, writeSources } from '../artifacts/sources/v3.js';
import type { FreshnessResult } from '../contracts/freshness.js';
import type { SourceDefinition } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { FreshnessReporter } from '../events/freshness-reporter.js';
import { reportFailures, reportFinished } from '../events/run-summary.js';
import { createGraph } from '../graph/create-graph.js';
import { type FreshnessOutcome, runFreshness } from '../runner/run-freshness.js';
import { artifactContext, writeGraph, writeManifests } from './artifacts.js';
import { type LoadedProject, loadProject } from './load-project.js';
import { reportOptions } from './run-graph.js';
import { select } from './select.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

/** `source freshness`: asks the sources that have a threshold how old their newest row is; writes sources.json. */
export async function sourceFreshnessTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags } = context;
  const { output } = flags;
  const project = await loadProject(context);
  const { manifest } = project;
  let written = manifest;
  try {
    if (output !== null) {
      bus.warn('CustomOutputPathInSourceFreshnessDeprecation', {
        msg: `Custom output path usage \`--output ${output}\` usage detected in \`dbt source freshness\` command.`,
      });
    }
    bus.emit('FoundStats', { stat_line: foundLine(manifest) });
    const graph = createGraph(manifest);
    await writeGraph(context, project);
    const selected = select(context, project, graph, new Set(['source']));
    const sources = [...selected].flatMap((id) => manifest.sources[id] ?? []).filter(hasFreshness);
    if (sources.length === 0) {
      bus.warn('NothingToDo', {});
      await write(context, project, { results: [], elapsed: 0 });
      bus.emit('FreshnessCheckComplete', {});
      return { success: true, results: [], manifest };
    }
    const report = reportOptions(project);
    const events = new FreshnessReporter({
      bus,
      node: (id) => manifest.nodes[id],
      total: sources.length,
      report,
      print: flags.print,
      engine: project.plugin.type,
    });
    const hooks = runsHooks(context, project);
    const outcome = await runFreshness({ ...project, graph, sources, hooks, events, signal: context.signal });
    const counted = [...outcome.hooks, ...outcome.results].map((r) => manifest.nodes[r.unique_id] ?? SOURCE);
    reportFinished(bus, counted, outcome.elapsed);
    await write(context, project, outcome);
    // The hooks are compiled now.
    written = withNodes(manifest, outcome.nodes.values());
    const { interrupted } = outcome;
    const node = (id: string) => outcome.nodes.get(id);
    const diagnostics = events.diagnostics;
    reportFailures({ bus, results: outcome.hooks, node, diagnostics, report, interrupted });
    for (const result of outcome.results) {
      events.sourceFailure(manifest.sources[result.unique_id] as SourceDefinition, result);
    }
    bus.emit('FreshnessCheckComplete', {});
    if (interrupted) throw new DbtError('interrupted', 'The run was interrupted.');
    return { success: succeeded(outcome), results: outcome.hooks, manifest };
  } finally {
    await project.adapter.close();
    await writeManifests(context, project, written);
  }
}

const SOURCE = { resource_type: 'source' } as const;

/** dbt's `has_freshness`: a threshold for warnings or errors. */
function hasFreshness({ freshness }: SourceDefinition): boolean {
  return freshness !== null && (isTime(freshness.warn_after) || isTime(freshness.error_after));
}

function isTime(time: { readonly count?: unknown; readonly period?: unknown } | null | undefined): boolean {
  return !!time?.count && !!time.period;
}

function succeeded({ results, hooks }: FreshnessOutcome): boolean {
  const fresh = results.every((r) => r.status === 'pass' || r.status === 'warn');
  return fresh && hooks.every((r) => r.status === 'success');
}

async function write(
  context: TaskContext,
  project: LoadedProject,
  outcome: { readonly results: readonly FreshnessResult[]; readonly elapsed: number },
): Promise<void> {
  const { flags, cwd, bus } = context;
  if (!flags.write_json) return;
  const path = flags.output === null ? join(project.targetDir, SOURCES_FILE) : resolve(cwd, flags.output);
  await writeSources(
    sourcesArtifact({ ...outcome, sources: project.manifest.sources }, artifactContext(context)),
    path,
  );
  bus.emit('ArtifactWritten', { artifact_type: 'FreshnessResult', artifact_path: path });
}

/** With the flag off dbt says so when there are hooks, once a kind. */
function runsHooks({ bus }: TaskContext, { config, manifest }: LoadedProject): boolean {
  if (config.flags.behavior['source_freshness_run_project_hooks'] !== false) return true;
  for (const kind of ['on-run-start', 'on-run-end']) {
    const found = Object.values(manifest.nodes).some((n) => n.resource_type === 'operation' && n.tags.includes(kind));
    if (!found) continue;
    const msg = `The project's ${kind} hooks are left out: source_freshness_run_project_hooks is false.`;
    bus.warn('SourceFreshnessProjectHooksNotRun', { msg });
  }
  return false;
}
