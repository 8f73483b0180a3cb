import type { Adapter } from '../adapters/base/adapter.js';
import type { LoadedMacro, MacroTable } from '../context/macro-table.js';
import { RuntimeSession } from '../context/runtime-session.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import type { RunnerEvents } from '../events/runner-events.js';
import { invocationOf } from './invocation-of.js';
import { Timings } from './node-result.js';

export interface OperationRequest {
  readonly config: RuntimeConfig;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  /** Opened when the macro asks for the database; closed by the caller. */
  readonly adapter: Adapter;
  readonly events: RunnerEvents;
  readonly signal: AbortSignal;
  readonly macro: LoadedMacro;
  /** Arguments by name, as Jinja values. */
  readonly args: { readonly [name: string]: unknown };
}

export interface OperationOutcome {
  readonly result: RunResult;
  /** What the macro threw. */
  readonly thrown?: { readonly error: unknown };
}

/** Runs a macro by itself, on a connection that is rolled back at the end: what it wants to keep it commits. */
export async function runOperation(request: OperationRequest): Promise<OperationOutcome> {
  const { adapter, manifest, macros, events, signal, macro, args } = request;
  const session = new RuntimeSession({
    invocation: invocationOf(request),
    manifest,
    macros,
    selected: [],
    report: events,
    prepare: () => adapter.open(),
  });
  const cancel = (): void => {
    session.stop(true);
    adapter.cancelAll();
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const connection = session.connect(`macro_${macro.macro.name}`, null);
  const timings = new Timings();
  await timings.time('compile', async () => {});
  const begun = performance.now();
  let thrown: { readonly error: unknown } | undefined;
  try {
    await timings.time('execute', () => session.macroContext(connection).call(macro, args));
  } catch (error) {
    thrown = { error };
  } finally {
    signal.removeEventListener('abort', cancel);
    await connection.release();
  }
  const result: RunResult = {
    status: thrown ? 'error' : 'success',
    timing: timings.list,
    thread_id: 'MainThread',
    execution_time: (performance.now() - begun) / 1000,
    adapter_response: {},
    message: null,
    failures: thrown ? 1 : 0,
    unique_id: macro.macro.unique_id,
    compiled: null,
    compiled_code: null,
    relation_name: null,
    batch_results: null,
  };
  return thrown ? { result, thrown } : { result };
}
