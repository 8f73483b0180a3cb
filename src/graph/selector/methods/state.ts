import type { UniqueId } from '../../../contracts/common.js';
import type { Manifest } from '../../../contracts/manifest.js';
import { didYouMean } from '../../../diagnostics/did-you-mean.js';
import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';
import type { Selectable, SelectorContext } from '../resources.js';
import { modifiedMacros } from '../state/macros.js';
import {
  type SameRelation,
  sameBody,
  sameConfig,
  sameContents,
  sameDescriptions,
  sameRelation,
  sameSource,
} from '../state/same-contents.js';
import { checkRemoved, sameContract } from '../state/same-contract.js';

/** What a check may ask besides the resource and what it was. */
interface Help {
  readonly touched: (node: Selectable) => boolean;
  readonly warn: SelectorContext['warn'];
  readonly sourceRelation: SameRelation;
}

type Check = (now: Selectable, before: Selectable | undefined, help: Help) => boolean;

const CHECKS: { readonly [value: string]: Check } = {
  new: (_now, before) => before === undefined,
  old: (_now, before) => before !== undefined,
  modified,
  unmodified: (now, before, help) => !modified(now, before, help),
  'modified.body': (now, before, { warn }) => isNode(now) && (!before || !sameBody(now, before, warn)),
  'modified.configs': (now, before) => now.resource_type !== 'unit_test' && (!before || !sameConfig(now, before)),
  'modified.persisted_descriptions': (now, before) => isNode(now) && (!before || !sameDescriptions(now, before)),
  'modified.relation': (now, before, { sourceRelation }) =>
    now.resource_type === 'source'
      ? !before || !sourceRelation(now, before)
      : isNode(now) && (!before || !sameRelation(now, before)),
  'modified.macros': (now, _before, { touched }) => touched(now),
  'modified.contract': (now, before, { warn }) => isNode(now) && (!before || !sameContract(now, before, warn)),
};

/** The checks that also tell of contracted models that are gone. */
const OF_CONTRACTS: readonly string[] = ['modified', 'unmodified', 'modified.contract'];

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

/** Resources that are no modification when they are new: dbt asks them whether they differ from what was not there. */
const NEW_IS_SAME: readonly string[] = ['source', 'exposure', 'metric', 'semantic_model', 'saved_query'];

/**
 * `state:new`, `old`, `modified`, `unmodified`, `modified.body` …: compared with the manifest of the state directory.
 *
 * @throws DbtError `state-missing`, `selector-invalid`, `contract-breaking`.
 */
export const state: SelectorMethod = ({ manifest, resources, state: previous, warn }, value) => {
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
  const help: Help = {
    touched: modifiedMacros(manifest, before),
    warn,
    sourceRelation: sameSource(previous.unrendered === true),
  };
  const ids = idsWhere(resources.all, (now) => check(now, find(before, now.unique_id), help));
  if (OF_CONTRACTS.includes(name)) checkRemoved(manifest, before, warn);
  return ids;
};

function modified(now: Selectable, before: Selectable | undefined, { touched, warn, sourceRelation }: Help): boolean {
  const same = before ? sameContents(now, before, warn, sourceRelation) : NEW_IS_SAME.includes(now.resource_type);
  return !same || touched(now);
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
