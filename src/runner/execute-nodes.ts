import { isEphemeralModel, type NodeCompiler } from '../compiler/compile-node.js';
import { unitTestNode } from '../compiler/unit-test-nodes.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { UniqueId } from '../contracts/common.js';
import type { GraphResource, ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import type { RunnerEvents } from '../events/runner-events.js';
import type { Graph } from '../graph/graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import { GraphQueue } from '../graph/queue.js';
import { isBatched } from './microbatch/batch-node.js';
import type { PreviousBatches } from './microbatch/run-microbatch.js';
import { passiveResult, skippedResult } from './node-result.js';
import type { Preview } from './preview-node.js';
import { type NodeDone, type RunMode, runNode } from './run-node.js';
import { threadName } from './thread-slots.js';
import { WorkerPool } from './worker-pool.js';

export interface ExecuteOptions {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly graph: Graph;
  readonly selection: readonly UniqueId[];
  readonly mode: RunMode;
  /** In mode `compile`: the nodes are queried then, ephemeral ones too. */
  readonly preview?: Preview | undefined;
  /** How many rows of a failed data test are read again. */
  readonly sampleRows: number;
  readonly buildEdges: boolean;
  readonly threads: number;
  readonly failFast: boolean;
  readonly events: RunnerEvents;
  readonly signal: AbortSignal;
  /** `retry`: what the earlier run made of microbatch models. */
  readonly previous?: ReadonlyMap<UniqueId, PreviousBatches> | undefined;
  /** Called with a node's final form, hooks and ephemeral models included. */
  readonly onNode: (node: ManifestNode) => void;
}

export interface ExecuteOutcome {
  readonly results: readonly RunResult[];
  readonly interrupted: boolean;
}

/** Why no further node starts. */
type Stop = 'fail-fast' | 'interrupted' | 'compile-error';

/**
 * Runs the selected nodes, each once everything that it depends on is done, `threads` at a time. What depends on a
 * node that failed is skipped; with `buildEdges` a failed or skipped test counts too. Results are in the order in which
 * nodes were done; ephemeral models have none.
 *
 * @throws DbtError in mode `compile` the first error of a node, as dbt's compile does.
 */
export async function executeNodes(options: ExecuteOptions): Promise<ExecuteOutcome> {
  return new Execution(options).run();
}

class Execution {
  readonly #options: ExecuteOptions;
  readonly #queue: GraphQueue;
  readonly #workers: WorkerPool;
  #pump = (): void => {};
  readonly #results: RunResult[] = [];
  readonly #finished = new Set<UniqueId>();
  /** What is skipped, with the failed ephemeral model that is the cause, if one is. */
  readonly #skipped = new Map<UniqueId, ManifestNode | null>();
  readonly #total: number;
  /** In `build`: the selected unit tests by the selected model that they hold up. */
  readonly #unitTests: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  /** Microbatch models that run. */
  #batched = 0;
  #index = 0;
  #stop: Stop | undefined;
  #compileError: DbtError | undefined;

  constructor(options: ExecuteOptions) {
    this.#options = options;
    this.#workers = new WorkerPool(options.threads, () => this.#pump());
    this.#unitTests = options.buildEdges ? unitTestsByModel(options) : new Map();
    const held = new Set([...this.#unitTests.values()].flat());
    this.#queue = new GraphQueue(options.graph.subgraph(options.selection.filter((id) => !held.has(id))));
    this.#total = options.selection.filter((id) => this.#passive(id) || !isEphemeralModel(this.#node(id))).length;
  }

  async run(): Promise<ExecuteOutcome> {
    const { signal } = this.#options;
    const onAbort = (): void => this.#halt('interrupted');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#work();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#options.session.stop(false);
    }
    if (this.#compileError) throw this.#compileError;
    if (this.#stop !== undefined) this.#skipTheRest();
    return { results: this.#results, interrupted: this.#stop === 'interrupted' };
  }

  /** Keeps `threads` nodes going until nothing is left that could start. */
  #work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const pump = (): void => {
        while (this.#stop === undefined && this.#workers.hasFree) {
          const id = this.#queue.take((next) => this.#isHeld(next));
          if (id === undefined) break;
          const worker = this.#workers.take();
          const batched = this.#isBatched(id);
          if (batched) this.#batched += 1;
          this.#start(id, threadName(worker)).then(() => {
            this.#queue.done(id);
            if (batched) this.#batched -= 1;
            this.#workers.give(worker);
            pump();
          }, reject);
        }
        if (this.#queue.running > 0) return;
        if (this.#stop === undefined && !this.#queue.finished) {
          reject(new InternalError('nodes are left, but none of them can start'));
        } else resolve();
      };
      this.#pump = pump;
      pump();
    });
  }

  /** As in dbt half of the workers are for batches; here other nodes go on while a microbatch model waits. */
  #isHeld(id: UniqueId): boolean {
    return this.#batched >= Math.max(1, Math.floor(this.#options.threads / 2)) && this.#isBatched(id);
  }

  #isBatched(id: UniqueId): boolean {
    const { session, mode } = this.#options;
    const node = session.manifest.nodes[id];
    return mode === 'execute' && node !== undefined && isBatched(session, node);
  }

  /** A model's unit tests run before it, one after the other; when one fails the model is skipped. */
  async #start(id: UniqueId, thread: string): Promise<void> {
    for (const test of this.#unitTests.get(id) ?? []) {
      if (this.#skipped.has(id)) this.#skipped.set(test, null);
      await this.#startOne(test, thread);
      if (this.#stop !== undefined) break;
    }
    // What a failed unit test holds up is skipped for its sake also when the run stops there.
    if (this.#stop !== undefined && !this.#skipped.has(id)) return;
    await this.#startOne(id, thread);
  }

  async #startOne(id: UniqueId, thread: string): Promise<void> {
    const passive = this.#passive(id);
    if (passive) {
      this.#note(passive, this.#skipped.has(id) ? null : 'NO-OP', thread);
      return;
    }
    const node = this.#node(id);
    const ephemeral = isEphemeralModel(node);
    if (!ephemeral) this.#index += 1;
    const at = { uniqueId: id, index: ephemeral ? 0 : this.#index, total: this.#total };
    if (this.#skipped.has(id)) {
      this.#skip(node, at, thread);
      return;
    }
    const { session, compiler, mode, preview, sampleRows, events } = this.#options;
    events.nodeStart({
      ...at,
      resourceType: node.resource_type,
      materialized: mode === 'execute' && isBatched(session, node) ? 'microbatch' : node.config.materialized,
      relation: relationLabel(node, session),
      thread,
    });
    const done = await runNode({
      session,
      compiler,
      node,
      mode,
      preview,
      sampleRows,
      thread,
      batches: {
        events,
        canShare: () => this.#queue.running < this.#options.threads,
        share: (body) => this.#workers.run(body),
        stopped: () => this.#stop !== undefined,
        previous: this.#options.previous?.get(id),
      },
      onCompiled: (compiled) => events.nodeCompiled?.({ uniqueId: id, node: compiled }),
    });
    const partial = done.result.status === 'partial success';
    if (this.#stop !== undefined && !partial && done.failure !== undefined && isInterrupt(done.failure.error)) {
      // It will be counted among what was skipped.
      if (!ephemeral) this.#index -= 1;
      return;
    }
    this.#finish(done.node, done.result);
    events.nodeFinish({
      ...at,
      result: done.result,
      node: done.node,
      ...(done.failure ? { diagnostic: done.failure.diagnostic } : {}),
      ...(done.evidence ? { evidence: done.evidence } : {}),
    });
    this.#judge(done.node, done.result, done.failure);
  }

  /** What a result means for the rest of the run. */
  #judge(node: ManifestNode, result: RunResult, failure: NodeDone['failure']): void {
    const { graph, buildEdges, mode, failFast } = this.#options;
    const { status } = result;
    const blocks =
      status === 'error' || status === 'partial success' || (buildEdges && (status === 'fail' || status === 'skipped'));
    if (blocks && !goesOn(node)) {
      const cause = isEphemeralModel(node) ? node : null;
      for (const id of graph.dependents(node.unique_id)) this.#skipped.set(id, cause);
      if (buildEdges && node.resource_type === 'unit_test') this.#skipped.set(node.tested_node_unique_id, null);
    }
    if (status === 'error' && mode === 'compile') {
      if (failure && !isDbtError(failure.error)) throw failure.error;
      this.#compileError ??= asError(failure);
      this.#halt('compile-error');
    } else if (failFast && (status === 'error' || status === 'fail' || status === 'partial success')) {
      this.#halt('fail-fast');
    }
  }

  #skip(node: ManifestNode, at: { uniqueId: UniqueId; index: number; total: number }, thread: string): void {
    const cause = this.#skipped.get(node.unique_id) ?? null;
    const message =
      cause && !isEphemeralModel(node)
        ? `Compilation Error in ${node.unique_id}, caused by compilation error in referenced ephemeral model ${cause.unique_id}`
        : null;
    const result = skippedResult(node, message, thread);
    this.#finish(node, result);
    this.#options.events.nodeSkip({ ...at, node, reason: message ?? 'Something it depends on failed' });
    this.#judge(node, result, undefined);
  }

  #finish(node: ManifestNode, result: RunResult): void {
    this.#finished.add(node.unique_id);
    this.#options.onNode(node);
    if (!isEphemeralModel(node) || this.#options.preview) this.#results.push(result);
  }

  /** Nothing starts any more, and what runs is cancelled. */
  #halt(reason: Stop): void {
    if (this.#stop !== undefined) return;
    this.#stop = reason;
    const { session, events } = this.#options;
    session.stop(true);
    const connections = session.invocation.adapter.cancelAll();
    if (connections.length > 0 || reason === 'interrupted') events.cancelled({ connections });
  }

  #skipTheRest(): void {
    const message =
      this.#stop === 'fail-fast' ? 'Skipping due to fail_fast' : 'Skipped because the run was interrupted';
    for (const id of this.#options.selection) {
      const passive = this.#passive(id);
      if (passive) {
        if (!this.#finished.has(id)) this.#note(passive, null, 'MainThread', message);
        continue;
      }
      const node = this.#node(id);
      if (this.#finished.has(id) || isEphemeralModel(node)) continue;
      this.#index += 1;
      this.#finish(node, skippedResult(node, message, 'MainThread'));
      this.#options.events.nodeSkip({ uniqueId: id, index: this.#index, total: this.#total, node, reason: message });
    }
  }

  /** Exposures and saved queries are nothing to run: `build` lists them when what they depend on is done. */
  #passive(id: UniqueId): GraphResource | undefined {
    const { manifest } = this.#options.session;
    return manifest.exposures[id] ?? manifest.saved_queries[id];
  }

  #note(resource: GraphResource, done: string | null, threadId: string, reason: string | null = null): void {
    const result = passiveResult(resource.unique_id, done, reason, threadId);
    this.#index += 1;
    this.#finished.add(resource.unique_id);
    this.#results.push(result);
    const at = { uniqueId: resource.unique_id, index: this.#index, total: this.#total };
    this.#options.events.passive?.({ ...at, thread: threadId, resource, result });
  }

  #node(id: UniqueId): ManifestNode {
    const { manifest } = this.#options.session;
    const test = manifest.unit_tests[id];
    const node = test ? unitTestNode(manifest, test) : nodeOf(manifest, id);
    if (!node) throw new InternalError(`'${id}' is selected, but it is no node`);
    return node;
  }
}

