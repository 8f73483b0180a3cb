import { asSql, isEphemeralModel, type NodeCompiler, withMacros } from '../compiler/compile-node.js';
import type { NodeConnection } from '../context/node-connection.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { ManifestNode, ModelNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';
import { InternalError } from '../diagnostics/errors.js';
import { cloneNode } from './clone-node.js';
import { isBatched } from './microbatch/batch-node.js';
import { type BatchedOutcome, type BatchRun, runMicrobatch } from './microbatch/run-microbatch.js';
import { describeFailure, type NodeFailure } from './node-error.js';
import { type Outcome, runResult, Timings } from './node-result.js';
import type { NodeRunner } from './node-runner.js';
import { type Preview, previewNode } from './preview-node.js';
import { NODE_RUNNERS } from './runners.js';
import { sampleRows } from './sample-rows.js';
import { unitTestScope } from './unit-test-runner.js';

/** What is done with the nodes: `compile` only renders, `clone` makes them of what they are in another environment. */
export type RunMode = 'execute' | 'compile' | 'clone';

export interface RunNodeOptions {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly node: ManifestNode;
  readonly mode: RunMode;
  /** In mode `compile`: what is done with the node then. */
  readonly preview?: Preview | undefined;
  /** How many rows of a failed data test are read again; 0 is none, and no comparison of a unit test either. */
  readonly sampleRows: number;
  readonly thread: string;
  readonly onCompiled: (node: ManifestNode) => void;
  /** How a microbatch model runs its batches. */
  readonly batches: Pick<BatchRun, 'events' | 'canShare' | 'share' | 'stopped' | 'previous'>;
}

export interface NodeDone {
  /** The node as far as it got: compiled, and with the place of what it ran. */
  readonly node: ManifestNode;
  readonly result: RunResult;
  readonly failure?: NodeFailure & { readonly error: unknown };
  /** What a failed test has to show. */
  readonly evidence?: TestEvidence;
}

/**
 * Compiles one node and, unless it is ephemeral or only to be compiled, runs it on a connection of its own, which is
 * rolled back and given back at the end. Never throws: what fails becomes the result.
 */
export async function runNode(options: RunNodeOptions): Promise<NodeDone> {
  const { session, thread } = options;
  let { compiler } = options;
  const begun = performance.now();
  const timings = new Timings();
  const connection = session.connect(options.node.unique_id, options.node);
  const progress = { node: options.node };
  let outcome: Outcome = { status: 'success', message: null };
  let thrown: { readonly error: unknown } | undefined;
  let batched: BatchedOutcome | undefined;
  try {
    if (options.node.resource_type === 'unit_test') {
      // dbt compiles a unit test while it executes it.
      await timings.time('compile', async () => {});
      outcome = await timings.time('execute', async () => {
        const scope = await unitTestScope(session, options.node.unique_id, options.compiler);
        progress.node = scope.node;
        compiler = scope.compiler;
        return compileAndExecute({ ...options, ...scope }, connection, new Timings(), progress);
      });
    } else if (options.mode === 'clone') {
      await timings.time('compile', async () => {});
      if (!isEphemeralModel(options.node)) {
        outcome = await timings.time('execute', () => cloneNode(session, options.node, connection, thread));
      }
    } else if (options.mode === 'execute' && isBatched(session, options.node)) {
      batched = await runBatches(options, options.node, connection, timings);
      outcome = batched.outcome;
    } else outcome = await compileAndExecute(options, connection, timings, progress);
  } catch (error) {
    thrown = { error };
  }
  const seconds = (performance.now() - begun) / 1000;
  let evidence = options.sampleRows > 0 ? outcome.evidence : undefined;
  try {
    if (options.sampleRows > 0 && (outcome.status === 'fail' || outcome.status === 'warn')) {
      evidence ??= await sampleOf(options, progress.node, connection);
    }
  } catch (error) {
    thrown ??= { error };
  }
  try {
    await connection.release();
  } catch (error) {
    thrown ??= { error };
  }
  let failure: (NodeFailure & { error: unknown }) | undefined = batched?.failure;
  if (thrown) {
    failure = { ...describeFailure(thrown.error, progress.node, compiler), error: thrown.error };
    outcome = { status: 'error', message: failure.message };
  }
  compiler.forget(progress.node);
  const details = { threadId: thread, seconds, timing: timings.list };
  const result = runResult(progress.node, outcome, details);
  return { node: progress.node, result, ...(failure ? { failure } : {}), ...(evidence ? { evidence } : {}) };
}

/** The rows are no part of the test: it has its time and its verdict already. */
async function sampleOf(
  { session, sampleRows: limit, thread }: RunNodeOptions,
  node: ManifestNode,
  connection: NodeConnection,
): Promise<TestEvidence | undefined> {
  if (node.resource_type !== 'test') return undefined;
  return sampleRows(node, limit, connection, session.nodeContext(node, connection, thread), session);
}

/** A microbatch model is not compiled itself: each of its batches is. */
async function runBatches(
  { session, compiler, thread, batches }: RunNodeOptions,
  node: ModelNode,
  connection: NodeConnection,
  timings: Timings,
): Promise<BatchedOutcome> {
  await timings.time('compile', async () => {});
  return timings.time('execute', () => runMicrobatch({ session, compiler, node, connection, thread, ...batches }));
}

async function compileAndExecute(
  { session, compiler, mode, preview, thread, onCompiled }: RunNodeOptions,
  connection: NodeConnection,
  timings: Timings,
  progress: { node: ManifestNode },
): Promise<Outcome> {
  const { node: given } = progress;
  const compiled = await timings.time('compile', () =>
    compiler.compile(given, {
      connection,
      threadId: thread,
      ...(mode === 'execute' || preview ? { build: { limit: preview?.limit ?? null } } : {}),
      onRendered: (node) => {
        progress.node = node;
      },
    }),
  );
  progress.node = compiled.node;
  onCompiled(compiled.node);
  if (isEphemeralModel(compiled.node) && !preview) return { status: 'success', message: null };
  return timings.time('execute', async () => {
    if (preview) {
      const context = session.nodeContext(compiled.node, connection, thread);
      const shown = await previewNode(preview, compiled.node, connection, context);
      progress.node = shown.node;
      return shown.outcome;
    }
    if (mode === 'compile') return { status: 'success', message: null };
    const runner = NODE_RUNNERS[compiled.node.resource_type] as NodeRunner | undefined;
    if (!runner) throw new InternalError(`nothing runs nodes of type ${compiled.node.resource_type}`);
    const node = asSql(compiled.node);
    const context = session.nodeContext(node, connection, thread);
    try {
      return await runner.execute({ session, compiler, connection, node, context });
    } finally {
      const { buildPath, calledMacros } = context;
      if (buildPath !== null) progress.node = { ...compiled.node, build_path: buildPath };
      if (node.resource_type === 'test') progress.node = withMacros(progress.node, calledMacros);
    }
  });
}
