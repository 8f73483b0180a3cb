import type { NodeConnection } from '../context/node-connection.js';
import { cteName, relationOf } from '../context/relations.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import { writeTarget } from '../context/runtime-members.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import { writePath } from '../context/write-path.js';
import type { UniqueId } from '../contracts/common.js';
import type { CompilableNode, InjectedCte, ManifestNode } from '../contracts/nodes.js';
import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { DbtError, InternalError } from '../diagnostics/errors.js';
import { injectCtes } from '../sql/inject-ctes.js';
import type { SourceMap } from '../sql/source-map.js';
import { withForeignKeys } from './foreign-keys.js';
import { placeInFile } from './in-file.js';
import { renderNode } from './render-node.js';
import { storesFailures } from './store-failures.js';
import { isTypeScript, needsQuery, TypeScriptModels } from './typescript/typescript-models.js';

/** A node with its SQL. `node` is a new object with the manifest's four fields of compilation filled. */
export interface CompiledNode<N extends ManifestNode = ManifestNode> {
  readonly node: N;
  /** From the places of `compiled_code` to those of the node's file; null for what is not rendered from it. */
  readonly map: SourceMap | null;
}

export interface CompilerOptions {
  /** Is called with each context in which a node's code is rendered, before that: unit tests change names. */
  readonly prepare?: (context: RuntimeContext, node: ManifestNode) => void;
  /** The model whose code a unit test has. */
  readonly tested?: ManifestNode;
  /** What runs TypeScript models, when it is another compiler's. */
  readonly typescript?: () => TypeScriptModels;
}

export interface CompileOptions {
  readonly session: RuntimeSession;
  readonly connection: NodeConnection;
  readonly threadId?: string;
  /** Names above all others: `results`, `schemas` and `database_schemas` of on-run-end hooks. */
  readonly extra?: ReadonlyMap<string, unknown>;
  /** Writes `target/compiled/…`; default true. */
  readonly write?: boolean;
  /**
   * Whether the node is going to be built or queried: only then a TypeScript model is run whose materialization does not need its
   * SQL. At most so many of its rows are read; null for all.
   */
  readonly build?: { readonly limit: number | null };
  /**
   * Told what is known of the node when compiling it fails: with its own code rendered, before CTEs are put in, and without it when
   * the code can't be rendered, but with the macros that were called by then.
   */
  readonly onRendered?: (node: ManifestNode) => void;
}

/** Compiles nodes of one run. An ephemeral model is compiled once, however many nodes have it as a CTE. */
export class NodeCompiler {
  readonly #session: RuntimeSession;
  readonly #ephemerals = new Map<UniqueId, Promise<Ephemeral>>();
  /** Maps of what is compiled, for errors. A node's is dropped when it is done (`forget`). */
  readonly #done = new Map<UniqueId, Maps>();
  readonly #culprits = new WeakMap<object, ManifestNode>();

  readonly #options: CompilerOptions;
  #typescript: TypeScriptModels | undefined;

  constructor(session: RuntimeSession, options: CompilerOptions = {}) {
    this.#session = session;
    this.#options = options;
  }

  /** What runs TypeScript models. */
  get typescript(): TypeScriptModels {
    this.#typescript ??= this.#options.typescript?.() ?? new TypeScriptModels(this.#session.invocation.config);
    return this.#typescript;
  }

