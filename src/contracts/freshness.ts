import type { JsonObject, UniqueId } from './common.js';
import type { FreshnessThreshold } from './nodes.js';
import type { ArtifactMetadata, TimingInfo } from './results.js';

/** dbt's statuses of a source's freshness; `error` is too old, `runtime error` is a query that failed. */
export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

/** How fresh a source is: what its query said. */
export interface FreshnessResult {
  readonly unique_id: UniqueId;
  readonly status: FreshnessStatus;
  readonly timing: readonly TimingInfo[];
  readonly thread_id: string;
  /** Seconds. */
  readonly execution_time: number;
  /** Null after a runtime error. */
  readonly measured: FreshnessMeasure | null;
  /** dbt's text of a runtime error. */
  readonly message: string | null;
}

export interface FreshnessMeasure {
  /** ISO 8601 in UTC; the year 1 for a source without rows. */
  readonly max_loaded_at: string;
  readonly snapshotted_at: string;
  /** Seconds between the two. */
  readonly age: number;
  readonly adapter_response: JsonObject;
}

/** An element of `sources.json`'s `results` (schema v3). */
export interface SourceFreshness {
  readonly unique_id: UniqueId;
  readonly max_loaded_at: string;
  readonly snapshotted_at: string;
  readonly max_loaded_at_time_ago_in_s: number;
  readonly status: FreshnessStatus;
  readonly criteria: FreshnessThreshold | null;
  readonly adapter_response: JsonObject;
  readonly timing: readonly TimingInfo[];
  readonly thread_id: string;
  readonly execution_time: number;
}

/** The content of `sources.json`. */
export interface Sources {
  readonly metadata: ArtifactMetadata;
  readonly results: readonly SourceFreshness[];
  /** Seconds. */
  readonly elapsed_time: number;
}