function unitTestsByModel({ session, selection }: ExecuteOptions): ReadonlyMap<UniqueId, readonly UniqueId[]> {
  const selected = new Set(selection);
  const byModel = new Map<UniqueId, UniqueId[]>();
  for (const id of selection) {
    const model = session.manifest.unit_tests[id]?.depends_on.nodes[0];
    if (model === undefined || !selected.has(model)) continue;
    byModel.set(model, [...(byModel.get(model) ?? []), id]);
  }
  return byModel;
}

/** The error of a node with the place that was found for it. */
function asError(failure: NodeDone['failure']): DbtError | undefined {
  if (!failure) return undefined;
  const { code, severity: _severity, message, ...rest } = failure.diagnostic;
  return new DbtError(code, message, { ...rest, cause: failure.error });
}

/** dbt 1.12's config `on_error: continue`: what depends on the model runs even when the model failed. */
function goesOn(node: ManifestNode): boolean {
  return node.resource_type === 'model' && node.config['on_error'] === 'continue';
}

function isInterrupt(error: unknown): boolean {
  return isDbtError(error) && error.code === 'interrupted';
}

/** dbt's short name of a node's relation: without the database when it is the target's. */
function relationLabel(node: ManifestNode, session: RuntimeSession): string | null {
  if (['test', 'unit_test', 'analysis', 'operation'].includes(node.resource_type)) return null;
  const { database } = session.invocation.config.target;
  const parts = node.database === database ? [node.schema, node.alias] : [node.database, node.schema, node.alias];
  return parts.filter((p) => p !== null).join('.');
}
