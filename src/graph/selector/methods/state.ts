import type { UniqueId } from '../../../contracts/common.js';
import type { Manifest } from '../../../contracts/manifest.js';
import { didYouMean } from '../../../diagnostics/did-you-mean.js';
import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';
import type { Selectable } from '../resources.js';
import { modifiedMacros } from '../state/macros.js';
import {
  sameBody,
  sameConfig,
  sameContents,
  sameContract,
  sameDescriptions,
  sameRelation,
} from '../state/same-contents.js';

type Check = (now: Selectable, before: Selectable | undefined, touched: (node: Selectable) => boolean) => boolean;

const CHECKS: { readonly [value: string]: Check } = {
  new: (_now, before) => before === undefined,
  old: (_now, before) => before !== undefined,
  modified,
  unmodified: (now, before, touched) => !modified(now, before, touched),
  'modified.body': (now, before) => isNode(now) && (!before || !sameBody(now, before)),
  'modified.configs': (now, before) => now.resource_type !== 'unit_test' && (!before || !sameConfig(now, before)),
  'modified.persisted_descriptions': (now, before) => isNode(now) && (!before || !sameDescriptions(now, before)),
  'modified.relation': (now, before) =>
    (isNode(now) || now.resource_type === 'source') && (!before || !sameRelation(now, before)),
  'modified.macros': (now, _before, touched) => touched(now),
  'modified.contract': (now, before) => isNode(now) && (!before || !sameContract(now, before)),
};

const NODE_TYPES: readonly string[] = [
  'model',
  'analysis',
  'test',
  'snapshot',
  'operation',
  'seed',
  'sql_operation',
  'function',
];

/** `state:new`, `old`, `modified`, `unmodified`, `modified.body` …: compared with the manifest of the state directory. */
export const state: SelectorMethod = ({ manifest, resources, state: previous }, value) => {
  const before = previous?.manifest;
  if (!before) {
    throw new DbtError('state-missing', 'Got a state selector method, but no comparison manifest', {
      hint: 'Give the directory of an earlier manifest.json with --state.',
    });
  }
  const name = textValue(value, 'state');
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  if (!check) {
    const near = didYouMean(name, Object.keys(CHECKS));
    throw new DbtError('selector-invalid', `Got an invalid selector "${name}"`, {
      hint: `${near ? `${near} ` : ''}Expected one of ${Object.keys(CHECKS).join(', ')}.`,
    });
  }
  const touched = modifiedMacros(manifest, before);
  return idsWhere(resources.all, (now) => check(now, find(before, now.unique_id), touched));
};

function modified(now: Selectable, before: Selectable | undefined, touched: (node: Selectable) => boolean): boolean {
  return !before || !sameContents(now, before) || touched(now);
}

function isNode(resource: Selectable): boolean {
  return NODE_TYPES.includes(resource.resource_type);
}

function find(manifest: Manifest, id: UniqueId): Selectable | undefined {
  const { nodes, sources, exposures, metrics, semantic_models, unit_tests, saved_queries, functions } = manifest;
  for (const part of [nodes, sources, exposures, metrics, semantic_models, unit_tests, saved_queries, functions]) {
    if (part && Object.hasOwn(part, id)) return part[id] as Selectable;
  }
  return undefined;
}
