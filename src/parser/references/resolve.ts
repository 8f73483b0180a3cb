import { configWarning } from '../../config/warnings.js';
import type { RefArgs, UniqueId } from '../../contracts/common.js';
import type { Exposure, SourceDefinition } from '../../contracts/nodes.js';
import type { SavedQuery, SemanticModel } from '../../contracts/semantic.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { type DbtError, DbtErrors } from '../../diagnostics/errors.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import type { NodeDraft, NodeEntry, PropertiesPlace } from '../nodes/draft.js';
import { errorAt, escapePattern, fileSpan, textSpan } from '../parse-error.js';
import { placeOf, placeOfReference } from '../properties/place.js';
import type { ParserServices } from '../services.js';
import { Lookups } from './lookups.js';

/** What refers to other nodes: a node or an exposure. */
interface Referrer {
  readonly node:
    | Pick<NodeDraft, 'unique_id' | 'name' | 'package_name' | 'resource_type' | 'original_file_path' | 'group'>
    | Exposure
    | SemanticModel
    | SavedQuery;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly nodes: UniqueId[];
  readonly entry: NodeEntry | null;
}

/** Where exposures and other things without a file of their own are described, by id. */
export type Places = ReadonlyMap<UniqueId, PropertiesPlace>;

/**
 * Finds the node of each ref and source and notes it as a dependency. A test whose target is missing or disabled is
 * switched off with a warning; for anything else it is an error. All errors are found before they are thrown.
 */
export function resolveReferences(services: ParserServices, places: Places): void {
  const resolver = new Resolver(services, places);
  for (const entry of services.builder.nodes.values()) {
    const { node } = entry;
    if (node.resource_type === 'seed') continue;
    resolver.resolve({
      node,
      refs: node.refs ?? [],
      sources: node.sources ?? [],
      nodes: node.depends_on.nodes ?? [],
      entry,
    });
  }
  for (const exposure of services.builder.exposures.values()) {
    resolver.resolve({
      node: exposure,
      refs: exposure.refs,
      sources: exposure.sources,
      nodes: exposure.depends_on.nodes as UniqueId[],
      entry: null,
    });
  }
  for (const [id, { resource, refuse }] of services.builder.semanticModels) {
    const nodes: UniqueId[] = [];
    resolver.resolve({ node: resource, refs: resource.refs, sources: [], nodes, entry: null });
    const target = nodes[0] === undefined ? undefined : services.builder.nodes.get(nodes[0])?.node;
    const relation = target
      ? {
          alias: target.alias,
          schema_name: target.schema,
          database: target.database,
          relation_name: target.relation_name,
        }
      : null;
    const found = { ...resource, node_relation: relation, depends_on: { macros: [], nodes } };
    services.builder.semanticModels.set(id, { resource: found, refuse });
  }
  resolver.finish();
}

/** Finds the metrics that nodes, exposures and saved queries name, and the functions that nodes name. */
export function resolveMetricReferences(services: ParserServices, places: Places): void {
  const { builder } = services;
  const resolver = new Resolver(services, places);
  for (const entry of builder.nodes.values()) {
    const { node } = entry;
    const nodes = node.depends_on.nodes;
    if (!nodes) continue;
    if (node.metrics?.length) resolver.metrics({ node, refs: [], sources: [], nodes, entry }, node.metrics);
    if (node.functions?.length) resolver.functions({ node, refs: [], sources: [], nodes, entry }, node.functions);
  }
  for (const exposure of builder.exposures.values()) {
    const nodes = exposure.depends_on.nodes as UniqueId[];
    resolver.metrics({ node: exposure, refs: [], sources: [], nodes, entry: null }, exposure.metrics);
  }
  for (const [id, { resource, refuse }] of builder.savedQueries) {
    const nodes: UniqueId[] = [];
    const named = resource.query_params.metrics.map((name) => [name]);
    resolver.metrics({ node: resource, refs: [], sources: [], nodes, entry: null }, named);
    builder.savedQueries.set(id, { resource: { ...resource, depends_on: { macros: [], nodes } }, refuse });
  }
  resolver.finish();
}

