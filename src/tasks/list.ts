import type { ResourceType } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { GraphResource } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { createGraph } from '../graph/create-graph.js';
import { writeManifests } from './artifacts.js';
import { loadProject } from './load-project.js';
import { pythonJson } from './python-json.js';
import { LIST_TYPES, resourceTypes } from './resource-types.js';
import { select } from './select.js';
import { foundLine } from './stats.js';
import type { TaskContext, TaskResult } from './task.js';

/** Keys of the JSON form when `--output-keys` is not given, in no order of their own: a node's order counts. */
const DEFAULT_KEYS: ReadonlySet<string> = new Set([
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
]);

/** `ls`: writes the manifest and prints the selected nodes, sorted by `unique_id`. Never opens the database. */
export async function listTask(context: TaskContext): Promise<TaskResult> {
  const { flags, bus } = context;
  const models = context.options['models'] as readonly string[] | undefined;
  const project = await loadProject(context);
  if (models && flags.select.length > 0) {
    throw new DbtError('cli-usage', '"models" and "select" are mutually exclusive arguments');
  }
  if (models && flags.resource_types.length > 0) {
    throw new DbtError('cli-usage', '"models" and "resource_type" are mutually exclusive arguments');
  }
  const { manifest } = project;
  await writeManifests(context, project, manifest);
  bus.emit('FoundStats', { stat_line: foundLine(manifest) });
  const types: ReadonlySet<ResourceType> = models
    ? new Set(['model'])
    : resourceTypes(flags, [...LIST_TYPES, 'analysis'], LIST_TYPES);
  const selection = select(context, project, createGraph(manifest), types, {
    includeEmptyNodes: true,
    ...(models ? { select: models } : {}),
  });
  const ids = [...selection].sort();
  if (ids.length === 0) bus.warn('NoNodesSelected', { msg: 'No nodes selected!' });
  const print = printer(flags.output ?? 'selector', flags.output_keys);
  for (const id of ids) {
    const resource = findResource(manifest, id);
    if (resource) bus.emit('PrintEvent', { msg: print(resource) });
  }
  return { success: true, manifest };
}

function findResource(manifest: Manifest, id: string): GraphResource | undefined {
  return (
    manifest.nodes[id] ??
    manifest.sources[id] ??
    manifest.exposures[id] ??
    manifest.metrics[id] ??
    manifest.semantic_models[id] ??
    manifest.unit_tests[id] ??
    manifest.saved_queries[id] ??
    manifest.functions[id]
  );
}

function printer(output: string, keys: readonly string[]): (resource: GraphResource) => string {
  switch (output) {
    case 'name':
      return searchName;
    case 'path':
      return (resource) => resource.original_file_path;
    case 'json':
      return (resource) => pythonJson(keys.length > 0 ? chosenKeys(resource, keys) : defaultKeys(resource));
    default:
      return selectorOf;
  }
}

/** What selects exactly this resource. */
function selectorOf(resource: GraphResource): string {
  const { resource_type: type, package_name: pkg } = resource;
  switch (type) {
    case 'source':
      return `source:${pkg}.${(resource as GraphResource & { source_name: string }).source_name}.${resource.name}`;
    case 'exposure':
    case 'metric':
    case 'saved_query':
    case 'semantic_model':
      return `${type}:${pkg}.${resource.name}`;
    case 'unit_test':
      return `unit_test:${pkg}.${searchName(resource)}`;
    default:
      return ((resource as GraphResource & { fqn?: readonly string[] }).fqn ?? [pkg, resource.name]).join('.');
  }
}

/** dbt's name for searching: sources are `source.table`, versioned models and unit tests end with their version. */
function searchName(resource: GraphResource): string {
  if (resource.resource_type === 'source') {
    return `${(resource as GraphResource & { source_name: string }).source_name}.${resource.name}`;
  }
  const { version } = resource as GraphResource & { version?: string | number | null };
  if (version === undefined || version === null) return resource.name;
  return resource.resource_type === 'unit_test' ? `${resource.name}_v${version}` : `${resource.name}.v${version}`;
}

function defaultKeys(resource: GraphResource): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => DEFAULT_KEYS.has(key)));
}

function chosenKeys(resource: GraphResource, keys: readonly string[]): { readonly [key: string]: unknown } {
  const chosen: { [key: string]: unknown } = {};
  for (const key of keys) {
    if (key.includes('.')) {
      const value = nested(resource, key.split('.'));
      if (value !== undefined && value !== null) chosen[key] = value;
    } else if (Object.hasOwn(resource, key)) {
      chosen[key] = (resource as unknown as { readonly [key: string]: unknown })[key];
    }
  }
  return chosen;
}

function nested(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as { readonly [key: string]: unknown })[key];
  }
  return current;
}
