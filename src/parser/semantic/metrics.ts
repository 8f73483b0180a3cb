import { asRecord } from '../../config/yaml.js';
import type { JsonObject } from '../../contracts/common.js';
import type { Metric, MetricInput, MetricInputMeasure, MetricTypeParams } from '../../contracts/semantic.js';
import { pyStr, toPlain } from '../../jinja/values.js';
import { GRANULARITIES, object, texts } from '../properties/columns.js';
import type { PropertiesEntry, Record } from '../properties/file.js';
import { textOf } from '../properties/normalize.js';
import { checkShape, invalidEntry, type Keys, nullable, refuseAt, type Shape, type Step } from '../properties/shape.js';
import type { ParserServices } from '../services.js';
import { duplicate, FILTER, headOf, timeWindow, whereFilters } from './common.js';

const TYPES = ['simple', 'ratio', 'cumulative', 'derived', 'conversion'] as const;
const MEASURE: Shape = {
  either: [
    'string',
    {
      keys: {
        'name!': 'string',
        filter: nullable(FILTER),
        alias: nullable('string'),
        join_to_timespine: 'boolean',
        fill_nulls_with: nullable('integer'),
      },
    },
  ],
};
const INPUT: Shape = {
  either: [
    'string',
    {
      keys: {
        'name!': 'string',
        filter: nullable(FILTER),
        alias: nullable('string'),
        offset_window: nullable('string'),
        offset_to_grain: nullable('string'),
      },
    },
  ],
};

const METRIC: Keys = {
  'name!': 'string',
  'label!': 'string',
  'type!': TYPES,
  'type_params!': {
    keys: {
      measure: nullable(MEASURE),
      numerator: nullable(INPUT),
      denominator: nullable(INPUT),
      expr: { either: ['string', 'boolean', 'null'] },
      window: nullable('string'),
      grain_to_date: nullable(GRANULARITIES),
      metrics: nullable({ list: INPUT }),
      conversion_type_params: nullable({
        keys: {
          'base_measure!': MEASURE,
          'conversion_measure!': MEASURE,
          'entity!': 'string',
          calculation: ['conversions', 'conversion_rate'],
          window: nullable('string'),
          constant_properties: nullable({
            list: { keys: { 'base_property!': 'string', 'conversion_property!': 'string' } },
          }),
        },
      }),
      cumulative_type_params: nullable({
        keys: {
          window: nullable('string'),
          grain_to_date: nullable('string'),
          period_agg: ['first', 'last', 'average'],
        },
      }),
    },
  },
  description: 'string',
  filter: nullable(FILTER),
  time_granularity: nullable('string'),
  meta: 'object',
  tags: { list: 'string' },
  config: 'object',
};

/** Adds a metric of a properties file. */
export function parseMetric(services: ParserServices, entry: PropertiesEntry): void {
  checkShape(entry, METRIC);
  checkName(entry);
  addMetric(services, entry, entry.data);
}

/** Adds a metric: one that is written, or the one of a measure with `create_metric`. */
export function addMetric(services: ParserServices, entry: PropertiesEntry, data: Record): void {
  const head = headOf(services, entry, 'metric', pyStr(data['name']), object(data['config']));
  const meta = object(head.config['meta']) as JsonObject;
  const metric: Metric = {
    ...head,
    description: textOf(data, 'description') ?? '',
    label: pyStr(data['label']),
    type: pyStr(data['type']),
    type_params: typeParams(entry, pyStr(data['type']), asRecord(data['type_params']) ?? {}),
    filter: whereFilters(data['filter']),
    time_granularity: textOf(data, 'time_granularity'),
    meta: Object.keys(meta).length > 0 ? meta : (object(data['meta']) as JsonObject),
    tags: texts(data['tags']),
    sources: [],
    metrics: [],
  };
  const { builder } = services;
  if (metric.config['enabled'] === false) builder.disable(metric);
  else if (builder.metrics.has(metric.unique_id)) throw duplicate({ ...entry, name: metric.name }, 'metrics');
  else builder.metrics.set(metric.unique_id, { resource: metric, refuse: refuseAt(entry) });
}