class Resolver {
  readonly errors: DbtError[] = [];
  readonly #services: ParserServices;
  readonly #lookups: Lookups;
  readonly #places: Places;

  constructor(services: ParserServices, places: Places) {
    this.#services = services;
    this.#places = places;
    this.#lookups = new Lookups(services);
  }

  resolve(referrer: Referrer): void {
    // Sources first, as dbt does: the order of `depends_on.nodes`.
    for (const [source = '', table = ''] of referrer.sources) this.#source(referrer, source, table);
    for (const ref of referrer.refs) this.#ref(referrer, ref);
  }

  /** Finds metrics by `[name]` or `[package, name]`. */
  metrics(referrer: Referrer, named: readonly (readonly string[])[]): void {
    const { builder, config } = this.#services;
    for (const words of named) {
      const [name = '', from = null] = [...words].reverse();
      const packages = from === null ? [config.project.project_name, referrer.node.package_name, null] : [from];
      const found = builder.findMetric(name, packages);
      if (found !== undefined && found !== 'disabled') {
        add(referrer.nodes, found.unique_id);
        continue;
      }
      const target = { kind: 'metric', name, pattern: [name], packageName: from, version: null } as const;
      this.#missing(referrer, target, found === 'disabled');
    }
  }

  /** Finds functions by `[name]` or `[package, name]`. */
  functions(referrer: Referrer, named: readonly (readonly string[])[]): void {
    for (const words of named) {
      const [name = '', from = null] = [...words].reverse();
      const found = this.#lookups.function(name, from, referrer.node.package_name);
      if (found !== null && found !== 'disabled') {
        add(referrer.nodes, found.node.unique_id);
        continue;
      }
      const target = { kind: 'function', name, pattern: [name], packageName: from, version: null } as const;
      this.#missing(referrer, target, found === 'disabled');
    }
  }

  /** Throws what was found to be wrong. */
  finish(): void {
    const [first] = this.errors;
    if (first) throw this.errors.length === 1 ? first : new DbtErrors(this.errors);
  }