  /** Gives back what compiling has taken. */
  async close(): Promise<void> {
    if (this.#options.typescript === undefined) await this.#typescript?.close();
  }

  /**
   * Renders a node's template, puts the CTEs of the ephemeral models in that it refers to, and writes the result to
   * `target/compiled`. Snapshots are compiled but not written, seeds are returned as they are; both as in dbt.
   *
   * @throws DbtError what the template raised.
   */
  async compile<N extends ManifestNode>(node: N, options: Omit<CompileOptions, 'session'>): Promise<CompiledNode<N>> {
    if (node.resource_type === 'seed') return { node, map: null };
    requireSql(node);
    const ephemeral = isEphemeralModel(node);
    if (ephemeral && options.extra === undefined) {
      const done = await this.#ephemeral(node, options);
      return { node: done.node as N, map: done.map };
    }
    const rendered = await this.#render(node, options);
    const named = rendered.context.ephemerals.map((id) => ({ id, sql: null }));
    const partial = { compiled: true, compiled_code: rendered.text, extra_ctes_injected: false, extra_ctes: named };
    options.onRendered?.({
      ...withMacros<ManifestNode>(node, rendered.context.calledMacros),
      ...partial,
    } as ManifestNode);
    const compiled = await this.#inject(rendered, options);
    this.#done.set(keyOf(node), { map: compiled.map, ownMap: rendered.map });
    return this.#write(compiled, options) as CompiledNode<N>;
  }

  /** Drops what is kept of a node to explain its errors. */
  forget(node: ManifestNode): void {
    if (!isEphemeralModel(node)) this.#done.delete(keyOf(node));
  }

  /**
   * Where a place of a node's compiled code comes from: its own template, or that of an ephemeral model whose CTE it
   * is in. Undefined for code that no template of a file has made.
   */
  placeOf(node: CompilableNode, offset: number): Place | undefined {
    const code = node.compiled_code ?? '';
    for (const cte of node.extra_ctes ?? []) {
      const start = code.indexOf(cte.sql);
      if (start === -1 || offset < start || offset >= start + cte.sql.length) continue;
      const done = this.#done.get(cte.id);
      const model = this.#session.manifest.nodes[cte.id];
      const origin = done?.ownMap?.originAt(offset - start - cte.sql.indexOf('(\n') - 2);
      return model && origin ? { node: model, ...origin } : undefined;
    }
    const origin = this.#done.get(keyOf(node))?.map?.originAt(offset);
    return origin ? { node: node as ManifestNode, ...origin } : undefined;
  }

  /** The ephemeral model that an error comes from, when it is not the node itself that failed. */
  culpritOf(error: object): ManifestNode | undefined {
    return this.#culprits.get(error);
  }

  get config(): RuntimeConfig {
    return this.#session.invocation.config;
  }

  /** The directory that a node's paths are relative to. */
  projectRoot(node: ManifestNode): string {
    const { project, packages } = this.#session.invocation.config;
    return packages.get(node.package_name)?.root ?? project.root;
  }

  /** The compiled ephemeral models so far, for the manifest that is written. */
  async compiledEphemerals(): Promise<readonly ManifestNode[]> {
    const out: ManifestNode[] = [];
    for (const pending of this.#ephemerals.values()) {
      const done = await pending.catch(() => undefined);
      if (done) out.push(done.node);
    }
    return out;
  }

  async #render(node: ManifestNode, options: Omit<CompileOptions, 'session'>): Promise<Rendered> {
    const context = this.#session.nodeContext(node, options.connection, options.threadId);
    for (const [name, value] of options.extra ?? []) context.extra.set(name, value);
    this.#options.prepare?.(context, node);
    if (isTypeScript(node)) return { node, ...(await this.#runTypeScript(node, context, options)), context };
    try {
      const { text, map } = await renderNode(context, node);
      return { node, text, map, context };
    } catch (error) {
      options.onRendered?.(withMacros(node, context.calledMacros));
      placeInFile(error, node, this.projectRoot(node));
      throw error;
    }
  }

  /** The SQL of a TypeScript model; its own code where it is not run. */
  async #runTypeScript(
    node: ManifestNode,
    context: RuntimeContext,
    options: Omit<CompileOptions, 'session'>,
  ): Promise<{ text: string; map: null }> {
    const build = options.build;
    if (!build && !needsQuery(node)) return { text: node.raw_code, map: null };
    const model = node.resource_type === 'unit_test' ? (this.#options.tested ?? node) : node;
    const text = await this.typescript.run({
      node,
      model,
      root: this.projectRoot(model),
      context,
      connection: options.connection,
      connect: () => this.#session.connect(node.unique_id, node),
      ctes: async () => (await this.#ctes(context.ephemerals, options)).map(({ sql }) => sql),
      signal: this.#session.signal,
      limit: build?.limit ?? null,
    });
    return { text, map: null };
  }

  async #inject(rendered: Rendered, options: Omit<CompileOptions, 'session'>): Promise<CompiledNode & { own: string }> {
    const ctes = await this.#ctes(rendered.context.ephemerals, options);
    const { sql, insertions } = injectCtes(
      rendered.text,
      ctes.map((c) => c.sql),
    );
    const node = {
      ...withForeignKeys(this.#session, withMacros(rendered.node, rendered.context.calledMacros)),
      compiled: true,
      compiled_code: sql,
      extra_ctes_injected: true,
      extra_ctes: ctes,
      ...(this.#relationName(rendered.node) ?? {}),
    } as ManifestNode;
    return { node, map: rendered.map?.insert(insertions) ?? null, own: rendered.text };
  }

  /** dbt's `_recursively_prepend_ctes`: the CTEs of the CTEs come first, each once. */
  async #ctes(ephemerals: readonly UniqueId[], options: Omit<CompileOptions, 'session'>): Promise<InjectedCte[]> {
    const ctes: InjectedCte[] = [];
    const add = (cte: InjectedCte): void => {
      const at = ctes.findIndex((c) => c.id === cte.id);
      if (at === -1) ctes.push(cte);
      else ctes[at] = cte;
    };
    for (const id of ephemerals) {
      const model = this.#session.manifest.nodes[id];
      if (!model) throw new InternalError(`ephemeral model ${id} is not in the manifest`);
      const done = await this.#ephemeral(model, options);
      for (const cte of (done.node as CompilableNode).extra_ctes ?? []) add(cte);
      const name = `__dbt__cte__${cteName(model)}`;
      add({ id, sql: ` ${name} as (\n${done.own}\n)` });
    }
    return ctes;
  }

  #relationName(node: ManifestNode): { relation_name: string } | undefined {
    if (node.resource_type !== 'test' || node.relation_name !== null) return undefined;
    if (!storesFailures(node, this.#session.invocation.config.flags)) return undefined;
    return { relation_name: String(relationOf(this.#session.invocation, node)) };
  }

  #ephemeral(node: ManifestNode, options: Omit<CompileOptions, 'session'>): Promise<Ephemeral> {
    let pending = this.#ephemerals.get(node.unique_id);
    if (!pending) {
      pending = this.#compileEphemeral(node, options);
      pending.catch(() => undefined);
      this.#ephemerals.set(node.unique_id, pending);
    }
    return pending;
  }

  async #compileEphemeral(node: ManifestNode, options: Omit<CompileOptions, 'session'>): Promise<Ephemeral> {
    const { extra: _extra, onRendered: _onRendered, build: _build, ...rest } = options;
    let rendered: Rendered;
    try {
      rendered = await this.#render(node, rest);
    } catch (error) {
      if (typeof error === 'object' && error !== null) this.#culprits.set(error, node);
      throw error;
    }
    const injected = await this.#inject(rendered, rest);
    this.#done.set(node.unique_id, { map: injected.map, ownMap: rendered.map });
    const written = this.#write(injected, rest);
    return { ...written, own: injected.own };
  }

  #write(compiled: CompiledNode, options: Omit<CompileOptions, 'session'>): CompiledNode {
    const { node } = compiled;
    const code = (node as CompilableNode).compiled_code ?? '';
    if (options.write === false || node.resource_type === 'snapshot' || code === '') return compiled;
    const { project } = this.#session.invocation.config;
    const path = writePath(project.target_path, 'compiled', node);
    writeTarget(project.root, path, code);
    return { ...compiled, node: { ...node, compiled_path: path } as ManifestNode };
  }
}

/** Batches of a microbatch model may run at the same time. */
function keyOf(node: ManifestNode | CompilableNode): string {
  const batch = 'batch' in node ? node.batch : undefined;
  return batch ? `${node.unique_id} ${batch.id}` : node.unique_id;
}

interface Rendered {
  readonly node: ManifestNode;
  readonly text: string;
  readonly map: SourceMap | null;
  readonly context: RuntimeContext;
}

interface Maps {
  readonly map: SourceMap | null;
  /** From the code before CTEs were put in. */
  readonly ownMap: SourceMap | null;
}

/** A place in a node's code. */
export interface Place {
  readonly node: ManifestNode;
  readonly offset: number;
  readonly end?: number;
}

interface Ephemeral extends CompiledNode {
  /** The model's own SQL, without the CTEs in front. */
  readonly own: string;
}

/** A node that depends on these macros too: those that it calls only when it executes. */
export function withMacros<N extends ManifestNode>(node: N, called: ReadonlySet<UniqueId>): N {
  const { depends_on } = node;
  const more = [...called].filter((id) => !depends_on.macros.includes(id));
  return more.length === 0 ? node : { ...node, depends_on: { ...depends_on, macros: [...depends_on.macros, ...more] } };
}

/** Whether a node is a model that exists only inside others. */
export function isEphemeralModel(node: ManifestNode): boolean {
  return (
    node.config.materialized === 'ephemeral' && (node.resource_type === 'model' || node.resource_type === 'snapshot')
  );
}

/**
 * A compiled node as its materialization gets it: what a TypeScript model came to is SQL, so that a materialization need not know where it
 * came from.
 */
export function asSql<N extends ManifestNode>(node: N): N {
  return isTypeScript(node) ? { ...node, language: 'sql' } : node;
}

/**
 * Refuses a Python model by name.
 *
 * @throws DbtError `python-unsupported`.
 */
export function requireSql(node: ManifestNode): void {
  if (node.resource_type === 'model' && node.language === 'python') {
    throw new DbtError('python-unsupported', `tsdbt can't run Python; ${node.name} is written in it`, {
      hint: 'Write the model in TypeScript or SQL, or exclude it.',
      span: { file: node.original_file_path, line: 1, column: 1 },
      uniqueId: node.unique_id,
    });
  }
}
