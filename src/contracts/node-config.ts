import type { Docs, Hook, JsonObject, Quoting } from './common.js';

/**
 * A node's configuration after dbt's precedence rules, in the spelling of the manifest (`pre-hook`, `post-hook`).
 * Keys that dbt does not know are kept as the user wrote them.
 */
export interface NodeConfig {
  readonly enabled: boolean;
  readonly alias: string | null;
  readonly schema: string | null;
  readonly database: string | null;
  readonly tags: readonly string[];
  readonly meta: JsonObject;
  readonly group: string | null;
  readonly materialized: string;
  readonly incremental_strategy?: string | null;
  readonly batch_size?: string | null;
  readonly lookback?: number | boolean;
  readonly begin?: string | null;
  readonly persist_docs?: { readonly relation?: boolean; readonly columns?: boolean };
  readonly 'post-hook'?: readonly Hook[];
  readonly 'pre-hook'?: readonly Hook[];
  readonly quoting?: Quoting;
  readonly column_types?: { readonly [column: string]: string };
  readonly full_refresh?: boolean | null;
  readonly unique_key?: string | readonly string[] | null;
  readonly on_schema_change?: string | null;
  readonly on_configuration_change?: string;
  readonly grants?: JsonObject;
  readonly packages?: readonly string[];
  readonly docs?: Docs;
  readonly contract?: { readonly enforced: boolean; readonly alias_types: boolean };
  readonly event_time?: string | null;
  readonly concurrent_batches?: boolean | null;
  readonly access?: string;
  /** Data tests. */
  readonly severity?: string;
  readonly store_failures?: boolean | null;
  readonly store_failures_as?: string | null;
  readonly where?: string | null;
  readonly limit?: number | null;
  readonly fail_calc?: string;
  readonly warn_if?: string;
  readonly error_if?: string;
  /** Seeds. */
  readonly delimiter?: string;
  readonly quote_columns?: boolean | null;
  readonly [key: string]: unknown;
}
