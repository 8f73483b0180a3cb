import type { JsonObject, ResourceType, UniqueId } from '../../contracts/common.js';
import type { Manifest } from '../../contracts/manifest.js';
import type { Graph } from '../graph.js';
import { defaultOf, definitionNamed, parseDefinitions } from './definitions.js';
import { evaluate } from './evaluate.js';
import { collectResources, type PreviousState, type SelectionWarning } from './resources.js';
import { type IndirectSelection, parseSelection, type Spec } from './spec.js';

export interface SelectOptions {
  readonly manifest: Manifest;
  readonly graph: Graph;
  /** `--select`, each element as given; empty selects everything. */
  readonly select?: readonly string[];
  /** `--exclude`. */
  readonly exclude?: readonly string[];
  /** `--selector`: a name out of `selectors`; `select` and `exclude` are ignored then. */
  readonly selector?: string | null;
  /** The elements of `selectors:` in selectors.yml, rendered. */
  readonly selectors?: readonly JsonObject[] | null;
  /** `--indirect-selection`; eager by default. */
  readonly indirectSelection?: IndirectSelection;
  /** What the command deals with; anything else is dropped once everything is selected. All kinds by default. */
  readonly resourceTypes?: Iterable<ResourceType>;
  /** `ls` lists nodes without code, the commands that run something leave them out. False by default. */
  readonly includeEmptyNodes?: boolean;
  /** Artifacts of an earlier run, for `state:`, `result:` and `source_status:`. */
  readonly state?: PreviousState;
}

export interface Selection {
  readonly ids: ReadonlySet<UniqueId>;
  readonly warnings: readonly SelectionWarning[];
  /** The selector that was used because it is the default and nothing else was asked for. */
  readonly defaultSelector?: string;
}

/**
 * Selects nodes as dbt does: parse, match, follow graph operators, bring along tests, combine, and last drop what is
 * not of the command's kinds. `ids` is in the manifest's order.
 *
 * @throws DbtError `selector-invalid`, `selector-method-unknown`, `selector-unknown`, `selector-definition`,
 *   `state-missing`, `contract-breaking`
 */
export function selectNodes(options: SelectOptions): Selection {
  const { manifest, graph } = options;
  const { spec, defaultSelector, named } = specOf(options);
  const resources = collectResources(manifest, graph);
  const warnings: SelectionWarning[] = [];
  const warn = (name: SelectionWarning['name'], message: string): void => {
    // Several criteria may find the same.
    if (!warnings.some((told) => told.message === message)) warnings.push({ name, message });
  };
  const found = evaluate(spec, graph, { manifest, resources, state: options.state, warn }, named, (criterion) => {
    const message = `The selection criterion '${criterion}' does not match any enabled nodes`;
    warnings.push({ name: 'NoNodesForSelectionCriteria', criterion, message });
  });
  const types = options.resourceTypes && new Set(options.resourceTypes);
  const ids = new Set<UniqueId>();
  for (const resource of resources.all) {
    if (!found.has(resource.unique_id)) continue;
    if (types && !types.has(resource.resource_type)) continue;
    const { raw_code: code, resource_type: type } = resource;
    if (!options.includeEmptyNodes && type !== 'seed' && code !== undefined && code.trim() === '') continue;
    ids.add(resource.unique_id);
  }
  return { ids, warnings, ...(defaultSelector !== undefined && { defaultSelector }) };
}

function specOf(options: SelectOptions): {
  readonly spec: Spec;
  readonly named: ReadonlyMap<string, Spec>;
  readonly defaultSelector?: string;
} {
  const { select = [], exclude = [], selector, selectors, indirectSelection = 'eager' } = options;
  const definitions = parseDefinitions(selectors ?? [], indirectSelection);
  const named = definitions.specs;
  const defaultName = defaultOf(definitions);
  if (selector) return { spec: definitionNamed(definitions, selector), named };
  if (select.length === 0 && exclude.length === 0 && defaultName !== undefined) {
    return { spec: definitionNamed(definitions, defaultName), named, defaultSelector: defaultName };
  }
  return { spec: parseSelection(select, exclude, indirectSelection), named };
}
