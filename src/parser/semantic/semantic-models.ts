import { asRecord } from '../../config/yaml.js';
import type { JsonObject, RefArgs } from '../../contracts/common.js';
import type { Dimension, Entity, Measure, SemanticElement, SemanticModel } from '../../contracts/semantic.js';
import { pyStr } from '../../jinja/values.js';
import { GRANULARITIES, object } from '../properties/columns.js';
import type { PropertiesEntry, Record } from '../properties/file.js';
import { textOf } from '../properties/normalize.js';
import { checkShape, invalidEntry, type Keys, nullable, refuseAt } from '../properties/shape.js';
import { readReference } from '../references/expression.js';
import type { ParserServices } from '../services.js';
import { AGGREGATIONS, duplicate, headOf } from './common.js';
import { addMetric } from './metrics.js';

const ELEMENT: Keys = {
  'name!': 'string',
  description: nullable('string'),
  label: nullable('string'),
  config: 'object',
};

const SEMANTIC_MODEL: Keys = {
  'name!': 'string',
  'model!': 'string',
  config: 'object',
  description: nullable('string'),
  label: nullable('string'),
  defaults: nullable({ keys: { agg_time_dimension: nullable('string') } }),
  primary_entity: nullable('string'),
  entities: {
    list: {
      keys: {
        ...ELEMENT,
        'type!': ['foreign', 'natural', 'primary', 'unique'],
        role: nullable('string'),
        expr: nullable('string'),
      },
    },
  },
  dimensions: {
    list: {
      keys: {
        ...ELEMENT,
        'type!': ['categorical', 'time'],
        is_partition: 'boolean',
        expr: nullable('string'),
        type_params: nullable({
          keys: {
            'time_granularity!': GRANULARITIES,
            validity_params: nullable({ keys: { is_start: 'boolean', is_end: 'boolean' } }),
          },
        }),
      },
    },
  },
  measures: {
    list: {
      keys: {
        ...ELEMENT,
        'agg!': AGGREGATIONS,
        expr: { either: ['string', 'boolean', 'integer', 'null'] },
        agg_params: nullable({
          keys: {
            percentile: nullable('number'),
            use_discrete_percentile: 'boolean',
            use_approximate_percentile: 'boolean',
          },
        }),
        non_additive_dimension: nullable({
          keys: { 'name!': 'string', 'window_choice!': AGGREGATIONS, window_groupings: { list: 'string' } },
        }),
        agg_time_dimension: nullable('string'),
        create_metric: 'boolean',
      },
    },
  },
};

/** Adds a semantic model, and a metric for each measure with `create_metric`. */
export function parseSemanticModel(services: ParserServices, entry: PropertiesEntry): void {
  const { data } = entry;
  checkShape(entry, SEMANTIC_MODEL);
  const head = headOf(services, entry, 'semantic_model', entry.name, object(data['config']));
  const inherited = object(head.config['meta']) as JsonObject;
  const defaults = asRecord(data['defaults']);
  const model: SemanticModel = {
    ...head,
    model: pyStr(data['model']),
    node_relation: null,
    description: textOf(data, 'description'),
    label: textOf(data, 'label'),
    defaults: defaults ? { agg_time_dimension: textOf(defaults, 'agg_time_dimension') } : null,
    entities: records(data['entities']).map(
      (item): Entity => ({
        ...element(item, inherited),
        type: pyStr(item['type']),
        role: textOf(item, 'role'),
      }),
    ),
    measures: records(data['measures']).map((item) => measure(item, inherited)),
    dimensions: records(data['dimensions']).map((item) => dimension(item, inherited)),
    refs: [modelReference(entry)],
    primary_entity: textOf(data, 'primary_entity'),
  };
  const { builder } = services;
  if (model.config['enabled'] === false) builder.disable(model);
  else if (builder.semanticModels.has(model.unique_id)) throw duplicate(entry, 'semantic_models');
  else builder.semanticModels.set(model.unique_id, { resource: model, refuse: refuseAt(entry) });
  for (const item of records(data['measures'])) {
    if (item['create_metric'] === true) createMetric(services, entry, item, model, inherited);
  }
}

function modelReference(entry: PropertiesEntry): RefArgs {
  const target = readReference(pyStr(entry.data['model']));
  if (target && !Array.isArray(target)) return target as RefArgs;
  const message = `the model of a semantic model must be a ref, got ${pyStr(entry.data['model'])}`;
  throw invalidEntry(entry, ['model'], message, "Write model: ref('name').");
}

function element(item: Record, inherited: JsonObject): SemanticElement {
  return {
    name: pyStr(item['name']),
    description: textOf(item, 'description'),
    label: textOf(item, 'label'),
    expr: item['expr'] === undefined || item['expr'] === null ? null : pyStr(item['expr']),
    config: { meta: { ...inherited, ...(object(object(item['config'])['meta']) as JsonObject) } },
  };
}

function dimension(item: Record, inherited: JsonObject): Dimension {
  const params = asRecord(item['type_params']);
  const validity = asRecord(params?.['validity_params']);
  return {
    ...element(item, inherited),
    type: pyStr(item['type']),
    is_partition: item['is_partition'] === true,
    type_params: params
      ? {
          time_granularity: pyStr(params['time_granularity']),
          validity_params: validity
            ? { is_start: validity['is_start'] === true, is_end: validity['is_end'] === true }
            : null,
        }
      : null,
    metadata: null,
  };
}

function measure(item: Record, inherited: JsonObject): Measure {
  const params = object(item['agg_params']);
  const fixed = asRecord(item['non_additive_dimension']);
  return {
    ...element(item, inherited),
    agg: pyStr(item['agg']),
    // A metric has been made of it by now: dbt does not keep the wish.
    create_metric: false,
    agg_params: asRecord(item['agg_params'])
      ? {
          percentile: (params['percentile'] as number | undefined) ?? null,
          use_discrete_percentile: params['use_discrete_percentile'] === true,
          use_approximate_percentile: params['use_approximate_percentile'] === true,
        }
      : null,
    non_additive_dimension: fixed ? ({ window_groupings: [], ...object(fixed) } as JsonObject) : null,
    agg_time_dimension: textOf(item, 'agg_time_dimension'),
  };
}

function createMetric(
  services: ParserServices,
  entry: PropertiesEntry,
  item: Record,
  model: SemanticModel,
  meta: JsonObject,
): void {
  const name = pyStr(item['name']);
  addMetric(services, entry, {
    name,
    label: textOf(item, 'label') || name,
    type: 'simple',
    type_params: { measure: name, expr: item['expr'] || name },
    description: textOf(item, 'description') || `Metric created from measure ${name}`,
    config: { enabled: model.config['enabled'], meta },
  });
}

function records(value: unknown): readonly Record[] {
  return Array.isArray(value) ? value.map((item) => asRecord(item) ?? {}) : [];
}
