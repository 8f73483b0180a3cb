import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { FunctionNode, GraphResource, ManifestNode, SourceDefinition } from '../contracts/nodes.js';

/** What a lookup found: a node, one that is disabled, several (an error), or nothing. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly node: T }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'ambiguous'; readonly ids: readonly UniqueId[] }
  | { readonly kind: 'missing' };

type ByPackage = Map<string, UniqueId>;

/** What dbt lets `ref()` name. */
const REFABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/**
 * Finds nodes by the names that `ref`, `source` and `function` use, with dbt's order of packages: the one that is
 * named, else the root's, the node's own, any. Built once for a manifest.
 */
export class ManifestLookup {
  readonly #manifest: Manifest;
  readonly #root: string;
  readonly #nodePackageFirst: boolean;
  readonly #refs = new Map<string, ByPackage>();
  readonly #sources = new Map<string, ByPackage>();
  readonly #functions = new Map<string, ByPackage>();
  readonly #disabled = new Map<string, { readonly package: string; readonly type: string }[]>();

  constructor(manifest: Manifest, rootPackage: string, nodePackageFirst = false) {
    this.#manifest = manifest;
    this.#root = rootPackage;
    this.#nodePackageFirst = nodePackageFirst;
    for (const node of Object.values(manifest.nodes)) {
      if (!REFABLE.has(node.resource_type)) continue;
      const versioned = node.resource_type === 'model' && node.version !== null && node.version !== undefined;
      if (versioned) add(this.#refs, `${node.name}.v${node.version}`, node);
      if (!versioned || String(node.version) === String(node.latest_version)) add(this.#refs, node.name, node);
    }
    for (const source of Object.values(manifest.sources)) {
      add(this.#sources, `${source.source_name}.${source.name}`, source);
    }
    for (const fn of Object.values(manifest.functions)) add(this.#functions, fn.name, fn);
    for (const nodes of Object.values(manifest.disabled)) {
      for (const node of nodes) {
        const name = searchName(node);
        const list = this.#disabled.get(name);
        const entry = { package: node.package_name, type: node.resource_type };
        if (list) list.push(entry);
        else this.#disabled.set(name, [entry]);
      }
    }
  }

  /** dbt's `resolve_ref`. */
  ref(
    name: string,
    packageName: string | null,
    version: string | number | null,
    nodePackage: string,
  ): Lookup<ManifestNode> {
    const key = version === null || version === '' ? name : `${name}.v${version}`;
    return this.#find(this.#refs, key, packageName, nodePackage, (type) => REFABLE.has(type), this.#manifest.nodes);
  }

  /** dbt's `resolve_source`. */
  source(sourceName: string, tableName: string, nodePackage: string): Lookup<SourceDefinition> {
    const key = `${sourceName}.${tableName}`;
    return this.#find(this.#sources, key, null, nodePackage, () => true, this.#manifest.sources);
  }

  /** dbt's `resolve_function`. */
  function(name: string, packageName: string | null, nodePackage: string): Lookup<FunctionNode> {
    return this.#find(
      this.#functions,
      name,
      packageName,
      nodePackage,
      (type) => type === 'function',
      this.#manifest.functions,
    );
  }

  /** Names that `ref()` could have meant. */
  refNames(): Iterable<string> {
    return this.#refs.keys();
  }

  /** Names that `function()` could have meant. */
  functionNames(): Iterable<string> {
    return this.#functions.keys();
  }

  /** Names of the form `source.table`. */
  sourceNames(): Iterable<string> {
    return this.#sources.keys();
  }

  #find<T extends GraphResource>(
    storage: ReadonlyMap<string, ByPackage>,
    key: string,
    packageName: string | null,
    nodePackage: string,
    accepts: (resourceType: string) => boolean,
    nodes: { readonly [id: UniqueId]: T },
  ): Lookup<T> {
    const byPackage = storage.get(key);
    let disabled = false;
    for (const candidate of this.#packages(packageName, nodePackage)) {
      if (byPackage) {
        const ids =
          candidate === null ? [...byPackage.values()] : [byPackage.get(candidate)].filter((id) => id !== undefined);
        if (ids.length > 1) return { kind: 'ambiguous', ids };
        const node = ids[0] === undefined ? undefined : nodes[ids[0]];
        if (node) return { kind: 'found', node };
      }
      disabled ||= (this.#disabled.get(key) ?? []).some(
        (d) => (candidate === null || d.package === candidate) && accepts(d.type),
      );
    }
    return disabled ? { kind: 'disabled' } : { kind: 'missing' };
  }

  #packages(packageName: string | null, nodePackage: string): readonly (string | null)[] {
    if (packageName !== null) return [packageName];
    if (this.#root === nodePackage) return [this.#root, null];
    return this.#nodePackageFirst ? [nodePackage, this.#root, null] : [this.#root, nodePackage, null];
  }
}

function add(storage: Map<string, ByPackage>, name: string, node: GraphResource): void {
  const byPackage = storage.get(name) ?? new Map<string, UniqueId>();
  byPackage.set(node.package_name, node.unique_id);
  storage.set(name, byPackage);
}

function searchName(node: Manifest['disabled'][string][number]): string {
  if (node.resource_type === 'source') return `${(node as SourceDefinition).source_name}.${node.name}`;
  const version = node.resource_type === 'model' ? (node as { version?: unknown }).version : null;
  return version === null || version === undefined ? node.name : `${node.name}.v${version}`;
}
