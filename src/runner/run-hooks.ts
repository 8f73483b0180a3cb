import type { NodeCompiler } from '../compiler/compile-node.js';
import type { NodeConnection } from '../context/node-connection.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { CompilableNode, OperationNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import { isDbtError } from '../diagnostics/errors.js';
import type { HookKind, RunnerEvents } from '../events/runner-events.js';
import { describeFailure } from './node-error.js';
import { runResult, skippedResult, Timings } from './node-result.js';

export interface HookRun {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly connection: NodeConnection;
  readonly events: RunnerEvents;
  readonly kind: HookKind;
  /** What templates of on-run-end see besides. */
  readonly extra: ReadonlyMap<string, unknown>;
  /** Called with each hook's node once it is compiled. */
  readonly onNode: (node: OperationNode) => void;
}

export interface HookOutcome {
  readonly results: readonly RunResult[];
  readonly failed: boolean;
}

/**
 * Runs the on-run-start or on-run-end hooks: the root's first, then the packages' in the order of their names. They run
 * outside of a transaction; after one that fails the rest is skipped.
 *
 * @throws DbtError when a hook does not compile, as in dbt.
 */
export async function runHooks(run: HookRun): Promise<HookOutcome> {
  const hooks = hooksOf(run.session, run.kind);
  const results: RunResult[] = [];
  let failed = false;
  if (hooks.length > 0) run.events.hooksStart?.({ kind: run.kind });
  for (const [i, parsed] of hooks.entries()) {
    // From here on the index is the place among all hooks of the kind, from 1; dbt's manifest has it afterwards.
    const hook: OperationNode = { ...parsed, index: i + 1 };
    run.onNode(hook);
    const at = { uniqueId: hook.unique_id, index: i + 1, total: hooks.length, kind: run.kind };
    const name = `${hook.package_name}.${run.kind}.${i}`;
    if (failed) {
      const result = { ...skippedResult(hook, `${name} skipped`, 'main'), failures: 1 };
      results.push(result);
      run.events.hookFinish({ ...at, result });
      continue;
    }
    const timings = new Timings();
    const begun = performance.now();
    const { connection } = run;
    const compiled = await timings.time('compile', () =>
      run.compiler.compile(hook, { connection, threadId: 'MainThread', extra: run.extra }),
    );
    const node = compiled.node as OperationNode & CompilableNode;
    run.onNode(node);
    const sql = hookSql(node.compiled_code ?? '');
    run.events.hookStart({ ...at, sql });
    const failure = await timings.time('execute', () => execute(run, node, sql));
    failed = failure !== undefined;
    const result: RunResult = runResult(
      node,
      failure
        ? { status: 'error', message: `${name} failed, error:\n ${failure.text}`, failures: 1 }
        : { status: 'success', message: `${name} passed`, failures: 0 },
      { threadId: 'main', seconds: (performance.now() - begun) / 1000, timing: timings.list },
    );
    results.push(result);
    run.events.hookFinish({ ...at, result, ...(failure ? { diagnostic: failure.diagnostic } : {}) });
  }
  return { results, failed };
}

async function execute(
  run: HookRun,
  node: OperationNode,
  sql: string,
): Promise<{ text: string; diagnostic: ReturnType<typeof describeFailure>['diagnostic'] } | undefined> {
  if (sql.trim() === '') return undefined;
  try {
    await run.connection.execute(sql);
    return undefined;
  } catch (error) {
    const text = isDbtError(error) || error instanceof Error ? error.message : String(error);
    return { text, diagnostic: describeFailure(error, node, run.compiler).diagnostic };
  }
}

/** The hooks of a kind in dbt's order. */
export function hooksOf(session: RuntimeSession, kind: HookKind): OperationNode[] {
  const root = session.invocation.config.project.project_name;
  const hooks: OperationNode[] = [];
  for (const node of Object.values(session.manifest.nodes)) {
    if (node.resource_type === 'operation' && node.tags.includes(kind)) hooks.push(node);
  }
  return hooks.sort((a, b) => {
    if (a.package_name === b.package_name) return (a.index ?? 0) - (b.index ?? 0);
    if (a.package_name === root) return -1;
    if (b.package_name === root) return 1;
    return a.package_name < b.package_name ? -1 : 1;
  });
}

/** A hook's text is SQL, or JSON made by `before_begin` and the like. */
function hookSql(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return text;
  try {
    const parsed: unknown = JSON.parse(trimmed);
    const { sql } = parsed as { sql?: unknown };
    return typeof sql === 'string' ? sql : text;
  } catch {
    return text;
  }
}