  #source(referrer: Referrer, source: string, table: string): void {
    const name = `${source}.${table}`;
    const found = this.#lookups.source(name, referrer.node.package_name);
    if (found === null || found === 'disabled') {
      this.#missing(
        referrer,
        { kind: 'source', name, pattern: [source, table], packageName: null, version: null },
        found === 'disabled',
      );
      return;
    }
    add(referrer.nodes, (found as SourceDefinition).unique_id);
  }

  #ref(referrer: Referrer, ref: RefArgs): void {
    const found = this.#lookups.ref(ref, referrer.node.package_name);
    if (found === null || found === 'disabled') {
      this.#missing(
        referrer,
        { kind: 'node', name: ref.name, pattern: [ref.name], packageName: ref.package, version: ref.version },
        found === 'disabled',
      );
      return;
    }
    if (Array.isArray(found)) {
      this.errors.push(
        errorAt(
          'ref-ambiguous',
          `When referencing '${ref.name}', dbt found nodes in multiple packages: ${found.map((id) => `'${id}'`).join(', ')}`,
          this.#span(referrer, [ref.name]),
          {
            uniqueId: referrer.node.unique_id,
            hint: `To fix this, use two-argument 'ref', with the package name first.`,
          },
        ),
      );
      return;
    }
    const target = found as NodeEntry;
    this.#checkAccess(referrer, target.node, ref);
    this.#warnRootDependency(referrer, target.node, ref);
    add(referrer.nodes, target.node.unique_id);
  }

  #checkAccess(referrer: Referrer, target: NodeDraft, ref: RefArgs): void {
    if (target.resource_type !== 'model' || target.access !== 'private') return;
    const group = 'group' in referrer.node ? referrer.node.group : null;
    if (group && group === target.group) return;
    this.errors.push(
      errorAt(
        'ref-access',
        `Node ${referrer.node.unique_id} attempted to reference node ${target.unique_id}, which is not allowed because the referenced node is private to the '${target.group ?? ''}' group.`,
        this.#span(referrer, [ref.name]),
        {
          uniqueId: referrer.node.unique_id,
          hint: `Put both into one group, or give '${target.name}' another access.`,
        },
      ),
    );
  }

  #warnRootDependency(referrer: Referrer, target: NodeDraft, ref: RefArgs): void {
    const { node } = referrer;
    const root = this.#services.config.project.project_name;
    if (node.package_name === root || target.package_name !== root || ref.package === root) return;
    this.#services.warn(
      configWarning(
        'PackageNodeDependsOnRootProjectNode',
        'package-depends-on-root',
        `The node '${node.name}' in package '${node.package_name}' depends on the root project node '${target.unique_id}'. This may lead to unexpected cycles downstream. Please set the 'require_ref_prefers_node_package_to_root' behavior change flag to True to avoid this.`,
        { span: this.#span(referrer, [ref.name]), uniqueId: node.unique_id },
      ),
    );
  }

  #missing(
    referrer: Referrer,
    target: {
      kind: 'function' | 'metric' | 'node' | 'source';
      name: string;
      pattern: readonly string[];
      packageName: string | null;
      version: string | number | null;
    },
    disabled: boolean,
  ): void {
    const { node, entry } = referrer;
    const type = node.resource_type.replace(/(?:^|_)[a-z]/g, (start) => start.toUpperCase());
    const version = target.version === null ? '' : `with version '${target.version}' `;
    const packages = node.resource_type === 'test' ? 'package' : 'package or project';
    const from = target.packageName === null ? '' : `in ${packages} '${target.packageName}' `;
    const why = disabled ? 'is disabled' : 'was not found';
    const message = `${type} '${node.unique_id}' (${node.original_file_path}) depends on a ${target.kind} named '${target.name}' ${version}${from}which ${why}`;
    const span = this.#span(referrer, target.pattern);
    const names = [...this.#names(target.kind)];
    const elsewhere = target.packageName !== null && names.includes(target.name);
    const hint = disabled
      ? `Enable '${target.name}', or remove the reference.`
      : elsewhere
        ? `There is one in another package than '${target.packageName}'.`
        : (didYouMean(target.name, names) ?? `Create it, or correct the name.`);
    const code = target.kind === 'source' ? 'source-missing' : 'ref-missing';
    if (node.resource_type !== 'test') {
      this.errors.push(errorAt(code, message, span, { uniqueId: node.unique_id, hint }));
      return;
    }
    if (entry) entry.node.config = { ...entry.node.config, enabled: false };
    // dbt says that the model of a test is disabled in its debug log only, and of a source it warns.
    if (disabled && target.kind !== 'source') return;
    this.#services.warn(
      configWarning(disabled ? 'InvalidDisabledTargetInTestNode' : 'NodeNotFoundOrDisabled', code, message, {
        span,
        hint,
        uniqueId: node.unique_id,
      }),
    );
  }

  #names(kind: 'function' | 'metric' | 'node' | 'source'): Iterable<string> {
    if (kind !== 'metric') return this.#lookups.names(kind);
    return [...this.#services.builder.metrics.values()].map(({ resource }) => resource.name);
  }

  /** Where the reference is written: in the node's file, or where its properties are. */
  #span({ entry, node }: Referrer, names: readonly string[]): SourceSpan {
    if (!entry) {
      const place = this.#places.get(node.unique_id);
      return place ? placeOfReference(place, names) : { file: node.original_file_path, line: 1, column: 1 };
    }
    const inFile = names.map((name) => `['"]${escapePattern(name)}['"]`).join('\\s*,\\s*');
    const span = textSpan(
      entry.file,
      new RegExp(`(?<=\\b(?:function|ref|source)\\(\\s*(?:['"][^'"]*['"]\\s*,\\s*)?)${inFile}`),
    );
    if (span.endLine !== undefined || !entry.properties)
      return span.endLine === undefined ? fileSpan(entry.file) : span;
    return placeOf(entry.properties);
  }
}

function add(ids: UniqueId[], id: UniqueId): void {
  if (!ids.includes(id)) ids.push(id);
}
