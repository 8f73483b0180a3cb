import type { Relation } from '../../adapters/base/relation.js';
import { asSql, type NodeCompiler } from '../../compiler/compile-node.js';
import { formatBatchStart } from '../../context/batch.js';
import type { NodeConnection } from '../../context/node-connection.js';
import { relationOf } from '../../context/relations.js';
import type { RuntimeSession } from '../../context/runtime-session.js';
import type { ModelNode } from '../../contracts/nodes.js';
import type { BatchResults, BatchWindow } from '../../contracts/results.js';
import { isDbtError } from '../../diagnostics/errors.js';
import type { RunnerEvents } from '../../events/runner-events.js';
import { readsName } from '../../jinja/calls.js';
import { compileTemplate } from '../../jinja/environment.js';
import { hostFunction, PyDateTime, parseIsoDateTime, pyStr, UTC } from '../../jinja/values.js';
import { modelRunner } from '../model-runner.js';
import { describeFailure, type NodeFailure } from '../node-error.js';
import type { Outcome } from '../node-result.js';
import { batchNode, batchSize } from './batch-node.js';
import { type Batch, batchesOf } from './windows.js';

/** What a microbatch model needs of the run that it is part of. */
export interface BatchRun {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly node: ModelNode;
  /** The model's own; each batch has another. */
  readonly connection: NodeConnection;
  readonly thread: string;
  readonly events: Pick<RunnerEvents, 'batchStart' | 'batchFinish'>;
  /** Whether another worker could take a batch. */
  readonly canShare: () => boolean;
  /** Runs a batch on a worker of its own, once there is one. */
  readonly share: <T>(body: (thread: string) => Promise<T>) => Promise<T>;
  /** Whether no further batch is to start: it counts as one that was not built then. */
  readonly stopped: () => boolean;
  /** `retry`: what the earlier run made of the model, and when it began. */
  readonly previous?: PreviousBatches | undefined;
}

export interface PreviousBatches {
  /** Null when no batch succeeded: the model is run from its beginning then. */
  readonly results: BatchResults | null;
  readonly startedAt: Date;
}

export interface BatchedOutcome {
  readonly outcome: Outcome;
  readonly failure?: NodeFailure & { readonly error: unknown };
}

interface BatchDone {
  readonly batch: Batch;
  readonly ok: boolean;
  readonly failure?: NodeFailure & { readonly error: unknown };
}

/**
 * Runs a microbatch model: the first batch, then those between, at the same time where that is allowed, then the last.
 * When the first one fails the others are skipped. A batch never throws: what fails is counted.
 */
export async function runMicrobatch(run: BatchRun): Promise<BatchedOutcome> {
  const batches = await planBatches(run);
  const total = batches.length;
  const [first, ...others] = batches as [Batch, ...Batch[]];
  const last = others.pop();
  const done: BatchDone[] = [await runBatch(run, first, 0, total, await isIncremental(run), run.thread)];
  const skip = done[0]?.ok === false;
  const shared: Promise<BatchDone>[] = [];
  const concurrent = await isConcurrent(run);
  for (const [i, batch] of others.entries()) {
    if (run.stopped()) done.push({ batch, ok: false });
    else if (skip) done.push(skipBatch(run, batch, i + 1, total));
    else if (concurrent && run.canShare()) {
      shared.push(run.share((thread) => runBatch(run, batch, i + 1, total, true, thread)));
    } else done.push(await runBatch(run, batch, i + 1, total, true, run.thread));
  }
  done.push(...(await Promise.all(shared)));
  if (last && run.stopped()) done.push({ batch: last, ok: false });
  else if (last && skip) done.push(skipBatch(run, last, total - 1, total));
  else if (last) done.push(await runBatch(run, last, total - 1, total, true, run.thread));
  return summarize(run, done);
}

async function planBatches(run: BatchRun): Promise<Batch[]> {
  const { session, node, previous } = run;
  if (previous?.results) return previous.results.failed.map(([start, end]) => ({ start: time(start), end: time(end) }));
  const { flags, started_at: startedAt } = session.invocation.config;
  const { begin, lookback } = node.config;
  const now = BigInt((previous?.startedAt ?? startedAt).getTime()) * 1000n;
  const from = flags.sample?.start ?? flags.event_time_start;
  const to = flags.sample?.end ?? flags.event_time_end;
  return batchesOf({
    size: batchSize(node),
    begin: parseIsoDateTime(pyStr(begin)),
    lookback: Number(lookback ?? 1),
    incremental: await isIncremental(run),
    from: from === null ? null : time(from),
    to: to === null ? null : time(to),
    now: PyDateTime.fromInstant(now, UTC),
  });
}

