import type { JsonObject, Quoting, UniqueId } from './common.js';
import type { Documentation, Exposure, FunctionNode, Group, Macro, ManifestNode, SourceDefinition } from './nodes.js';
import type { Metric, SavedQuery, SemanticModel } from './semantic.js';
import type { UnitTest } from './unit-test.js';

export interface ManifestMetadata {
  readonly dbt_schema_version: string;
  readonly dbt_version: string;
  /** ISO 8601, UTC, with `Z`. */
  readonly generated_at: string;
  readonly invocation_id: string;
  readonly invocation_started_at: string;
  readonly env: { readonly [name: string]: string };
  readonly project_name: string;
  /** MD5 of the project's name, as dbt has it. */
  readonly project_id: string;
  readonly user_id: string | null;
  readonly send_anonymous_usage_stats: boolean;
  readonly adapter_type: string;
  readonly quoting: Quoting;
  readonly run_started_at: string;
}

type ById<T> = { readonly [uniqueId: UniqueId]: T };

/**
 * Everything that a project defines, resolved: the content of `manifest.json` (schema v12). Keys are `unique_id`s in
 * the order in which dbt adds them.
 */
export interface Manifest {
  readonly metadata: ManifestMetadata;
  readonly nodes: ById<ManifestNode>;
  readonly sources: ById<SourceDefinition>;
  readonly macros: ById<Macro>;
  readonly docs: ById<Documentation>;
  readonly exposures: ById<Exposure>;
  readonly metrics: ById<Metric>;
  readonly groups: ById<Group>;
  readonly selectors: { readonly [name: string]: JsonObject };
  /** Everything with `enabled: false`, every definition of each. */
  readonly disabled: ById<
    readonly (ManifestNode | SourceDefinition | Exposure | UnitTest | Metric | SavedQuery | SemanticModel)[]
  >;
  readonly parent_map: ById<readonly UniqueId[]>;
  readonly child_map: ById<readonly UniqueId[]>;
  readonly group_map: { readonly [group: string]: readonly UniqueId[] };
  readonly saved_queries: ById<SavedQuery>;
  readonly semantic_models: ById<SemanticModel>;
  readonly unit_tests: ById<UnitTest>;
  readonly functions: ById<FunctionNode>;
}
