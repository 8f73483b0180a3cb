import { configWarning } from '../../config/warnings.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import { applyConfig } from '../nodes/apply-config.js';
import type { NodeDraft, NodeEntry } from '../nodes/draft.js';
import { located } from '../nodes/render-node.js';
import type { ParserServices } from '../services.js';
import { columnInfos, type WrittenColumn } from './columns.js';
import type { PropertiesEntry } from './file.js';
import { patchFunction } from './function-patch.js';
import { patchModel } from './model-patch.js';
import type { NodePatch } from './node-patch.js';
import { configOf, descriptionOf } from './normalize.js';

const TYPES: { readonly [key: string]: string } = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  analyses: 'analysis',
  functions: 'function',
};

/** Gives a node what its entry in a properties file says. */
export function patchNode(services: ParserServices, entry: PropertiesEntry, columns: readonly WrittenColumn[]): void {
  const patch: NodePatch = {
    entry,
    config: configOf(entry),
    description: descriptionOf(entry),
    columns,
    path: [],
    data: entry.data,
  };
  const found = findNode(services, entry);
  if (found === 'wrong') return;
  if (found) {
    applyPatch(services, found, patch);
    return;
  }
  const packageName = entry.file.file.packageName;
  const disabled = services.builder.findDisabled(entry.name, packageName, TYPES[entry.key] ?? null);
  if (disabled.length === 0) {
    warnNoNode(services, entry, entry.name);
    return;
  }
  checkOneToEnable(disabled, patch);
  for (const node of disabled) applyPatch(services, node, patch, true);
}

function findNode(services: ParserServices, entry: PropertiesEntry): NodeEntry | 'wrong' | undefined {
  const { builder } = services;
  const packageName = entry.file.file.packageName;
  if (entry.key === 'analyses') {
    return builder.findAnalysis(entry.name);
  }
  if (entry.key === 'functions') return builder.findFunction(entry.name, [packageName, null]);
  const found = builder.find(entry.name, packageName) ?? builder.find(entry.name, null);
  if (!found || found.node.resource_type === TYPES[entry.key]) return found;
  const type = found.node.resource_type;
  services.warn(
    configWarning(
      'WrongResourceSchemaFile',
      'properties-wrong-kind',
      `'${entry.name}' is a ${type} node, but it is specified in the ${entry.key} section of ${entry.file.file.original}.`,
      {
        span: nameSpan(entry),
        hint: `To fix this error, place the \`${entry.name}\` specification under the ${type}s key instead.`,
      },
    ),
  );
  return 'wrong';
}

/** Applies a patch: configuration first, then the properties. */
export function applyPatch(services: ParserServices, found: NodeEntry, patch: NodePatch, disabled = false): void {
  const { node } = found;
  const { entry } = patch;
  if (node.patch_path !== null && !disabled) throw duplicatePatch(found, entry);
  found.properties = { file: entry.place.file, path: [...entry.place.path, ...patch.path] };
  located({ node, file: entry.place.file }, () => {
    if (Object.keys(patch.config).length > 0) applyConfig(services, found, patch.config);
    setProperties(services, found, patch);
  });
}

/** Copies what a patch says beside the configuration. */
export function setProperties(services: ParserServices, found: NodeEntry, patch: NodePatch): void {
  const { node } = found;
  node.patch_path = patch.entry.file.file.id;
  node.created_at = services.now();
  node.description = patch.description;
  node.columns = columnInfos(patch.entry, patch.columns);
  if (node.resource_type === 'model') patchModel(services, found, patch);
  else warnConstraints(services, node, patch.entry);
  if (node.resource_type === 'function') patchFunction(node, patch.entry);
}

/** dbt keeps no constraints of anything but a model, and says so. */
function warnConstraints(services: ParserServices, node: NodeDraft, { data, file, place }: PropertiesEntry): void {
  const { constraints } = data;
  if (!Array.isArray(constraints) || constraints.length === 0) return;
  const message = `Field constraints is not valid for ${node.resource_type} (${node.name})`;
  const span = file.document.span([...place.path, 'constraints'], 'key');
  const hint = 'Only models have constraints: remove it.';
  services.warn(
    configWarning('ValidationWarning', 'properties-unknown-key', message, { span, uniqueId: node.unique_id, hint }),
  );
}

/** An entry that enables several disabled nodes of one name can't know which one is meant. */
export function checkOneToEnable(disabled: readonly NodeEntry[], { entry, config }: NodePatch): void {
  if (disabled.length < 2 || config['enabled'] !== true) return;
  throw entry.file.error(
    [...entry.place.path, 'config', 'enabled'],
    `Found ${disabled.length} matching disabled nodes for ${disabled[0]?.node.resource_type} '${entry.name}'. Multiple nodes for ` +
      'the same unique id cannot be enabled in the schema file. They must be enabled in `dbt_project.yml` or in the sql files.',
    'Enable the one that is meant in its own file.',
  );
}

/** dbt's warning about an entry whose node does not exist. */
export function warnNoNode(services: ParserServices, entry: PropertiesEntry, name: string): void {
  const { builder } = services;
  const hint = didYouMean(name, entry.key === 'functions' ? builder.functionNames() : builder.refNames());
  services.warn(
    configWarning(
      'NoNodeForYamlKey',
      'properties-no-node',
      `Did not find matching node for patch with name '${name}' in the '${entry.key}' section of file '${entry.file.file.original}'`,
      { span: nameSpan(entry), ...(hint ? { hint } : {}) },
    ),
  );
}

/** The place of an entry's name. */
export function nameSpan(entry: PropertiesEntry): SourceSpan {
  return entry.file.document.span([...entry.place.path, 'name'], 'value');
}

function duplicatePatch(found: NodeEntry, entry: PropertiesEntry): Error {
  const other = found.node.patch_path?.split('://')[1] ?? '';
  const here = entry.file.file.original;
  return entry.file.error(
    [...entry.place.path, 'name'],
    `dbt found two schema.yml entries for the same resource named ${entry.name}. Resources and their associated columns may ` +
      `only be described a single time. To fix this, remove one of the resource entries for ${entry.name} in this file:\n - ${other === here ? here : `${here}\n - ${other}`}`,
    'Merge the two entries.',
  );
}
