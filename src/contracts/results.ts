import type { JsonObject, UniqueId } from './common.js';

/** dbt's statuses of one node in `run_results.json`. */
export type NodeStatus =
  | 'success'
  | 'error'
  | 'skipped'
  | 'fail'
  | 'warn'
  | 'pass'
  | 'runtime error'
  | 'partial success'
  | 'no-op';

export interface TimingInfo {
  readonly name: 'compile' | 'execute';
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly completed_at: string;
}

/** Start and end of a batch, ISO 8601. */
export type BatchWindow = readonly [start: string, end: string];

/** Which batches of a microbatch model were built, and which were not. */
export interface BatchResults {
  readonly successful: readonly BatchWindow[];
  readonly failed: readonly BatchWindow[];
}

/** The outcome of one node: an element of `run_results.json`'s `results` (schema v6). */
export interface RunResult {
  readonly status: NodeStatus;
  readonly timing: readonly TimingInfo[];
  readonly thread_id: string;
  /** Seconds. */
  readonly execution_time: number;
  readonly adapter_response: JsonObject;
  readonly message: string | null;
  /** Failing rows of a test; null for everything else. */
  readonly failures: number | null;
  readonly unique_id: UniqueId;
  readonly compiled: boolean | null;
  readonly compiled_code: string | null;
  readonly relation_name: string | null;
  /** Microbatch models. */
  readonly batch_results: BatchResults | null;
}

export interface ArtifactMetadata {
  readonly dbt_schema_version: string;
  readonly dbt_version: string;
  readonly generated_at: string;
  readonly invocation_id: string;
  readonly invocation_started_at: string;
  readonly env: { readonly [name: string]: string };
}

/** The content of `run_results.json`. */
export interface RunResults {
  readonly metadata: ArtifactMetadata;
  readonly results: readonly RunResult[];
  /** Seconds. */
  readonly elapsed_time: number;
  readonly args: JsonObject;
}
