import type { GraphResource, ManifestNode } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import type { TestEvidence } from '../contracts/test-evidence.js';
import type { Diagnostic } from '../diagnostics/errors.js';

/** The two kinds of project hooks. */
export type HookKind = 'on-run-start' | 'on-run-end';

export interface BatchInfo {
  readonly node: ManifestNode;
  readonly batch: string;
  readonly index: number;
  readonly total: number;
  readonly thread: string;
}

/**
 * What the runner tells about a run, as plain data. Indexes are 1-based; `total` counts the nodes (or hooks) of the
 * same run. The runner knows nothing of consoles and logs: whoever implements this turns it into events.
 */
export interface RunnerEvents {
  concurrency(info: { threads: number; target: string }): void;
  nodeStart(info: {
    uniqueId: string;
    resourceType: string;
    materialized: string;
    /** The relation as `schema.name`, or null when the node has none. */
    relation: string | null;
    index: number;
    total: number;
    thread: string;
  }): void;
  nodeFinish(info: {
    uniqueId: string;
    index: number;
    total: number;
    result: RunResult;
    diagnostic?: Diagnostic;
    /** What a failed test has to show. */
    evidence?: TestEvidence;
    node: ManifestNode;
  }): void;
  /** One batch of a microbatch model. `batch` is its start, as dbt writes it; the index is 1-based. */
  batchStart?(info: BatchInfo): void;
  batchFinish?(
    info: BatchInfo & {
      status: 'success' | 'error' | 'skipped';
      message: string;
      seconds: number;
      diagnostic?: Diagnostic;
    },
  ): void;
  nodeSkip(info: { uniqueId: string; index: number; total: number; node: ManifestNode; reason: string }): void;
  /** An exposure or a saved query, of which `build` takes note only: `no-op`, or `skipped`. */
  passive?(info: {
    uniqueId: string;
    index: number;
    total: number;
    thread: string;
    resource: GraphResource;
    result: RunResult;
  }): void;
  nodeCompiled?(info: { uniqueId: string; node: ManifestNode }): void;
  /** The hooks of a kind are about to be compiled and run. */
  hooksStart?(info: { kind: HookKind }): void;
  hookStart(info: { uniqueId: string; index: number; total: number; sql: string; kind: HookKind }): void;
  hookFinish(info: {
    uniqueId: string;
    index: number;
    total: number;
    kind: HookKind;
    result: RunResult;
    diagnostic?: Diagnostic;
  }): void;
  sql(info: { connection: string; sql: string; uniqueId: string | null }): void;
  sqlStatus(info: { connection: string; message: string; seconds: number; uniqueId: string | null }): void;
  /** A schema that is not there is about to be created. */
  schemaCreation?(info: { database: string | null; schema: string }): void;
  cancelled(info: { connections: readonly string[] }): void;
  message(info: {
    level: 'debug' | 'info' | 'warn' | 'error';
    text: string;
    uniqueId: string | null;
    /** dbt's event name, e.g. `JinjaLogWarning`; decides what `--warn-error-options` does with it. */
    name?: string;
  }): void;
}
