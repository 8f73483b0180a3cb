import { CUSTOM_ENV_PREFIX } from '../config/env-var.js';
import { md5 } from '../context/functions/plain-functions.js';
import type { UniqueId } from '../contracts/common.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import type { Manifest, ManifestMetadata } from '../contracts/manifest.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { normalizeDefinitions } from '../graph/selector/normalize.js';
import type { MacroReader } from './macros/load.js';
import type { ManifestBuilder, Written } from './manifest-builder.js';
import { finishedNode } from './nodes/draft.js';
import type { PropertiesParser } from './properties/parse.js';
import type { ParserServices } from './services.js';

/** Puts everything that was found together. */
export function finishManifest(
  { builder, config }: ParserServices,
  macros: MacroReader,
  _properties: PropertiesParser,
): Manifest {
  const { parents, children } = edges(builder);
  const finished = [...builder.nodes].map(([id, { node }]) => [id, finishedNode(node)] as const);
  return {
    metadata: metadata(config),
    nodes: record(finished.filter(([, { resource_type: type }]) => type !== 'function')),
    sources: record(builder.sources),
    macros: record(macros.macros.map(({ macro }) => [macro.unique_id, macro])),
    docs: record(builder.docs),
    exposures: record(builder.exposures),
    metrics: resources(builder.metrics),
    groups: record(builder.groups),
    selectors: normalizeDefinitions(config.selectors ?? []),
    disabled: {
      ...record([...builder.disabled].map(([id, entries]) => [id, entries.map(({ node }) => finishedNode(node))])),
      ...record(builder.disabledSources),
    },
    parent_map: parents,
    child_map: children,
    group_map: groupMap(builder),
    saved_queries: resources(builder.savedQueries),
    semantic_models: resources(builder.semanticModels),
    unit_tests: record([...builder.unitTests].map(([id, { test }]) => [id, test])),
    functions: record(
      finished.flatMap(([id, node]) => (node.resource_type === 'function' ? [[id, node] as const] : [])),
    ),
  };
}

function metadata(config: RuntimeConfig): ManifestMetadata {
  const { quoting, project_name: name } = config.project;
  const started = config.started_at.toISOString();
  const env: { [name: string]: string } = {};
  for (const [key, value] of Object.entries(config.env)) {
    if (key.startsWith(CUSTOM_ENV_PREFIX) && value !== undefined) env[key.slice(CUSTOM_ENV_PREFIX.length)] = value;
  }
  return {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    dbt_version: DBT_VERSION,
    generated_at: new Date().toISOString(),
    invocation_id: config.invocation_id,
    invocation_started_at: started,
    env,
    project_name: name,
    project_id: md5(name),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: config.target.type,
    quoting: {
      database: quoting.database ?? true,
      schema: quoting.schema ?? true,
      identifier: quoting.identifier ?? true,
      column: null,
    },
    run_started_at: started.replace('Z', '+00:00'),
  };
}

function record<T>(entries: Iterable<readonly [string, T]>): { readonly [id: string]: T } {
  return Object.fromEntries(entries);
}

function resources<T>(written: Iterable<readonly [string, Written<T>]>): { readonly [id: string]: T } {
  return record([...written].map(([id, { resource }]) => [id, resource]));
}

function edges(builder: ManifestBuilder): { parents: Edges; children: Edges } {
  const members: (readonly [UniqueId, readonly UniqueId[]])[] = [
    ...[...builder.nodes].map(([id, { node }]) => [id, node.depends_on.nodes ?? []] as const),
    ...[...builder.sources.keys()].map((id) => [id, []] as const),
    ...[...builder.exposures].map(([id, exposure]) => [id, exposure.depends_on.nodes] as const),
    ...[builder.metrics, builder.semanticModels, builder.savedQueries].flatMap((part) =>
      [...part].map(([id, { resource }]) => [id, resource.depends_on.nodes] as const),
    ),
    ...[...builder.unitTests].map(([id, { test }]) => [id, test.depends_on.nodes] as const),
  ];
  const parents: { [id: UniqueId]: UniqueId[] } = {};
  const children: { [id: UniqueId]: UniqueId[] } = {};
  for (const [id] of members) children[id] = [];
  for (const [id, of] of members) {
    parents[id] = [...of].sort();
    for (const parent of of) children[parent]?.push(id);
  }
  for (const list of Object.values(children)) list.sort();
  return { parents, children };
}

type Edges = { readonly [id: UniqueId]: readonly UniqueId[] };

function groupMap(builder: ManifestBuilder): { readonly [group: string]: readonly UniqueId[] } {
  const map: { [group: string]: UniqueId[] } = {};
  for (const group of builder.groups.values()) map[group.name] = [];
  for (const [id, { node }] of builder.nodes) {
    if (node.group && node.resource_type !== 'function') map[node.group]?.push(id);
  }
  for (const part of [builder.savedQueries, builder.semanticModels, builder.metrics]) {
    for (const [id, { resource }] of part) if (resource.group) map[resource.group]?.push(id);
  }
  return map;
}
