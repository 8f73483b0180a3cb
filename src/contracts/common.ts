/** dbt's kinds of node, the first part of a `unique_id`. */
export type ResourceType =
  | 'model'
  | 'analysis'
  | 'test'
  | 'snapshot'
  | 'operation'
  | 'seed'
  | 'rpc'
  | 'sql_operation'
  | 'doc'
  | 'source'
  | 'macro'
  | 'exposure'
  | 'metric'
  | 'group'
  | 'saved_query'
  | 'semantic_model'
  | 'unit_test'
  | 'fixture'
  | 'function';

/** `<type>.<package>.<name>` with dbt's suffixes (`.v2`, a test's hash). */
export type UniqueId = string;

/** Anything that JSON can hold, readonly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface JsonObject {
  readonly [key: string]: Json;
}

export interface FileHash {
  readonly name: 'sha256' | 'path' | 'none';
  readonly checksum: string;
}

export interface Docs {
  readonly show: boolean;
  readonly node_color: string | null;
}

export interface Quoting {
  readonly database?: boolean | null;
  readonly schema?: boolean | null;
  readonly identifier?: boolean | null;
  readonly column?: boolean | null;
}

export interface Constraint {
  readonly type: 'check' | 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'custom';
  readonly name: string | null;
  readonly expression: string | null;
  readonly warn_unenforced: boolean;
  readonly warn_unsupported: boolean;
  readonly to: string | null;
  readonly to_columns: readonly string[];
  /** Only at the level of the model. */
  readonly columns?: readonly string[];
}

export interface ColumnInfo {
  readonly name: string;
  readonly description: string;
  readonly meta: JsonObject;
  readonly data_type: string | null;
  readonly constraints: readonly Constraint[];
  readonly quote: boolean | null;
  readonly config: { readonly meta: JsonObject; readonly tags: readonly string[] };
  readonly tags: readonly string[];
  readonly granularity: string | null;
  readonly doc_blocks: readonly string[];
  /** Keys of the user's own are kept. */
  readonly [extra: string]: unknown;
}

export interface RefArgs {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
}

export interface Hook {
  readonly sql: string;
  readonly transaction: boolean;
  readonly index: number | null;
}

export interface Owner {
  readonly name?: string | null;
  readonly email?: string | readonly string[] | null;
  readonly [extra: string]: unknown;
}
