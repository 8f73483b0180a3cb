import type { JsonObject, UniqueId } from '../contracts/common.js';
import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';
import type { BatchResults, NodeStatus, RunResult, TimingInfo } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';

/** What is known of a result before it is written down. */
export interface Outcome {
  readonly status: NodeStatus;
  readonly message: string | null;
  readonly adapterResponse?: JsonObject;
  readonly failures?: number | null;
  readonly batchResults?: BatchResults;
  /** What a failed test has to show. */
  readonly evidence?: TestEvidence;
}

/** When parts of a node's run began and ended. */
export class Timings {
  readonly list: TimingInfo[] = [];

  /** Times `body`; the part counts also when it fails, as in dbt. */
  async time<T>(name: TimingInfo['name'], body: () => Promise<T>): Promise<T> {
    const started = timestamp();
    try {
      return await body();
    } finally {
      this.list.push({ name, started_at: started, completed_at: timestamp() });
    }
  }
}

const origin = Date.now() - performance.now();

/** Now, ISO 8601 in UTC with microseconds, as dbt writes it. */
export function timestamp(): string {
  const now = origin + performance.now();
  const micro = Math.floor((now - Math.floor(now)) * 1000);
  return `${new Date(now).toISOString().slice(0, -1)}${String(micro).padStart(3, '0')}Z`;
}

/** dbt's RunResult of a node in the form that it has when the node is done. */
export function runResult(
  node: ManifestNode,
  outcome: Outcome,
  details: { readonly threadId: string; readonly seconds: number; readonly timing: readonly TimingInfo[] },
): RunResult {
  // Of a unit test that did not come to a verdict dbt has the definition only.
  const verdict = outcome.status === 'pass' || outcome.status === 'fail';
  const uncompiled = node.resource_type === 'seed' || (node.resource_type === 'unit_test' && !verdict);
  const compilable = uncompiled ? null : (node as CompilableNode);
  return {
    status: outcome.status,
    timing: details.timing,
    thread_id: details.threadId,
    execution_time: details.seconds,
    adapter_response: outcome.adapterResponse ?? {},
    message: outcome.message,
    failures: outcome.failures ?? null,
    unique_id: node.unique_id,
    compiled: compilable ? compilable.compiled === true : null,
    compiled_code: compilable ? (compilable.compiled_code ?? null) : null,
    relation_name: compilable ? node.relation_name : null,
    batch_results: outcome.batchResults ?? null,
  };
}

/** The result of a node that did not run. */
export function skippedResult(node: ManifestNode, message: string | null, threadId: string): RunResult {
  return runResult(node, { status: 'skipped', message }, { threadId, seconds: 0, timing: [] });
}

/** The result of an exposure or a saved query: noted when what it depends on is done, skipped otherwise. */
export function passiveResult(
  uniqueId: UniqueId,
  done: string | null,
  reason: string | null,
  threadId: string,
): RunResult {
  const now = timestamp();
  const timing = (['compile', 'execute'] as const).map((name) => ({ name, started_at: now, completed_at: now }));
  return {
    status: done === null ? 'skipped' : 'no-op',
    timing: done === null ? [] : timing,
    thread_id: threadId,
    execution_time: 0,
    adapter_response: {},
    message: done ?? reason,
    failures: done === null ? null : 0,
    unique_id: uniqueId,
    compiled: null,
    compiled_code: null,
    relation_name: null,
    batch_results: null,
  };
}
