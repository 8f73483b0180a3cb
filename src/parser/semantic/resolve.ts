import type { UniqueId } from '../../contracts/common.js';
import type { Metric, MetricInputMeasure, SemanticModel } from '../../contracts/semantic.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { Refuse, Written } from '../manifest-builder.js';
import type { ParserServices } from '../services.js';

/** Works out what each metric depends on and which measures it comes down to. */
export function resolveMetrics(services: ParserServices): void {
  const metrics = new MetricResolver(services);
  for (const id of services.builder.metrics.keys()) metrics.resolve(id, []);
}

class MetricResolver {
  readonly #services: ParserServices;
  readonly #measures = new Map<string, SemanticModel[]>();
  readonly #done = new Set<UniqueId>();

  constructor(services: ParserServices) {
    this.#services = services;
    for (const { resource } of services.builder.semanticModels.values()) {
      for (const { name } of resource.measures)
        this.#measures.set(name, [...(this.#measures.get(name) ?? []), resource]);
    }
  }

  /** Resolves a metric and those that it is made of. */
  resolve(id: UniqueId, within: readonly UniqueId[]): Metric {
    const { builder } = this.#services;
    const written = builder.metrics.get(id) as Written<Metric>;
    if (this.#done.has(id)) return written.resource;
    const { resource, refuse } = written;
    if (within.includes(id)) {
      const names = [...within.slice(within.indexOf(id)), id].map((one) => one.split('.').at(-1)).join(' -> ');
      throw refuse(['type_params'], `Found a cycle of metrics: ${names}`, 'A metric must not be made of itself.');
    }
    const found =
      resource.type === 'derived' || resource.type === 'ratio'
        ? this.#ofMetrics(resource, refuse, [...within, id])
        : this.#ofMeasures(resource, refuse);
    const metric: Metric = {
      ...resource,
      type_params: { ...resource.type_params, input_measures: found.measures },
      depends_on: { macros: [], nodes: found.nodes },
    };
    builder.metrics.set(id, { resource: metric, refuse });
    this.#done.add(id);
    return metric;
  }

  #ofMeasures(metric: Metric, refuse: Refuse): Found {
    const { measure, conversion_type_params: conversion } = metric.type_params;
    const measures =
      metric.type === 'conversion' ? [conversion?.base_measure, conversion?.conversion_measure] : [measure];
    const found: Found = { measures: [], nodes: [] };
    for (const input of measures) {
      if (!input) {
        const wanted = metric.type === 'conversion' ? 'conversion_type_params' : 'measure';
        throw refuse(
          ['type_params'],
          `${metric.name} should have a measure defined, but it does not.`,
          `Add '${wanted}' to its type_params.`,
        );
      }
      const model = this.#modelOf(input.name, metric);
      if (!model) {
        throw refuse(
          ['type_params'],
          `A semantic model having a measure \`${input.name}\` does not exist but was referenced.`,
          didYouMean(input.name, this.#measures.keys()) ?? 'Name a measure of a semantic model.',
        );
      }
      addMeasure(found.measures, input);
      addOnce(found.nodes, model.unique_id);
    }
    return found;
  }

  #ofMetrics(metric: Metric, refuse: Refuse, within: readonly UniqueId[]): Found {
    const { numerator, denominator, metrics } = metric.type_params;
    const inputs = metric.type === 'ratio' ? [numerator, denominator].filter((one) => one !== null) : metrics;
    if (metric.type === 'ratio' && inputs.length < 2) {
      const message = 'Invalid ratio metric. Both a numerator and denominator must be specified';
      throw refuse(['type_params'], message, "Add 'numerator' and 'denominator' to its type_params.");
    }
    const found: Found = { measures: [], nodes: [] };
    for (const input of inputs) {
      const target = this.#find(input.name, metric.package_name);
      if (target === undefined || target === 'disabled') {
        throw refuse(
          ['type_params'],
          target === 'disabled'
            ? `The metric \`${input.name}\` is disabled and thus cannot be referenced.`
            : `The metric \`${input.name}\` does not exist but was referenced by metric \`${metric.name}\`.`,
          target === 'disabled' ? `Enable '${input.name}'.` : 'Define it, or correct the name.',
        );
      }
      const resolved = this.resolve(target.unique_id, within);
      for (const measure of resolved.type_params.input_measures) addMeasure(found.measures, measure);
      addOnce(found.nodes, target.unique_id);
    }
    return found;
  }

  #find(name: string, own: string): Metric | 'disabled' | undefined {
    const { builder, config } = this.#services;
    return builder.findMetric(name, [config.project.project_name, own, null]);
  }

  #modelOf(measure: string, { package_name: own }: Metric): SemanticModel | undefined {
    const models = this.#measures.get(measure) ?? [];
    const root = this.#services.config.project.project_name;
    return (
      models.find((model) => model.package_name === root) ??
      models.find((model) => model.package_name === own) ??
      models[0]
    );
  }
}

interface Found {
  readonly measures: MetricInputMeasure[];
  readonly nodes: UniqueId[];
}

function addMeasure(measures: MetricInputMeasure[], measure: MetricInputMeasure): void {
  const text = JSON.stringify(measure);
  if (!measures.some((other) => JSON.stringify(other) === text)) measures.push(measure);
}

function addOnce(ids: UniqueId[], id: UniqueId): void {
  if (!ids.includes(id)) ids.push(id);
}
