import type { AdapterCall } from '../adapters/base/adapter.js';
import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';
import { baseMembers, providerMembers } from './base-context.js';
import type { Invocation } from './invocation.js';
import type { MacroTable } from './macro-table.js';
import { ManifestLookup } from './manifest-lookup.js';
import { NodeConnection } from './node-connection.js';
import { QueryComments } from './query-comments.js';
import { ResourceCopies } from './resource-copies.js';
import { RuntimeContext } from './runtime-context.js';
import { macroMembers, runtimeMembers } from './runtime-members.js';
import type { RuntimeServices } from './runtime-services.js';
import { layer, type Members } from './template-context.js';

/** Where the statements of a run are reported. */
export interface SqlReport {
  sql(info: { connection: string; sql: string; uniqueId: UniqueId | null }): void;
  sqlStatus(info: { connection: string; message: string; seconds: number; uniqueId: UniqueId | null }): void;
}

export interface RuntimeSessionOptions {
  readonly invocation: Invocation;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  /** Jinja's `selected_resources`. */
  readonly selected: readonly UniqueId[];
  readonly report: SqlReport;
  /** The session whose stop is this one's too. */
  readonly parent?: RuntimeSession;
  /** Awaited before the first connection is opened: what a command without a database of its own needs then. */
  readonly prepare?: (() => Promise<void>) | null;
}

/** What all nodes of a run share: the manifest with its lookups, the macros, the names that templates see. */
export class RuntimeSession implements RuntimeServices {
  readonly invocation: Invocation;
  readonly manifest: Manifest;
  readonly macros: MacroTable;
  readonly selected: readonly UniqueId[];
  readonly lookup: ManifestLookup;
  readonly members: Members<never>;
  readonly copies = new ResourceCopies();
  readonly macroMembers: Members<never>;
  readonly #options: RuntimeSessionOptions;
  readonly #report: SqlReport;
  readonly #comments: QueryComments;
  readonly #prepare: (() => Promise<void>) | null;
  #prepared: Promise<void> | undefined;
  #stopped = false;
  #stopping = new AbortController();
  #graph: { readonly [part: string]: unknown } | undefined;

  constructor(options: RuntimeSessionOptions) {
    const { invocation, manifest, macros, selected, report, prepare } = options;
    this.#options = options;
    this.#prepare = prepare ?? null;
    this.invocation = invocation;
    this.manifest = manifest;
    this.macros = macros;
    this.selected = selected;
    this.#report = report;
    const { config } = invocation;
    const nodeFirst = config.flags.behavior['require_ref_searches_node_package_before_root'] === true;
    this.lookup = new ManifestLookup(manifest, config.project.project_name, nodeFirst);
    const base = layer(baseMembers(invocation), providerMembers(invocation));
    const members = layer(base as unknown as Members<RuntimeContext>, runtimeMembers());
    this.members = members as unknown as Members<never>;
    this.macroMembers = macroMembers(members) as unknown as Members<never>;
    this.#comments = new QueryComments(config, base, macros.namespaceFor(config.project.project_name));
  }

  /** The same run with another manifest: that of one unit test. */
  withManifest(manifest: Manifest): RuntimeSession {
    return new RuntimeSession({ ...this.#options, manifest, parent: this });
  }

  /** Whether no statement may begin. */
  get stopped(): boolean {
    return this.#stopped || this.#options.parent?.stopped === true;
  }

  /** While it is stopped, no statement begins: what asks for one fails with `interrupted`. */
  stop(stopped: boolean): void {
    this.#stopped = stopped;
    if (stopped) this.#stopping.abort();
    else if (this.#stopping.signal.aborted) this.#stopping = new AbortController();
  }

  /** Aborted while it is stopped. */
  get signal(): AbortSignal {
    return this.#options.parent?.signal ?? this.#stopping.signal;
  }

  /** A connection for a node, or for another purpose when `node` is null. It opens nothing until it is used. */
  connect(name: string, node: ManifestNode | null): NodeConnection {
    const uniqueId = node?.unique_id ?? null;
    return new NodeConnection({
      adapter: this.invocation.adapter,
      name,
      prepare: () => {
        this.#prepared ??= this.#prepare?.() ?? Promise.resolve();
        return this.#prepared;
      },
      stopped: () => this.stopped,
      annotate: this.#comments.for(name, node),
      onSql: (sql) => this.#report.sql({ connection: name, sql, uniqueId }),
      onStatus: (message, seconds) => this.#report.sqlStatus({ connection: name, message, seconds, uniqueId }),
    });
  }

  /** What the adapter's methods get to work with. */
  adapterCall(connection: NodeConnection, node: ManifestNode | null): AdapterCall {
    const { invocation } = this;
    let context: RuntimeContext | undefined;
    return {
      adapter: invocation.adapter,
      connection,
      node,
      runMacro: (name, keyword) => {
        context ??= this.macroContext(connection);
        return context.runMacro(name, keyword);
      },
      warn: (message) => invocation.warn(message, node?.unique_id ?? null, 'AdapterEventWarning'),
    };
  }

  /** The context in which a node's own templates run. */
  nodeContext(node: ManifestNode, connection: NodeConnection, threadId = 'MainThread'): RuntimeContext {
    return new RuntimeContext({ session: this, node, packageName: node.package_name, connection, threadId });
  }

  /** The context of a macro that no node calls: `run-operation`, and what adapters run. */
  macroContext(connection: NodeConnection, packageName?: string, threadId = 'MainThread'): RuntimeContext {
    const name = packageName ?? this.invocation.config.project.project_name;
    return new RuntimeContext({ session: this, node: null, packageName: name, connection, threadId });
  }

  /** Jinja's `graph`. */
  get graph(): { readonly [part: string]: unknown } {
    this.#graph ??= this.copies.graph(this.manifest);
    return this.#graph;
  }
}
