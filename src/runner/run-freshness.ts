import type { Adapter } from '../adapters/base/adapter.js';
import { NodeCompiler } from '../compiler/compile-node.js';
import type { MacroTable } from '../context/macro-table.js';
import { RuntimeSession } from '../context/runtime-session.js';
import type { UniqueId } from '../contracts/common.js';
import type { FreshnessResult } from '../contracts/freshness.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode, OperationNode, SourceDefinition } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { type Diagnostic, isDbtError } from '../diagnostics/errors.js';
import type { HookKind, RunnerEvents } from '../events/runner-events.js';
import type { Graph } from '../graph/graph.js';
import { GraphQueue } from '../graph/queue.js';
import { failureText } from './failure-text.js';
import { invocationOf } from './invocation-of.js';
import { freshnessStatus, measureFreshness } from './measure-freshness.js';
import { Timings } from './node-result.js';
import { resultView } from './result-view.js';
import { runHooks } from './run-hooks.js';
import { ThreadSlots, threadName } from './thread-slots.js';

/** What the runner tells about sources, besides what it tells of every run. */
export interface FreshnessEvents extends RunnerEvents {
  sourceStart(info: SourceAt): void;
  sourceFinish(info: SourceAt & { readonly result: FreshnessResult; readonly diagnostic?: Diagnostic }): void;
}

export interface SourceAt {
  readonly source: SourceDefinition;
  readonly index: number;
  readonly total: number;
  readonly thread: string;
}

export interface FreshnessRequest {
  readonly config: RuntimeConfig;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  readonly graph: Graph;
  /** Closed by the caller. */
  readonly adapter: Adapter;
  readonly sources: readonly SourceDefinition[];
  readonly hooks: boolean;
  readonly events: FreshnessEvents;
  readonly signal: AbortSignal;
}

export interface FreshnessOutcome {
  readonly results: readonly FreshnessResult[];
  readonly hooks: readonly RunResult[];
  /** Hooks as they ran. */
  readonly nodes: ReadonlyMap<UniqueId, ManifestNode>;
  /** Seconds. */
  readonly elapsed: number;
  readonly interrupted: boolean;
}

/** Asks the sources how fresh they are, `threads` at a time, between the project's hooks. Failures are results. */
export async function runFreshness(request: FreshnessRequest): Promise<FreshnessOutcome> {
  const { config, manifest, macros, adapter, events, sources, signal } = request;
  const begun = performance.now();
  const session = new RuntimeSession({
    invocation: invocationOf(request),
    manifest,
    macros,
    selected: sources.map((s) => s.unique_id),
    report: events,
  });
  const compiler = new NodeCompiler(session);
  const nodes = new Map<UniqueId, ManifestNode>();
  const done: RunResult[] = [];
  const hooks = async (kind: HookKind, extra: ReadonlyMap<string, unknown>): Promise<void> => {
    if (!request.hooks) return;
    const connection = session.connect('master', null);
    const onNode = (node: OperationNode): void => void nodes.set(node.unique_id, node);
    try {
      const outcome = await runHooks({ session, compiler, connection, events, kind, extra, onNode });
      done.push(...outcome.results);
    } finally {
      await connection.release();
    }
  };
  const threads = Math.max(1, config.flags.threads ?? config.target.threads);
  events.concurrency({ threads, target: config.target.target_name });
  await adapter.open();
  await hooks('on-run-start', new Map());
  const results = await askSources(request, session, threads);
  if (!signal.aborted) {
    const byId = new Map(sources.map((source) => [source.unique_id, source]));
    const told = results.map((result) =>
      resultView(asRunResult(result), byId.get(result.unique_id) as SourceDefinition),
    );
    await hooks(
      'on-run-end',
      new Map([
        ['results', told as readonly unknown[]],
        ['schemas', []],
        ['database_schemas', []],
      ]),
    );
  }
  const elapsed = (performance.now() - begun) / 1000;
  return { results, hooks: done, nodes, elapsed, interrupted: signal.aborted };
}

/** What on-run-end hooks see of a source's result. */
function asRunResult({ measured, ...result }: FreshnessResult): RunResult {
  const adapter_response = measured?.adapter_response ?? {};
  const rest = { failures: null, compiled: null, compiled_code: null, relation_name: null, batch_results: null };
  return { ...result, ...rest, adapter_response, status: result.status };
}

async function askSources(
  { graph, adapter, sources, events, signal, config }: FreshnessRequest,
  session: RuntimeSession,
  threads: number,
): Promise<FreshnessResult[]> {
  const byId = new Map(sources.map((s) => [s.unique_id, s]));
  const queue = new GraphQueue(graph.subgraph(byId.keys()));
  const slots = new ThreadSlots();
  const results: FreshnessResult[] = [];
  let index = 0;
  let stopped = false;
  const cancel = (): void => {
    stopped = true;
    session.stop(true);
    adapter.cancelAll();
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const worker = async (): Promise<void> => {
    for (let id = queue.take(); id !== undefined && !stopped; id = queue.take()) {
      const source = byId.get(id) as SourceDefinition;
      const slot = slots.take();
      index += 1;
      const at = { source, index, total: sources.length, thread: threadName(slot) };
      events.sourceStart(at);
      const { result, diagnostic } = await askSource(session, source, at.thread);
      results.push(result);
      events.sourceFinish({ ...at, result, ...(diagnostic ? { diagnostic } : {}) });
      if (config.flags.fail_fast && (result.status === 'error' || result.status === 'runtime error')) stopped = true;
      slots.give(slot);
      queue.done(id);
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, worker));
  } finally {
    signal.removeEventListener('abort', cancel);
    session.stop(false);
  }
  return results;
}

async function askSource(
  session: RuntimeSession,
  source: SourceDefinition,
  thread: string,
): Promise<{ readonly result: FreshnessResult; readonly diagnostic?: Diagnostic }> {
  const begun = performance.now();
  const timings = new Timings();
  const connection = session.connect(source.unique_id, null);
  const base = { unique_id: source.unique_id, thread_id: thread };
  const spent = (): { execution_time: number; timing: Timings['list'] } => ({
    execution_time: (performance.now() - begun) / 1000,
    timing: timings.list,
  });
  await timings.time('compile', async () => {});
  try {
    const measured = await timings.time('execute', () => measureFreshness(session, connection, source));
    const status = freshnessStatus(source.freshness, measured.age);
    return { result: { ...base, status, measured, message: null, ...spent() } };
  } catch (error) {
    if (!isDbtError(error)) throw error;
    const message = failureText(error, source, session.invocation.config);
    const span = error.diagnostic.span ?? { file: source.original_file_path, line: 1, column: 1 };
    const diagnostic = { ...error.diagnostic, span, uniqueId: source.unique_id };
    return { result: { ...base, status: 'runtime error', measured: null, message, ...spent() }, diagnostic };
  } finally {
    await connection.release();
  }
}
