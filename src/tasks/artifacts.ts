import { writeGraphSummary } from '../artifacts/graph-summary.js';
import { writeManifest } from '../artifacts/manifest/v12.js';
import type { ArtifactContext } from '../artifacts/metadata.js';
import { runResultsArtifact, writeRunResults } from '../artifacts/run-results/v6.js';
import { writeSemanticManifest } from '../artifacts/semantic-manifest.js';
import { parseCliVars, plainVars } from '../config/vars.js';
import { invocationArgs } from '../context/invocation-args.js';
import type { JsonObject } from '../contracts/common.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import { withoutDeferral } from '../graph/defer.js';
import { toPlain } from '../jinja/values.js';
import type { LoadedProject } from './load-project.js';
import type { TaskContext } from './task.js';

/** What the artifacts of this invocation have in common. */
export function artifactContext(context: TaskContext): ArtifactContext {
  return {
    dbtVersion: DBT_VERSION,
    invocationId: context.invocationId,
    startedAt: context.startedAt,
    env: context.env,
  };
}

/** Writes manifest.json and semantic_manifest.json, unless `--no-write-json`. */
export async function writeManifests(context: TaskContext, project: LoadedProject, manifest: Manifest): Promise<void> {
  if (!context.flags.write_json) return;
  const path = await writeManifest(withoutDeferral(manifest), project.targetDir, context.bus.scrub);
  context.bus.emit('ArtifactWritten', { artifact_type: 'WritableManifest', artifact_path: path });
  const semantic = await writeSemanticManifest(manifest, project.targetDir);
  context.bus.emit('ArtifactWritten', { artifact_type: 'SemanticManifest', artifact_path: semantic });
}

/** Writes run_results.json, unless `--no-write-json`. */
export async function writeResults(
  context: TaskContext,
  project: LoadedProject,
  outcome: { readonly results: readonly RunResult[]; readonly elapsed: number },
): Promise<void> {
  if (!context.flags.write_json) return;
  const args = resultArgs(context, project);
  const artifact = runResultsArtifact({ ...outcome, args }, artifactContext(context));
  const path = await writeRunResults(artifact, project.targetDir, context.bus.scrub);
  context.bus.emit('ArtifactWritten', { artifact_type: 'RunExecutionResult', artifact_path: path });
}

/** Writes graph_summary.json, as dbt does whenever it compiles the graph. */
export async function writeGraph(context: TaskContext, project: LoadedProject): Promise<void> {
  if (!context.flags.write_json) return;
  await writeGraphSummary(project.manifest, context.invocationId, project.targetDir);
}

const OPTIONS = [
  'log_file_max_bytes',
  'log_level_file',
  'send_anonymous_usage_stats',
  'show_all_deprecations',
  'static_parser',
];

/** `args` of run_results.json: the flags of the invocation, by dbt's names. */
function resultArgs(context: TaskContext, { config }: LoadedProject): JsonObject {
  const { flags, options } = context;
  const args: { [name: string]: unknown } = { ...invocationArgs(config) };
  for (const name of OPTIONS) args[name] = options[name] ?? null;
  args['use_colors_file'] = options['use_colors_file'] ?? true;
  if (flags.which === 'run-operation') {
    const given = options['args'] ?? '{}';
    args['macro'] = options['macro'];
    args['args'] = typeof given === 'string' ? plainVars(parseCliVars(given, 'args')) : given;
  }
  return toPlain(args) as JsonObject;
}
