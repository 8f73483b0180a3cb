import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { BatchContext } from '../contracts/nodes.js';
import { batchConfig } from './batch.js';

type Fields = { [name: string]: unknown };

interface Resource {
  readonly unique_id?: UniqueId;
  readonly config?: unknown;
  /** One batch of a microbatch model has a config of its own. */
  readonly batch?: BatchContext;
}

/**
 * The resources of a manifest as templates get them. A template may change a list or a dictionary that it got, and the manifest, whose
 * parts many nodes share, stays as it is. What it changes in a node's config lasts for the run and is seen through `graph`, `model` and
 * `config` alike, as in dbt; what it changes elsewhere is seen where it got it.
 */
export class ResourceCopies {
  readonly #configs = new Map<UniqueId, Fields>();

  /** The configuration of a resource, for Jinja's `config`. */
  config({ unique_id: id = '', config, batch }: Resource): Fields {
    const key = batch ? `${id} ${batch.id}` : id;
    let own = this.#configs.get(key);
    if (!own) {
      own = copy(config) as Fields;
      if (batch) Object.assign(own, batchConfig(batch));
      this.#configs.set(key, own);
    }
    return own;
  }

  /** The resource with its configuration. dbt copies the configs that it knows once more; a project's own it shares. */
  resource(resource: Resource): Fields {
    const out: Fields = {};
    for (const [name, value] of Object.entries(resource)) {
      out[name] = name === 'config' && isPlain(value) ? this.#withCopies(resource) : copy(value);
    }
    return out;
  }

  #withCopies(resource: Resource): Fields {
    const config: Fields = { ...this.config(resource) };
    for (const name of COPIED_CONFIGS) if (name in config) config[name] = copy(config[name]);
    return config;
  }

  /** Jinja's `graph`. */
  graph(manifest: Manifest): { readonly [part: string]: Fields } {
    const part = (resources: { readonly [id: string]: object }): Fields =>
      Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, this.resource(resource)]));
    return {
      exposures: part(manifest.exposures),
      functions: part(manifest.functions),
      groups: part(manifest.groups),
      metrics: part(manifest.metrics),
      nodes: part(manifest.nodes),
      sources: part(manifest.sources),
      semantic_models: part(manifest.semantic_models),
      saved_queries: part(manifest.saved_queries),
    };
  }
}

/** Configs that dbt knows whose value is a list or a dictionary. */
const COPIED_CONFIGS: readonly string[] = [
  'check_cols',
  'column_types',
  'contract',
  'docs',
  'freshness',
  'grants',
  'meta',
  'packages',
  'persist_docs',
  'post-hook',
  'pre-hook',
  'quoting',
  'snapshot_meta_column_names',
  'tags',
  'unique_key',
];

/** Lists and plain objects are new, all the way down. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  const out: Fields = {};
  for (const [name, item] of Object.entries(value)) out[name] = copy(item);
  return out;
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
