import type { AdapterCall } from '../adapters/base/adapter.js';
import { Table } from '../adapters/base/table.js';
import type { UniqueId } from '../contracts/common.js';
import type { CompilableNode, Macro, ManifestNode } from '../contracts/nodes.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { compileTemplate } from '../jinja/environment.js';
import { pyStr } from '../jinja/values.js';
import type { LoadedMacro } from './macro-namespace.js';
import type { NodeConnection } from './node-connection.js';
import { ResultStore } from './result-store.js';
import type { RuntimeServices } from './runtime-services.js';
import { TemplateContext } from './template-context.js';

export interface RuntimeContextOptions {
  readonly session: RuntimeServices;
  /** Null for macros that no node calls. */
  readonly node: ManifestNode | null;
  readonly packageName: string;
  readonly connection: NodeConnection;
  readonly threadId: string;
}

const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/** The names that one node's templates and its materialization see while it runs. */
export class RuntimeContext extends TemplateContext {
  readonly session: RuntimeServices;
  readonly node: ManifestNode | null;
  /** The macro that no node calls, once it is called. */
  macro: Macro | null = null;
  readonly packageName: string;
  readonly connection: NodeConnection;
  readonly threadId: string;
  readonly results = new ResultStore(() => Table.empty());
  /** The ephemeral models that were referred to, in the order of their first `ref`. */
  readonly ephemerals: UniqueId[] = [];
  /** The macros that the node's own templates called, in the order of the first call; dbt adds them to `depends_on`. */
  readonly calledMacros: ReadonlySet<UniqueId>;
  /** Further names, above all others: `results` and `schemas` of on-run-end hooks, a test's arguments. */
  readonly extra = new Map<string, unknown>();
  /** Set by `write`: where the statement `main` was written. */
  buildPath: string | null = null;
  #call: AdapterCall | undefined;

  constructor({ session, node, packageName, connection, threadId }: RuntimeContextOptions) {
    const called = new Set<UniqueId>();
    super({
      owner: node,
      members: node === null ? session.macroMembers : session.members,
      macros: session.macros.namespaceFor(packageName),
      onMacro: (id) => called.add(id),
    });
    this.calledMacros = called;
    this.session = session;
    this.node = node;
    this.packageName = packageName;
    this.connection = connection;
    this.threadId = threadId;
  }

  override get(name: string): unknown {
    return this.extra.has(name) ? this.extra.get(name) : super.get(name);
  }

  checkStopped(): void {
    this.connection.checkStopped();
  }

  override has(name: string): boolean {
    return this.extra.has(name) || super.has(name);
  }

  /** What the adapter's methods get when this context calls them. */
  get adapterCall(): AdapterCall {
    this.#call ??= this.session.adapterCall(this.connection, this.node);
    return this.#call;
  }

  /** The SQL that the node runs, once its CTEs are in. */
  get compiledCode(): string | null {
    const node = this.node as CompilableNode | null;
    return node?.extra_ctes_injected === true ? (node.compiled_code ?? null) : null;
  }

  /** Renders a text in this context: Jinja's `render`, hooks. */
  async render(text: string, file?: string): Promise<string> {
    if (!JINJA_CHARS.test(text)) return text;
    const template = compileTemplate(text, { file: file ?? this.node?.original_file_path ?? '<render>' });
    return pyStr(await template.render(this));
  }

  /**
   * Runs a macro by name: of all packages the root's first, as dbt's `execute_macro` does.
   *
   * @throws DbtError `macro-missing` when there is none.
   */
  runMacro(name: string, keyword: { readonly [name: string]: unknown }, packageName?: string): Promise<unknown> {
    const macro = this.session.macros.find(name, packageName ?? null);
    if (!macro) {
      const where = packageName ? `the "${packageName}" package` : 'any package';
      throw new DbtError('macro-missing', `dbt could not find a macro with the name "${name}" in ${where}`, {
        hint: didYouMean(name, this.session.macros.names()) ?? 'Define the macro, or correct its name.',
      });
    }
    return this.call(macro, keyword);
  }

  /**
   * Calls a macro with keyword arguments. Without `stacked` it is not among the macros that run, so that those which it
   * calls count as called by the node: so dbt runs the materialization of tests.
   */
  async call(macro: LoadedMacro, keyword: { readonly [name: string]: unknown }, stacked = true): Promise<unknown> {
    if (this.node === null) this.macro = macro.macro;
    const bound = stacked ? this.bind(macro) : macro.definition.bind(this);
    return bound.callAsync({ positional: [], keyword: new Map(Object.entries(keyword)) });
  }
}
