import type { UniqueId } from '../contracts/common.js';
import type { Documentation, Exposure, Group, SourceDefinition } from '../contracts/nodes.js';
import type { Metric, SavedQuery, SemanticModel } from '../contracts/semantic.js';
import type { UnitTest } from '../contracts/unit-test.js';
import type { NodeDraft, NodeEntry } from './nodes/draft.js';
import { errorAt, fileSpan } from './parse-error.js';
import { Recorder } from './partial/recorder.js';
import { UnitLists, UnitTable } from './partial/unit-table.js';

/** Makes an error at a path within the entry of a properties file. */
export type Refuse = (path: readonly (string | number)[], message: string, hint: string) => Error;

/** A unit test, and how to say where it is wrong. */
export interface UnitTestEntry {
  readonly test: UnitTest;
  readonly refuse: Refuse;
}

/** A resource of the semantic layer, and how to say where it is wrong. */
export interface Written<T> {
  readonly resource: T;
  readonly refuse: Refuse;
}

/** What is no node and has `enabled: false`. */
export type DisabledResource = SourceDefinition | Exposure | UnitTest | Metric | SavedQuery | SemanticModel;

/** What the parser has found so far. */
export class ManifestBuilder {
  readonly nodes: UnitTable<NodeEntry>;
  readonly disabled: UnitLists<NodeEntry>;
  readonly sources: UnitTable<SourceDefinition>;
  readonly disabledSources: UnitLists<DisabledResource>;
  readonly docs: UnitTable<Documentation>;
  readonly exposures: UnitTable<Exposure>;
  readonly groups: UnitTable<Group>;
  readonly unitTests: UnitTable<UnitTestEntry>;
  readonly metrics: UnitTable<Written<Metric>>;
  readonly semanticModels: UnitTable<Written<SemanticModel>>;
  readonly savedQueries: UnitTable<Written<SavedQuery>>;
  readonly #recorder: Recorder;

  constructor(recorder = new Recorder()) {
    this.#recorder = recorder;
    this.nodes = new UnitTable('nodes', recorder);
    this.disabled = new UnitLists('disabled', recorder);
    this.sources = new UnitTable('sources', recorder);
    this.disabledSources = new UnitLists('disabledSources', recorder);
    this.docs = new UnitTable('docs', recorder);
    this.exposures = new UnitTable('exposures', recorder);
    this.groups = new UnitTable('groups', recorder);
    this.unitTests = new UnitTable('unitTests', recorder);
    this.metrics = new UnitTable('metrics', recorder);
    this.semanticModels = new UnitTable('semanticModels', recorder);
    this.savedQueries = new UnitTable('savedQueries', recorder);
  }

  #index: Map<string, Map<string, UniqueId>> | undefined;
  #indexed = 0;

  /**
   * The id of a model, seed or snapshot by the name that `ref` would use, in one package or in any. A versioned model
   * is found as `name.v1`, its latest version also without.
   */
  find(name: string, packageName: string | null, version: string | number | null = null): NodeEntry | undefined {
    this.#recorder.name(name);
    const byPackage = this.#refable().get(version === null ? name : `${name}.v${version}`);
    const id = packageName === null ? byPackage?.values().next().value : byPackage?.get(packageName);
    return id === undefined ? undefined : this.nodes.get(id);
  }

  /** An analysis by its name. */
  findAnalysis(name: string): NodeEntry | undefined {
    this.#recorder.name(name);
    return [...this.nodes.values()].find(({ node }) => node.resource_type === 'analysis' && node.name === name);
  }

  /** Disabled nodes of a name, in one package or in any. */
  findDisabled(name: string, packageName: string | null, type: string | null = null): readonly NodeEntry[] {
    this.#recorder.name(name);
    const found: NodeEntry[] = [];
    for (const entries of this.disabled.values()) {
      for (const entry of entries) {
        const { node } = entry;
        if (searchName(node) !== name) continue;
        if (packageName !== null && node.package_name !== packageName) continue;
        if (type === null || node.resource_type === type) found.push(entry);
      }
    }
    return found;
  }

  /** A function by its name in the first of some packages that has it; null stands for any package. */
  findFunction(name: string, packages: readonly (string | null)[]): NodeEntry | undefined {
    const named = this.#functions().filter(({ node }) => node.name === name);
    for (const wanted of packages) {
      const found = named.find(({ node }) => wanted === null || node.package_name === wanted);
      if (found) return found;
    }
    return undefined;
  }

  /** Names that `function` could use. */
  functionNames(): readonly string[] {
    this.#recorder.readUnrepeatable();
    return this.#functions().map(({ node }) => node.name);
  }