function checkName(entry: PropertiesEntry): void {
  const { name } = entry;
  const errors: string[] = [];
  if (name.includes(' ')) errors.push('cannot contain spaces');
  if (name.length > 250) errors.push('cannot contain more than 250 characters');
  if (!/^[A-Za-z]/.test(name)) errors.push('must begin with a letter');
  if (!/^[\p{L}\p{N}_]+$/u.test(name)) errors.push('must contain only letters, numbers and underscores');
  if (errors.length === 0) return;
  const message = `The metric name '${name}' is invalid.  It ${errors.join(', ')}`;
  throw invalidEntry(entry, ['name'], `at path []: ${message}`, "Put the title into 'label'.");
}

function typeParams(entry: PropertiesEntry, type: string, params: Record): MetricTypeParams {
  const at = (...path: Step[]): readonly Step[] => ['type_params', ...path];
  const conversion = asRecord(params['conversion_type_params']);
  const input = (key: string): MetricInput | null =>
    isSet(params[key]) ? metricInput(entry, at(key), params[key]) : null;
  return {
    measure: isSet(params['measure']) ? inputMeasure(params['measure']) : null,
    input_measures: [],
    numerator: input('numerator'),
    denominator: input('denominator'),
    expr: isSet(params['expr']) ? pyStr(params['expr']) : null,
    window: timeWindow(entry, at('window'), params['window']),
    grain_to_date: textOf(params, 'grain_to_date'),
    metrics: Array.isArray(params['metrics'])
      ? params['metrics'].map((item, i) => metricInput(entry, at('metrics', i), item))
      : [],
    conversion_type_params: conversion
      ? {
          base_measure: inputMeasure(conversion['base_measure']),
          conversion_measure: inputMeasure(conversion['conversion_measure']),
          entity: pyStr(conversion['entity']),
          calculation: textOf(conversion, 'calculation') ?? 'conversion_rate',
          window: timeWindow(entry, at('conversion_type_params', 'window'), conversion['window']),
          constant_properties: (toPlain(conversion['constant_properties'] ?? null) as readonly JsonObject[]) ?? null,
        }
      : null,
    cumulative_type_params: type === 'cumulative' ? cumulative(entry, params) : null,
    metric_aggregation_params: null,
  };
}

/** `window` and `grain_to_date` may stand one level higher, their old place. */
function cumulative(entry: PropertiesEntry, params: Record): MetricTypeParams['cumulative_type_params'] {
  const nested = asRecord(params['cumulative_type_params']) ?? {};
  const path = ['type_params', 'cumulative_type_params', 'window'];
  return {
    window: timeWindow(entry, path, nested['window'] || params['window']),
    grain_to_date: textOf(nested, 'grain_to_date') || textOf(params, 'grain_to_date'),
    period_agg: textOf(nested, 'period_agg') ?? 'first',
    metric: null,
  };
}

function inputMeasure(written: unknown): MetricInputMeasure {
  const data = asRecord(written) ?? { name: written };
  return {
    name: pyStr(data['name']),
    filter: whereFilters(data['filter']),
    alias: textOf(data, 'alias'),
    join_to_timespine: data['join_to_timespine'] === true,
    fill_nulls_with: (toPlain(data['fill_nulls_with'] ?? null) as number | null) ?? null,
  };
}

function metricInput(entry: PropertiesEntry, path: readonly Step[], written: unknown): MetricInput {
  const data = asRecord(written) ?? { name: written };
  return {
    name: pyStr(data['name']),
    filter: whereFilters(data['filter']),
    alias: textOf(data, 'alias'),
    offset_window: timeWindow(entry, [...path, 'offset_window'], data['offset_window']),
    offset_to_grain: textOf(data, 'offset_to_grain'),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