/** A time of a flag or an artifact; without zone it is UTC. */
function time(text: string): PyDateTime {
  const { year, month, day, hour, minute, second, microsecond } = parseIsoDateTime(text);
  return new PyDateTime(year, month, day, hour, minute, second, microsecond, UTC);
}

/** Whether the model's table is there and is not to be built anew. */
async function isIncremental(run: BatchRun): Promise<boolean> {
  const relation = await existing(run);
  if (relation?.type !== 'table') return false;
  return !(run.node.config.full_refresh ?? run.session.invocation.config.flags.full_refresh ?? false);
}

async function existing({ session, node, connection }: BatchRun): Promise<Relation | undefined> {
  const { adapter } = session.invocation;
  const { database, schema, identifier } = relationOf(session.invocation, node);
  const known = await adapter.listRelations(session.adapterCall(connection, node), database, schema ?? '');
  return known.find((relation) => relation.matches({ database, schema, identifier }));
}

/**
 * dbt's rule: not before the table is there; then as `concurrent_batches` says; without it at the same time unless the
 * model reads its own table.
 */
async function isConcurrent(run: BatchRun): Promise<boolean> {
  if (!(await existing(run))) return false;
  const { raw_code: code, original_file_path: file, config, language } = run.node;
  if (language === 'typescript') return config.concurrent_batches ?? false;
  return config.concurrent_batches ?? !readsName(compileTemplate(code, { file }), 'this');
}

async function runBatch(
  run: BatchRun,
  batch: Batch,
  index: number,
  total: number,
  incremental: boolean,
  thread: string,
): Promise<BatchDone> {
  const { session, compiler, node, events } = run;
  const at = { node, index: index + 1, total, batch: formatBatchStart(batch.start, batchSize(node)), thread };
  events.batchStart?.(at);
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  const progress = { node: batchNode(node, batch, index, total) };
  const connection = session.connect(node.unique_id, progress.node);
  try {
    const compiled = await compiler.compile(progress.node, {
      connection,
      threadId: thread,
      build: { limit: null },
      onRendered: (rendered) => {
        progress.node = rendered as ModelNode;
      },
    });
    progress.node = compiled.node;
    const node = asSql(compiled.node);
    const context = session.nodeContext(node, connection, thread);
    if (incremental) {
      context.extra.set(
        'is_incremental',
        hostFunction('is_incremental', () => true),
      );
      context.extra.set(
        'should_full_refresh',
        hostFunction('should_full_refresh', () => false),
      );
    }
    const { message } = await modelRunner.execute({ session, compiler, connection, node, context });
    await connection.release();
    events.batchFinish?.({ ...at, status: 'success', message: message ?? 'OK', seconds: seconds() });
    return { batch, ok: true };
  } catch (error) {
    await connection.release().catch(() => undefined);
    const failure = { ...describeFailure(error, progress.node, compiler), error };
    events.batchFinish?.({
      ...at,
      status: 'error',
      message: failure.message,
      seconds: seconds(),
      diagnostic: failure.diagnostic,
    });
    return { batch, ok: false, failure };
  } finally {
    compiler.forget(progress.node);
  }
}

function skipBatch({ node, events, thread }: BatchRun, batch: Batch, index: number, total: number): BatchDone {
  const at = { node, index: index + 1, total, batch: formatBatchStart(batch.start, batchSize(node)), thread };
  events.batchFinish?.({ ...at, status: 'skipped', message: 'SKIPPED', seconds: 0 });
  return { batch, ok: false };
}

/** dbt's result of the model: which batches were built, and its word for that. */
function summarize({ previous }: BatchRun, done: readonly BatchDone[]): BatchedOutcome {
  const windows = (ok: boolean): BatchWindow[] =>
    done
      .filter((d) => d.ok === ok)
      .sort((a, b) => (a.batch.start.instant < b.batch.start.instant ? -1 : 1))
      .map(({ batch }) => [batch.start.isoformat(), batch.end.isoformat()]);
  const successful = windows(true);
  const failed = windows(false);
  const status = failed.length === 0 ? 'success' : successful.length === 0 ? 'error' : 'partial success';
  const count = `${successful.length}/${done.length}`;
  const message = status === 'partial success' ? `PARTIAL SUCCESS (${count})` : status.toUpperCase();
  const batchResults = { successful: [...successful, ...(previous?.results?.successful ?? [])], failed };
  const interrupt = done.find((d) => isDbtError(d.failure?.error) && d.failure.error.code === 'interrupted');
  const failure = interrupt?.failure ?? done.find((d) => d.failure)?.failure;
  return { outcome: { status, message, failures: 0, batchResults }, ...(failure ? { failure } : {}) };
}