  #functions(): NodeEntry[] {
    return [...this.nodes.values()].filter(({ node }) => node.resource_type === 'function');
  }

  /** A metric by its name in the first of some packages that has it; null stands for any package. */
  findMetric(name: string, packages: readonly (string | null)[]): Metric | 'disabled' | undefined {
    for (const wanted of packages) {
      for (const { resource } of this.metrics.values()) {
        if (resource.name === name && (wanted === null || resource.package_name === wanted)) return resource;
      }
    }
    const disabled = [...this.disabledSources.values()].flat();
    return disabled.some((one) => one.resource_type === 'metric' && one.name === name) ? 'disabled' : undefined;
  }

  /** Names that `ref` could use. */
  refNames(): Iterable<string> {
    this.#recorder.readUnrepeatable();
    return this.#refable().keys();
  }

  /** Says that names or versions of nodes have changed. */
  renamed(): void {
    this.#index = undefined;
  }

  #refable(): Map<string, Map<string, UniqueId>> {
    if (this.#index && this.#indexed === this.nodes.revision) return this.#index;
    const index = new Map<string, Map<string, UniqueId>>();
    const put = (name: string, { package_name, unique_id }: NodeDraft): void => {
      const byPackage = index.get(name);
      if (byPackage) byPackage.set(package_name, unique_id);
      else index.set(name, new Map([[package_name, unique_id]]));
    };
    for (const { node } of this.nodes.values()) {
      if (!isRefable(node)) continue;
      const versioned = node.version !== null && node.version !== undefined;
      if (versioned) put(`${node.name}.v${node.version}`, node);
      if (!versioned || node.version === node.latest_version) put(node.name, node);
    }
    this.#index = index;
    this.#indexed = this.nodes.revision;
    return index;
  }

  /** Adds a node, enabled or not. Two enabled ones of one id are an error. */
  add(entry: NodeEntry): void {
    if (entry.node.config['enabled'] === false) this.addDisabled(entry);
    else this.addEnabled(entry);
  }

  addEnabled(entry: NodeEntry): void {
    const { node } = entry;
    this.#recorder.name(node.name);
    const other = this.nodes.get(node.unique_id);
    if (other) throw duplicate(entry, other);
    this.nodes.set(node.unique_id, entry);
    if (isRefable(node)) this.#index = undefined;
  }

  /** Notes what is no node and is disabled. */
  disable(resource: DisabledResource): void {
    this.disabledSources.append(resource.unique_id, resource);
  }

  addDisabled(entry: NodeEntry): void {
    this.#recorder.name(entry.node.name);
    this.disabled.append(entry.node.unique_id, entry);
  }

  /**
   * Moves nodes between enabled and disabled now that the properties files have had their say: dbt's
   * `cleanup_disabled`.
   */
  settleEnabled(): void {
    this.#index = undefined;
    for (const [id, entry] of [...this.nodes]) {
      if (entry.node.config['enabled'] !== false) continue;
      this.nodes.delete(id);
      this.addDisabled(entry);
    }
    for (const [id, entries] of [...this.disabled]) {
      const enabled = entries.filter((entry) => entry.node.config['enabled'] !== false);
      if (enabled.length === 0) continue;
      const rest = entries.filter((entry) => entry.node.config['enabled'] === false);
      if (rest.length === 0) this.disabled.delete(id);
      else this.disabled.set(id, rest);
      for (const entry of enabled) this.addEnabled(entry);
    }
  }
}

function duplicate(entry: NodeEntry, other: NodeEntry): Error {
  const { node, file } = entry;
  const kind = node.resource_type;
  const calls: { readonly [kind: string]: string } = {
    model: `ref("${node.name}")`,
    seed: `ref("${node.name}")`,
    snapshot: `ref("${node.name}")`,
  };
  return errorAt(
    'resource-duplicate',
    `dbt found two ${plural(kind)} with the name "${node.name}".\n\nSince these resources have the same name, dbt will be unable to find the correct resource ` +
      `when looking for ${calls[kind] ?? node.name}.\n\n` +
      `To fix this, change the name of one of these resources:\n- ${node.unique_id} (${file.display})\n- ${other.node.unique_id} (${other.file.display})`,
    fileSpan(file),
    {
      uniqueId: node.unique_id,
      hint: 'Rename or remove one of the two.',
      notes: [{ message: 'The other one is here.', span: fileSpan(other.file) }],
    },
  );
}

function plural(kind: string): string {
  if (kind === 'test') return 'data_tests';
  return kind === 'analysis' ? 'analyses' : `${kind}s`;
}

/** Whether `ref` can name the node. */
function isRefable({ resource_type: type }: NodeDraft): boolean {
  return type === 'model' || type === 'seed' || type === 'snapshot';
}

/** The name by which a disabled node is found. */
export function searchName(node: Pick<NodeDraft, 'name' | 'version'>): string {
  return node.version === null || node.version === undefined ? node.name : `${node.name}.v${node.version}`;
}
