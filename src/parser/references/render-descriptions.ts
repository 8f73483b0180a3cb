import type { Exposure, SourceDefinition } from '../../contracts/nodes.js';
import type { Metric, SavedQuery, SemanticModel } from '../../contracts/semantic.js';
import type { MacroReader } from '../macros/load.js';
import type { ColumnDraft, PropertiesPlace } from '../nodes/draft.js';
import { hasJinja } from '../nodes/render-node.js';
import type { PropertiesParser } from '../properties/parse.js';
import type { ParserServices } from '../services.js';
import { type Described, Descriptions } from './descriptions.js';

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Renders the descriptions of everything that has one. */
export function renderDescriptions(services: ParserServices, macros: MacroReader, properties: PropertiesParser): void {
  const { builder } = services;
  const descriptions = new Descriptions(services, (packageName) => properties.reader.names(packageName));
  const describe = (
    owner: { description: string; doc_blocks?: readonly string[] },
    of: Described,
    place: PropertiesPlace | null,
  ): void => {
    if (!hasJinja(owner.description)) return;
    const { text, blocks } = descriptions.render(owner.description, of, place);
    owner.description = text;
    if (owner.doc_blocks) owner.doc_blocks = blocks;
  };
  const columnsOf = (columns: { readonly [name: string]: unknown }): ColumnDraft[] =>
    Object.values(columns) as ColumnDraft[];
  for (const { node, properties: place } of builder.nodes.values()) {
    describe(node, node, place);
    for (const column of columnsOf(node.columns)) describe(column, node, place);
    if (node.returns?.description) {
      const returns = { ...node.returns, description: node.returns.description };
      describe(returns, node, place);
      node.returns = returns;
    }
  }
  for (const source of builder.sources.values() as Iterable<Writable<SourceDefinition>>) {
    const place = properties.sources.placeOf(source.unique_id);
    describe(source, source, place);
    const whole = { description: source.source_description };
    describe(whole, source, place);
    source.source_description = whole.description;
    for (const column of columnsOf(source.columns)) describe(column, source, place);
  }
  for (const { macro } of macros.macros) {
    if (macro.patch_path === null) continue;
    const place = properties.places.get(macro.unique_id) ?? null;
    describe(macro as { description: string }, macro, place);
    for (const argument of macro.arguments) describe(argument as Writable<typeof argument>, macro, place);
  }
  for (const exposure of builder.exposures.values() as Iterable<Writable<Exposure>>) {
    describe(exposure as { description: string }, exposure, properties.places.get(exposure.unique_id) ?? null);
  }
  for (const part of [builder.metrics, builder.semanticModels, builder.savedQueries]) {
    for (const { resource } of part.values()) {
      const place = properties.places.get(resource.unique_id) ?? null;
      for (const owner of describedOf(resource)) describe(owner, resource, place);
    }
  }
}

/** What has a description of a resource of the semantic layer: itself, and a semantic model's elements. */
function describedOf(resource: Metric | SavedQuery | SemanticModel): { description: string }[] {
  const elements =
    resource.resource_type === 'semantic_model'
      ? [...resource.dimensions, ...resource.measures, ...resource.entities]
      : [];
  return [resource, ...elements].filter((one) => one.description) as { description: string }[];
}
