import type {
  ColumnInfo,
  Constraint,
  Docs,
  FileHash,
  JsonObject,
  Owner,
  Quoting,
  RefArgs,
  ResourceType,
  UniqueId,
} from './common.js';
import type { NodeConfig } from './node-config.js';

/** What every resource of the manifest has. */
export interface GraphResource {
  readonly name: string;
  readonly resource_type: ResourceType;
  readonly package_name: string;
  /** Relative to the resource path (`models/`, `seeds/` …). */
  readonly path: string;
  /** Relative to the package's root, with `/`. */
  readonly original_file_path: string;
  readonly unique_id: UniqueId;
}

/** Fields shared by everything that lives under `nodes`. */
export interface NodeBase extends GraphResource {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
  readonly fqn: readonly string[];
  readonly checksum: FileHash;
  readonly config: NodeConfig;
  readonly tags: readonly string[];
  readonly description: string;
  readonly columns: { readonly [name: string]: ColumnInfo };
  readonly meta: JsonObject;
  readonly group: string | null;
  readonly docs: Docs;
  readonly patch_path: string | null;
  readonly build_path: string | null;
  readonly unrendered_config: JsonObject;
  /** Seconds since the epoch. */
  readonly created_at: number;
  readonly relation_name: string | null;
  readonly raw_code: string;
  readonly doc_blocks: readonly string[];
  /** With `--defer`: the node's relation in the manifest that is deferred to. */
  readonly defer_relation?: DeferRelation;
}

/** A node's relation in another manifest, with what dbt notes beside it. */
export interface DeferRelation {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
  readonly relation_name: string | null;
  readonly resource_type: string;
  readonly name: string;
  readonly description: string;
  readonly compiled_code: string | null;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly config: NodeConfig;
}

export interface InjectedCte {
  /** The `unique_id` of the ephemeral model. */
  readonly id: UniqueId;
  readonly sql: string;
}

/** Fields of nodes that are compiled: all but seeds. */
export interface CompilableNode extends NodeBase {
  readonly language: string;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly metrics: readonly (readonly string[])[];
  readonly functions: readonly (readonly string[])[];
  readonly depends_on: { readonly macros: readonly UniqueId[]; readonly nodes: readonly UniqueId[] };
  readonly compiled_path: string | null;
  readonly contract: { readonly enforced: boolean; readonly alias_types: boolean; readonly checksum: string | null };
  /** These four are present once compiled. */
  readonly compiled?: boolean;
  readonly compiled_code?: string;
  readonly extra_ctes_injected?: boolean;
  readonly extra_ctes?: readonly InjectedCte[];
}

/** One batch of a microbatch model. Times are ISO 8601 with the zone. */
export interface BatchContext {
  readonly id: string;
  readonly event_time_start: string;
  readonly event_time_end: string;
}

export interface ModelNode extends CompilableNode {
  readonly resource_type: 'model';
  /** While one batch of a microbatch model runs. Not in the manifest. */
  readonly batch?: BatchContext;
  readonly access: string;
  readonly constraints: readonly Constraint[];
  readonly version: string | number | null;
  readonly latest_version: string | number | null;
  readonly deprecation_date: string | null;
  readonly primary_key: readonly string[];
  readonly time_spine: unknown;
  /** The name of its CTE without dbt's prefix, where that is not the alias: the rows that a unit test gives for a source. */
  readonly cte_name?: string;
}

export interface AnalysisNode extends CompilableNode {
  readonly resource_type: 'analysis';
}

export interface SnapshotNode extends CompilableNode {
  readonly resource_type: 'snapshot';
}

export interface OperationNode extends CompilableNode {
  readonly resource_type: 'operation';
  readonly index: number | null;
}

export interface TestMetadata {
  readonly name: string;
  readonly kwargs: JsonObject;
  readonly namespace: string | null;
}

/** A generic test has `test_metadata`, a singular one has not. */
export interface TestNode extends CompilableNode {
  readonly resource_type: 'test';
  readonly column_name?: string | null;
  readonly file_key_name?: string | null;
  readonly attached_node?: UniqueId | null;
  readonly test_metadata?: TestMetadata;
}

/** What a unit test puts in the place of what the model calls. */
export interface UnitTestOverrides {
  readonly macros: JsonObject;
  readonly vars: JsonObject;
  readonly env_vars: JsonObject;
}

/** A unit test as it runs: the model's code, over given rows. It is in no manifest; dbt makes it from the definition. */
export interface UnitTestNode extends CompilableNode {
  readonly resource_type: 'unit_test';
  /** The name of the tested model. */
  readonly model: string;
  readonly tested_node_unique_id: UniqueId;
  /** The input that stands for the model itself, when one is given. */
  readonly this_input_node_unique_id: UniqueId | null;
  readonly overrides: UnitTestOverrides | null;
}

