import type { JsonObject, RefArgs, UniqueId } from './common.js';
import type { GraphResource } from './nodes.js';

interface DependsOn {
  readonly macros: readonly UniqueId[];
  readonly nodes: readonly UniqueId[];
}

/** What the resources of the semantic layer have in common. */
interface SemanticResource extends GraphResource {
  readonly fqn: readonly string[];
  readonly depends_on: DependsOn;
  readonly config: JsonObject;
  readonly unrendered_config: JsonObject;
  readonly group: string | null;
  readonly metadata: null;
  readonly refs: readonly RefArgs[];
  /** Seconds since the epoch. */
  readonly created_at: number;
}

export interface WhereFilters {
  readonly where_filters: readonly { readonly where_sql_template: string }[];
}

/** An entity, a dimension or a measure of a semantic model. */
export interface SemanticElement {
  readonly name: string;
  readonly description: string | null;
  readonly label: string | null;
  readonly expr: string | null;
  readonly config: { readonly meta: JsonObject };
}

export interface Entity extends SemanticElement {
  readonly type: string;
  readonly role: string | null;
}

export interface Dimension extends SemanticElement {
  readonly type: string;
  readonly is_partition: boolean;
  readonly type_params: { readonly time_granularity: string; readonly validity_params: JsonObject | null } | null;
  readonly metadata: null;
}

export interface Measure extends SemanticElement {
  readonly agg: string;
  readonly create_metric: boolean;
  readonly agg_params: JsonObject | null;
  readonly non_additive_dimension: JsonObject | null;
  readonly agg_time_dimension: string | null;
}

/** The relation of a semantic model. */
export interface NodeRelation {
  readonly alias: string;
  readonly schema_name: string;
  readonly database: string | null;
  readonly relation_name: string | null;
}

export interface SemanticModel extends SemanticResource {
  readonly resource_type: 'semantic_model';
  /** As written: `ref('…')`. */
  readonly model: string;
  readonly node_relation: NodeRelation | null;
  readonly description: string | null;
  readonly label: string | null;
  readonly defaults: { readonly agg_time_dimension: string | null } | null;
  readonly entities: readonly Entity[];
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  readonly primary_entity: string | null;
}

export interface TimeWindow {
  readonly count: number;
  readonly granularity: string;
}

export interface MetricInputMeasure {
  readonly name: string;
  readonly filter: WhereFilters | null;
  readonly alias: string | null;
  readonly join_to_timespine: boolean;
  readonly fill_nulls_with: number | null;
}

export interface MetricInput {
  readonly name: string;
  readonly filter: WhereFilters | null;
  readonly alias: string | null;
  readonly offset_window: TimeWindow | null;
  readonly offset_to_grain: string | null;
}

export interface MetricTypeParams {
  readonly measure: MetricInputMeasure | null;
  /** All measures that the metric comes down to. */
  readonly input_measures: readonly MetricInputMeasure[];
  readonly numerator: MetricInput | null;
  readonly denominator: MetricInput | null;
  readonly expr: string | null;
  readonly window: TimeWindow | null;
  readonly grain_to_date: string | null;
  readonly metrics: readonly MetricInput[];
  readonly conversion_type_params: {
    readonly base_measure: MetricInputMeasure;
    readonly conversion_measure: MetricInputMeasure;
    readonly entity: string;
    readonly calculation: string;
    readonly window: TimeWindow | null;
    readonly constant_properties: readonly JsonObject[] | null;
  } | null;
  readonly cumulative_type_params: {
    readonly window: TimeWindow | null;
    readonly grain_to_date: string | null;
    readonly period_agg: string;
    readonly metric: null;
  } | null;
  readonly metric_aggregation_params: null;
}

export interface Metric extends SemanticResource {
  readonly resource_type: 'metric';
  readonly description: string;
  readonly label: string;
  readonly type: string;
  readonly type_params: MetricTypeParams;
  readonly filter: WhereFilters | null;
  readonly time_granularity: string | null;
  readonly meta: JsonObject;
  readonly tags: readonly string[];
  readonly sources: readonly (readonly string[])[];
  readonly metrics: readonly (readonly string[])[];
}

export interface Export {
  readonly name: string;
  readonly config: {
    readonly export_as: string;
    readonly schema_name: string | null;
    readonly alias: string | null;
    readonly database: string | null;
  };
  readonly unrendered_config: JsonObject;
}

export interface SavedQuery extends SemanticResource {
  readonly resource_type: 'saved_query';
  readonly query_params: {
    readonly metrics: readonly string[];
    readonly group_by: readonly string[];
    readonly where: WhereFilters | null;
    readonly order_by: readonly string[];
    readonly limit: number | null;
  };
  readonly exports: readonly Export[];
  readonly description: string | null;
  readonly label: string | null;
  readonly tags: readonly string[];
}
