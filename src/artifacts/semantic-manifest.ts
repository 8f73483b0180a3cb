import { join } from 'node:path';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { Metric, NodeRelation, SavedQuery, SemanticElement, SemanticModel } from '../contracts/semantic.js';
import { writeFileAtomic } from './write-file.js';

/** Writes `semantic_manifest.json`, what MetricFlow reads: the semantic models, metrics and saved queries. */
export async function writeSemanticManifest(manifest: Manifest, targetDir: string): Promise<string> {
  const path = join(targetDir, 'semantic_manifest.json');
  await writeFileAtomic(path, JSON.stringify(semanticManifest(manifest)));
  return path;
}

/** The part of a manifest that MetricFlow reads, in the form that it reads. */
export function semanticManifest(manifest: Manifest): { readonly [key: string]: unknown } {
  return {
    semantic_models: Object.values(manifest.semantic_models).map(semanticModel),
    metrics: Object.values(manifest.metrics).map(metric),
    project_configuration: {
      time_spine_table_configurations: oldTimeSpine(manifest),
      metadata: null,
      dsi_package_version: { major_version: '0', minor_version: '9', patch_version: '0' },
      time_spines: Object.values(manifest.nodes).flatMap(timeSpine),
    },
    saved_queries: Object.values(manifest.saved_queries).map(savedQuery),
  };
}

function semanticModel(model: SemanticModel): unknown {
  const element = <T extends SemanticElement>(item: T): unknown => ({ metadata: null, ...item });
  return {
    name: model.name,
    defaults: model.defaults,
    description: model.description,
    node_relation: model.node_relation,
    primary_entity: model.primary_entity,
    entities: model.entities.map(element),
    measures: model.measures.map(element),
    dimensions: model.dimensions.map(element),
    label: model.label,
    metadata: null,
    config: { meta: model.config['meta'] },
  };
}

function metric({ type_params: params, ...of }: Metric): unknown {
  const { metric_aggregation_params: _aggregation, cumulative_type_params: cumulative, ...rest } = params;
  const { metric: _metric, ...window } = cumulative ?? {};
  return {
    name: of.name,
    description: of.description,
    type: of.type,
    type_params: { ...rest, cumulative_type_params: cumulative ? window : null },
    filter: of.filter,
    metadata: null,
    label: of.label,
    config: { meta: of.config['meta'] },
    time_granularity: of.time_granularity,
  };
}

function savedQuery(query: SavedQuery): unknown {
  return {
    name: query.name,
    query_params: query.query_params,
    description: query.description,
    metadata: null,
    label: query.label,
    exports: query.exports.map(({ name, config: { export_as, schema_name, alias } }) => ({
      name,
      config: { export_as, schema_name, alias },
    })),
    tags: query.tags,
  };
}

interface TimeSpine {
  readonly standard_granularity_column: string;
  readonly custom_granularities: readonly { readonly name: string; readonly column_name: string | null }[];
}

/** A model that says of itself that it is a time spine. */
function timeSpine(node: ManifestNode): readonly unknown[] {
  const spine = node.resource_type === 'model' ? (node.time_spine as TimeSpine | null) : null;
  if (!spine) return [];
  const column = node.columns[spine.standard_granularity_column];
  return [
    {
      node_relation: relation(node),
      primary_column: { name: spine.standard_granularity_column, time_granularity: column?.granularity ?? null },
      custom_granularities: spine.custom_granularities.map(({ name, column_name }) => ({ name, column_name })),
    },
  ];
}

function relation({ alias, schema, database, relation_name }: ManifestNode): NodeRelation {
  return { alias, schema_name: schema, database, relation_name };
}

/** The time spine of old: a model of this name without properties that say so. */
function oldTimeSpine({ nodes, semantic_models: models }: Manifest): readonly unknown[] {
  if (Object.keys(models).length === 0) return [];
  const node = Object.values(nodes).find(
    (one) => one.resource_type === 'model' && one.name === 'metricflow_time_spine',
  );
  if (node?.resource_type !== 'model' || node.time_spine) return [];
  return [{ location: node.relation_name, column_name: 'date_day', grain: 'day' }];
}
