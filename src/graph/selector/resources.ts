import type { JsonObject, UniqueId } from '../../contracts/common.js';
import type { Manifest } from '../../contracts/manifest.js';
import type { GraphResource } from '../../contracts/nodes.js';
import type { Graph } from '../graph.js';

/** What selector methods look at: any resource of the graph, with the fields that only some kinds have. */
export interface Selectable extends GraphResource {
  readonly fqn?: readonly string[];
  readonly tags?: readonly string[];
  readonly config?: { readonly [key: string]: unknown };
  readonly access?: string;
  readonly version?: string | number | null;
  readonly latest_version?: string | number | null;
  readonly source_name?: string;
  readonly patch_path?: string | null;
  readonly raw_code?: string;
  readonly test_metadata?: { readonly name: string };
  readonly depends_on?: { readonly macros?: readonly UniqueId[]; readonly nodes?: readonly UniqueId[] };
}

/** The selectable resources of a graph, by kind, each in the manifest's order. */
export interface Resources {
  /** Everything under `nodes`: models, tests, seeds, snapshots, analyses … */
  readonly nodes: readonly Selectable[];
  readonly sources: readonly Selectable[];
  readonly exposures: readonly Selectable[];
  readonly metrics: readonly Selectable[];
  readonly unitTests: readonly Selectable[];
  readonly semanticModels: readonly Selectable[];
  readonly savedQueries: readonly Selectable[];
  readonly functions: readonly Selectable[];
  readonly byId: ReadonlyMap<UniqueId, Selectable>;
  /** All kinds, in the order above. */
  readonly all: readonly Selectable[];
}

/** Artifacts of an earlier run, for the methods that compare with it. */
export interface PreviousState {
  readonly manifest?: Manifest;
  /** `results` of its run_results.json. */
  readonly results?: readonly { readonly unique_id: UniqueId; readonly status: string }[];
  /** `results` of its sources.json, and of the current one. */
  readonly sources?: readonly SourceFreshness[];
  readonly currentSources?: readonly SourceFreshness[];
  /** Compare what is written, where else what it comes to is compared (`state_modified_compare_more_unrendered_values`). */
  readonly unrendered?: boolean;
}

export interface SourceFreshness {
  readonly unique_id: UniqueId;
  /** ISO 8601; absent when the freshness query failed. */
  readonly max_loaded_at?: string;
}

/** What a selector method is given. */
export interface SelectorContext {
  readonly manifest: Manifest;
  readonly resources: Resources;
  readonly state: PreviousState | undefined;
  /** Tells a warning, by the name of dbt's event. */
  readonly warn: (name: SelectionWarning['name'], message: string) => void;
}

/** A warning of a selection. */
export interface SelectionWarning {
  /** The event's name in dbt. */
  readonly name:
    | 'NoNodesForSelectionCriteria'
    | 'UnversionedBreakingChange'
    | 'SeedIncreased'
    | 'SeedExceedsLimitSamePath'
    | 'SeedExceedsLimitAndPathChanged';
  readonly message: string;
  /** The criterion as written, of one that matches nothing. */
  readonly criterion?: string;
}

/** Collects what can be selected: what is in the graph and not disabled. */
export function collectResources(manifest: Manifest, graph: Graph): Resources {
  const byId = new Map<UniqueId, Selectable>();
  const pick = (part: { readonly [id: UniqueId]: GraphResource }): Selectable[] => {
    const out: Selectable[] = [];
    for (const resource of Object.values(part) as Selectable[]) {
      if (!graph.has(resource.unique_id)) continue;
      if (resource.resource_type !== 'exposure' && resource.config?.['enabled'] === false) continue;
      byId.set(resource.unique_id, resource);
      out.push(resource);
    }
    return out;
  };
  const nodes = pick(manifest.nodes);
  const sources = pick(manifest.sources);
  const exposures = pick(manifest.exposures);
  const metrics = pick(manifest.metrics);
  const unitTests = pick(manifest.unit_tests);
  const semanticModels = pick(manifest.semantic_models);
  const savedQueries = pick(manifest.saved_queries);
  const functions = pick(manifest.functions);
  const all = [
    ...nodes,
    ...sources,
    ...exposures,
    ...metrics,
    ...unitTests,
    ...semanticModels,
    ...savedQueries,
    ...functions,
  ];
  return { nodes, sources, exposures, metrics, unitTests, semanticModels, savedQueries, functions, byId, all };
}

/** A resource's tags; unit tests and saved queries have them in their config only. */
export function tagsOf(resource: Selectable): readonly string[] {
  if (resource.tags) return resource.tags;
  if (resource.resource_type !== 'unit_test') return [];
  const tags = (resource.config as JsonObject | undefined)?.['tags'];
  return typeof tags === 'string' ? [tags] : Array.isArray(tags) ? (tags as string[]) : [];
}