export interface SeedNode extends NodeBase {
  readonly resource_type: 'seed';
  /** The directory of the package that the seed belongs to, absolute. */
  readonly root_path: string | null;
  readonly depends_on: { readonly macros: readonly UniqueId[] };
}

export interface FunctionArgument {
  readonly name: string;
  readonly data_type: string;
  readonly description: string | null;
  /** As written in YAML. */
  readonly default_value: unknown;
}

export interface FunctionReturns {
  /** dbt's `INVALID_TYPE` when no properties file describes the function. */
  readonly data_type: string;
  readonly description: string | null;
}

/** A user-defined function, under the manifest's `functions`. */
export interface FunctionNode extends CompilableNode {
  readonly resource_type: 'function';
  readonly returns: FunctionReturns;
  readonly arguments: readonly FunctionArgument[];
  /** With `--defer`: where the function is in the manifest that is deferred to. */
  readonly defer_function?: DeferFunction;
}

/** A function's place in another manifest, with what dbt notes beside it. */
export interface DeferFunction
  extends Pick<FunctionNode, 'database' | 'schema' | 'alias' | 'arguments' | 'returns' | 'resource_type' | 'name'>,
    Pick<FunctionNode, 'description' | 'meta' | 'tags' | 'config'> {
  readonly compiled_code: string | null;
}

/** Everything under the manifest's `nodes`, and its `functions`: what has a place in the database or a text to compile. */
export type ManifestNode =
  | ModelNode
  | AnalysisNode
  | SnapshotNode
  | OperationNode
  | TestNode
  | UnitTestNode
  | SeedNode
  | FunctionNode;

export interface FreshnessTime {
  readonly count: number | null;
  readonly period: string | null;
}

export interface FreshnessThreshold {
  readonly warn_after: FreshnessTime | null;
  readonly error_after: FreshnessTime | null;
  readonly filter: string | null;
}

export interface SourceDefinition extends GraphResource {
  readonly resource_type: 'source';
  readonly database: string | null;
  readonly schema: string;
  readonly fqn: readonly string[];
  readonly source_name: string;
  readonly source_description: string;
  readonly loader: string;
  readonly identifier: string;
  readonly quoting: Quoting;
  readonly loaded_at_field: string | null;
  readonly loaded_at_query: string | null;
  readonly freshness: FreshnessThreshold | null;
  readonly external: JsonObject | null;
  readonly description: string;
  readonly columns: { readonly [name: string]: ColumnInfo };
  readonly meta: JsonObject;
  readonly source_meta: JsonObject;
  readonly tags: readonly string[];
  readonly config: JsonObject & { readonly enabled: boolean };
  readonly patch_path: string | null;
  readonly unrendered_config: JsonObject;
  readonly relation_name: string | null;
  readonly created_at: number;
  readonly unrendered_database: string | null;
  readonly unrendered_schema: string | null;
  readonly doc_blocks: readonly string[];
}

export interface Exposure extends GraphResource {
  readonly resource_type: 'exposure';
  readonly fqn: readonly string[];
  readonly type: string;
  readonly owner: Owner;
  readonly description: string;
  readonly label: string | null;
  readonly maturity: string | null;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly config: JsonObject;
  readonly unrendered_config: JsonObject;
  readonly url: string | null;
  readonly depends_on: { readonly macros: readonly UniqueId[]; readonly nodes: readonly UniqueId[] };
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly metrics: readonly (readonly string[])[];
  readonly created_at: number;
}

export interface Group extends GraphResource {
  readonly resource_type: 'group';
  readonly owner: Owner;
  readonly description: string | null;
  readonly config: JsonObject;
}

export interface MacroArgument {
  readonly name: string;
  readonly type: string | null;
  readonly description: string;
}

export interface Macro extends GraphResource {
  readonly resource_type: 'macro';
  /** The text of the whole block, from its opening to its closing tag. */
  readonly macro_sql: string;
  readonly depends_on: { readonly macros: readonly UniqueId[] };
  readonly description: string;
  readonly meta: JsonObject;
  readonly docs: Docs;
  readonly config: { readonly meta: JsonObject; readonly docs: Docs };
  readonly patch_path: string | null;
  readonly arguments: readonly MacroArgument[];
  readonly created_at: number;
  readonly supported_languages: readonly string[] | null;
}

export interface Documentation {
  readonly name: string;
  readonly resource_type: 'doc';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: UniqueId;
  readonly block_contents: string;
}
