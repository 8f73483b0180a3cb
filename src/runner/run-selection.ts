import type { Adapter } from '../adapters/base/adapter.js';
import { NodeCompiler } from '../compiler/compile-node.js';
import { unitTestNode } from '../compiler/unit-test-nodes.js';
import type { MacroTable } from '../context/macro-table.js';
import type { NodeConnection } from '../context/node-connection.js';
import { RuntimeSession } from '../context/runtime-session.js';
import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { FunctionNode, ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import type { HookKind, RunnerEvents } from '../events/runner-events.js';
import type { Graph } from '../graph/graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import { PyTuple } from '../jinja/values.js';
import { executeNodes } from './execute-nodes.js';
import { invocationOf } from './invocation-of.js';
import type { PreviousBatches } from './microbatch/run-microbatch.js';
import { passiveResult, skippedResult } from './node-result.js';
import { createSchemas, deferredSchemas, isRelational, populateCache, schemasOf } from './prepare-database.js';
import type { Preview } from './preview-node.js';
import { resultView } from './result-view.js';
import { type HookOutcome, runHooks } from './run-hooks.js';
import type { RunMode } from './run-node.js';

/** What to run. */
export interface RunRequest {
  readonly config: RuntimeConfig;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  /** All of the project; with test edges when `buildEdges` is set. */
  readonly graph: Graph;
  /** Closed by the caller. */
  readonly adapter: Adapter;
  /** Nodes to run, already filtered by resource type. */
  readonly selection: Iterable<UniqueId>;
  readonly mode: RunMode;
  /** In mode `compile`: `show`. */
  readonly preview?: Preview | undefined;
  /** How many rows of a failed test are read for {@link RunnerEvents.nodeFinish}; 0, or without it, none. */
  readonly sampleRows?: number;
  /** Runs on-run-start and on-run-end. */
  readonly hooks: boolean;
  /** Tests gate what is downstream of them (`build`). */
  readonly buildEdges: boolean;
  /** `retry`: what the earlier run made of microbatch models. */
  readonly previous?: ReadonlyMap<UniqueId, PreviousBatches> | undefined;
  readonly events: RunnerEvents;
  /** Cancels the statements that run and skips the rest. */
  readonly signal: AbortSignal;
}

export interface RunOutcome {
  /** In the order in which they were done, hooks included, as in dbt. */
  readonly results: readonly RunResult[];
  /** The manifest's nodes with what compiling and running added. */
  readonly nodes: Manifest['nodes'];
  /** The same of its functions. */
  readonly functions: Manifest['functions'];
  /** The unit tests as they ran, in no manifest. */
  readonly unitTests: { readonly [id: UniqueId]: ManifestNode };
  /** Seconds. */
  readonly elapsed: number;
  readonly interrupted: boolean;
}

/**
 * Runs a selection: creates schemas, fills the cache of relations, runs the hooks around the nodes. Failures of nodes
 * are results; it throws what ends a run in dbt too: a hook or (mode `compile`) a node that does not compile, a
 * database that can't be opened, a bug.
 */
export async function runSelection(request: RunRequest): Promise<RunOutcome> {
  return new Run(request).run();
}

class Run {
  readonly #request: RunRequest;
  readonly #selection: readonly UniqueId[];
  readonly #session: RuntimeSession;
  readonly #compiler: NodeCompiler;
  readonly #nodes = new Map<UniqueId, ManifestNode>();
  readonly #results: RunResult[] = [];

  constructor(request: RunRequest) {
    this.#request = request;
    this.#selection = [...request.selection];
    this.#session = new RuntimeSession({
      invocation: invocationOf(request),
      manifest: request.manifest,
      macros: request.macros,
      selected: this.#selection,
      report: request.events,
      prepare: request.mode === 'compile' ? () => this.#openForCompile() : null,
    });
    this.#compiler = new NodeCompiler(this.#session);
  }

  async run(): Promise<RunOutcome> {
    try {
      return await this.#run();
    } finally {
      await this.#compiler.close();
    }
  }

  async #run(): Promise<RunOutcome> {
    const { config, events, mode } = this.#request;
    const begun = performance.now();
    const threads = config.flags.threads ?? config.target.threads;
    if (threads < 1) throw new DbtError('flag-invalid', `There must be at least 1 thread, not ${threads}`);
    events.concurrency({ threads, target: config.target.target_name });
    const start = mode !== 'compile' ? await this.#beforeRun().catch(this.#ignoreInterrupt) : NO_HOOKS;
    const skipAll =
      !this.#request.signal.aborted &&
      start.failed &&
      config.flags.behavior['skip_nodes_if_on_run_start_fails'] === true;
    let interrupted = skipAll ? this.#skipAll() : await this.#runNodes(threads);
    if (!interrupted) {
      // dbt tells the hooks at the end of no result when no node was to run.
      const end = await this.#hooks('on-run-end', skipAll ? [] : this.#results).catch(this.#ignoreInterrupt);
      interrupted = end.failed && this.#request.signal.aborted;
    }
    for (const node of await this.#compiler.compiledEphemerals()) this.#nodes.set(node.unique_id, node);
    return {
      results: this.#results,
      ...this.#finalNodes(),
      elapsed: (performance.now() - begun) / 1000,
      interrupted,
    };
  }

  async #beforeRun(): Promise<HookOutcome> {
    const { adapter, manifest, mode, events } = this.#request;
    await adapter.open();
    const selected = this.#selection.flatMap((id) => nodeOf(manifest, id) ?? []);
    const schemas = schemasOf(this.#session, selected);
    const others = mode === 'clone' ? deferredSchemas(this.#session, selected) : [];
    await this.#withMaster(async (connection) => {
      await createSchemas(this.#session, connection, schemas, ({ database, schema }) =>
        events.schemaCreation?.({ database, schema: schema ?? '' }),
      );
      await populateCache(this.#session, connection, schemas, others);
    });
    return this.#hooks('on-run-start');
  }

  async #openForCompile(): Promise<void> {
    await this.#request.adapter.open();
  }

  async #runNodes(threads: number): Promise<boolean> {
    const { graph, mode, preview, previous, buildEdges, events, signal, config } = this.#request;
    const outcome = await executeNodes({
      session: this.#session,
      compiler: this.#compiler,
      graph,
      selection: this.#selection,
      mode,
      preview,
      previous,
      sampleRows: this.#request.sampleRows ?? 0,
      buildEdges,
      threads,
      failFast: config.flags.fail_fast,
      events,
      signal,
      onNode: (node) => this.#nodes.set(node.unique_id, node),
    });
    this.#results.push(...outcome.results);
    return outcome.interrupted;
  }

  /** What dbt does with `skip_nodes_if_on_run_start_fails` when a hook failed. */
  #skipAll(): boolean {
    const { manifest, events } = this.#request;
    const total = this.#selection.length;
    for (const [i, id] of this.#selection.entries()) {
      const test = manifest.unit_tests[id];
      const node = test ? unitTestNode(manifest, test) : nodeOf(manifest, id);
      if (!node) {
        const resource = manifest.exposures[id] ?? manifest.saved_queries[id];
        const result = passiveResult(id, null, null, 'MainThread');
        this.#results.push(result);
        if (resource) events.passive?.({ uniqueId: id, index: i + 1, total, thread: 'MainThread', resource, result });
        continue;
      }
      this.#results.push(skippedResult(node, null, 'MainThread'));
      events.nodeSkip({ uniqueId: id, index: i + 1, total, node, reason: 'on-run-start failed' });
    }
    return false;
  }

  /** What was cancelled outside of a node ends no run: its nodes are told as skipped. */
  readonly #ignoreInterrupt = (error: unknown): HookOutcome => {
    if (!this.#request.signal.aborted || !isDbtError(error) || error.code !== 'interrupted') throw error;
    return { results: [], failed: true };
  };

  async #hooks(kind: HookKind, results: readonly RunResult[] = []): Promise<HookOutcome> {
    if (this.#request.signal.aborted || !this.#request.hooks || this.#request.mode === 'compile') return NO_HOOKS;
    const extra = kind === 'on-run-end' ? this.#endContext(results) : new Map();
    return this.#withMaster(async (connection) => {
      const outcome = await runHooks({
        session: this.#session,
        compiler: this.#compiler,
        connection,
        events: this.#request.events,
        kind,
        extra,
        onNode: (node) => this.#nodes.set(node.unique_id, node),
      });
      this.#results.push(...outcome.results);
      return outcome;
    });
  }

  /** Jinja's `results`, `schemas` and `database_schemas`. */
  #endContext(told: readonly RunResult[]): Map<string, unknown> {
    const { manifest, config } = this.#request;
    const schemas = new Map<string, readonly [string | null, string]>();
    const results: unknown[] = [];
    for (const result of told) {
      const node = this.#nodes.get(result.unique_id) ?? nodeOf(manifest, result.unique_id);
      if (!node) {
        const noted = manifest.exposures[result.unique_id] ?? manifest.saved_queries[result.unique_id];
        if (noted) results.push(resultView(result, noted));
        continue;
      }
      const { status } = result;
      if (isRelational(node, config.flags) && status !== 'error' && status !== 'fail' && status !== 'skipped') {
        schemas.set(JSON.stringify([node.database, node.schema]), [node.database, node.schema]);
      }
      if (result.thread_id !== 'main' || status === 'error') results.push(resultView(result, node));
    }
    const pairs = [...schemas.values()];
    return new Map<string, unknown>([
      ['results', results],
      ['schemas', [...new Set(pairs.map(([, schema]) => schema))]],
      ['database_schemas', pairs.map((pair) => new PyTuple(pair))],
    ]);
  }

  async #withMaster<T>(body: (connection: NodeConnection) => Promise<T>): Promise<T> {
    const { signal, adapter, events } = this.#request;
    const connection = this.#session.connect('master', null);
    const onAbort = (): void => {
      this.#session.stop(true);
      const connections = adapter.cancelAll();
      if (connections.length > 0) events.cancelled({ connections });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await body(connection);
    } finally {
      signal.removeEventListener('abort', onAbort);
      await connection.release();
    }
  }

  #finalNodes(): Pick<RunOutcome, 'nodes' | 'functions' | 'unitTests'> {
    const { manifest } = this.#request;
    const nodes: { [id: UniqueId]: ManifestNode } = { ...manifest.nodes };
    const functions: { [id: UniqueId]: FunctionNode } = { ...manifest.functions };
    const unitTests: { [id: UniqueId]: ManifestNode } = {};
    for (const [id, node] of this.#nodes) {
      if (node.resource_type === 'function') functions[id] = node;
      else if (node.resource_type === 'unit_test') unitTests[id] = node;
      else nodes[id] = node;
    }
    return { nodes, functions, unitTests };
  }
}

const NO_HOOKS: HookOutcome = { results: [], failed: false };
