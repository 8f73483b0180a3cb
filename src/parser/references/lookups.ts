import type { RefArgs, UniqueId } from '../../contracts/common.js';
import type { SourceDefinition } from '../../contracts/nodes.js';
import { searchName } from '../manifest-builder.js';
import type { NodeEntry } from '../nodes/draft.js';
import type { ParserServices } from '../services.js';

type ByPackage<T> = Map<string, T>;

/** Finds nodes and sources as `ref` and `source` name them; built once, when all nodes are there. */
export class Lookups {
  readonly #services: ParserServices;
  readonly #sources = new Map<string, ByPackage<SourceDefinition>>();
  readonly #refs = new Map<string, ByPackage<NodeEntry>>();
  readonly #functions = new Map<string, ByPackage<NodeEntry>>();
  readonly #disabled = new Map<string, Set<string>>();

  constructor(services: ParserServices) {
    this.#services = services;
    const { builder } = services;
    for (const source of builder.sources.values())
      put(this.#sources, `${source.source_name}.${source.name}`, source.package_name, source);
    for (const entry of builder.nodes.values()) {
      const { node } = entry;
      if (node.resource_type === 'function') put(this.#functions, node.name, node.package_name, entry);
      if (node.resource_type !== 'model' && node.resource_type !== 'seed' && node.resource_type !== 'snapshot')
        continue;
      const versioned = node.version !== null && node.version !== undefined;
      if (versioned) put(this.#refs, searchName(node), node.package_name, entry);
      if (!versioned || node.version === node.latest_version) put(this.#refs, node.name, node.package_name, entry);
    }
    for (const entries of builder.disabled.values()) {
      for (const { node } of entries)
        if (node.resource_type !== 'test') this.#noteDisabled(searchName(node), node.package_name);
    }
    for (const nodes of builder.disabledSources.values()) {
      for (const node of nodes) {
        if (node.resource_type === 'source')
          this.#noteDisabled(`${(node as SourceDefinition).source_name}.${node.name}`, node.package_name);
      }
    }
  }

  /** What `ref` finds: a node, 'disabled', null for nothing, several ids when it is not clear. */
  ref(ref: RefArgs, nodePackage: string): NodeEntry | readonly UniqueId[] | 'disabled' | null {
    const name = ref.version === null || ref.version === '' ? ref.name : `${ref.name}.v${ref.version}`;
    const byPackage = this.#refs.get(name);
    let disabled = false;
    for (const candidate of this.#packages(nodePackage, ref.package)) {
      if (byPackage && candidate === null && byPackage.size > 1)
        return [...byPackage.values()].map((e) => e.node.unique_id);
      const found = candidate === null ? byPackage?.values().next().value : byPackage?.get(candidate);
      if (found) return found;
      disabled ||= this.#isDisabled(name, candidate);
    }
    return disabled ? 'disabled' : null;
  }

  /** What `source` finds, by `source.table`. */
  source(name: string, nodePackage: string): SourceDefinition | 'disabled' | null {
    const byPackage = this.#sources.get(name);
    let disabled = false;
    for (const candidate of this.#packages(nodePackage, null)) {
      const found = candidate === null ? byPackage?.values().next().value : byPackage?.get(candidate);
      if (found) return found;
      disabled ||= this.#isDisabled(name, candidate);
    }
    return disabled ? 'disabled' : null;
  }

  /** What `function` finds: the first of the packages that has one of the name, be it several. */
  function(name: string, packageName: string | null, nodePackage: string): NodeEntry | 'disabled' | null {
    const byPackage = this.#functions.get(name);
    let disabled = false;
    for (const candidate of this.#packages(nodePackage, packageName)) {
      const found = candidate === null ? byPackage?.values().next().value : byPackage?.get(candidate);
      if (found) return found;
      disabled ||= this.#isDisabled(name, candidate);
    }
    return disabled ? 'disabled' : null;
  }

  /** Names for "did you mean". */
  names(kind: 'function' | 'node' | 'source'): Iterable<string> {
    const names = { function: this.#functions, node: this.#refs, source: this.#sources };
    return names[kind].keys();
  }

  #packages(nodePackage: string, named: string | null): readonly (string | null)[] {
    if (named !== null) return [named];
    const { config } = this.#services;
    const root = config.project.project_name;
    if (nodePackage === root) return [root, null];
    const nodeFirst = config.flags.behavior['require_ref_searches_node_package_before_root'] === true;
    return nodeFirst ? [nodePackage, root, null] : [root, nodePackage, null];
  }

  #noteDisabled(name: string, packageName: string): void {
    const packages = this.#disabled.get(name);
    if (packages) packages.add(packageName);
    else this.#disabled.set(name, new Set([packageName]));
  }

  #isDisabled(name: string, packageName: string | null): boolean {
    const packages = this.#disabled.get(name);
    return packages !== undefined && (packageName === null || packages.has(packageName));
  }
}

function put<T>(map: Map<string, ByPackage<T>>, name: string, packageName: string, value: T): void {
  const byPackage = map.get(name);
  if (byPackage) byPackage.set(packageName, value);
  else map.set(name, new Map([[packageName, value]]));
}
