import type { Column } from '../adapters/base/column.js';
import { NodeCompiler } from '../compiler/compile-node.js';
import { isTypeScript, needsQuery } from '../compiler/typescript/typescript-models.js';
import type { NodeConnection } from '../context/node-connection.js';
import { ephemeralRelation, relationOf, sourceRelation } from '../context/relations.js';
import { refOptions } from '../context/runtime-members.js';
import { runtimeSource } from '../context/runtime-refs.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import { loadSeedTable } from '../context/seed-table.js';
import type { UniqueId } from '../contracts/common.js';
import type { ManifestNode, ModelNode, SeedNode, SourceDefinition } from '../contracts/nodes.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import { NO_KEYWORDS, pyStr } from '../jinja/values.js';

/**
 * The columns that an input of a unit test has when it is not in the database: ephemeral, or not built yet. What is
 * missing upstream of it stands in as a CTE (a model's own code, a seed's inferred types, the declared types of a source
 * or of a model with a contract), and the engine says what columns the whole has; no row is read. Empty when that can't
 * be said. dbt asks for every input to be built.
 */
export async function unbuiltColumns(
  session: RuntimeSession,
  connection: NodeConnection,
  id: UniqueId,
): Promise<readonly Column[]> {
  try {
    return await new UnbuiltInput(session, connection).columns(id);
  } catch (error) {
    // What keeps it from being bound is told when it is built; here the input has no known columns.
    if (isDbtError(error) && error.code !== 'interrupted') return [];
    throw error;
  }
}

class UnbuiltInput {
  readonly #session: RuntimeSession;
  readonly #connection: NodeConnection;
  readonly #standIns = new Map<UniqueId, ManifestNode>();
  readonly #seen = new Set<UniqueId>();

  constructor(session: RuntimeSession, connection: NodeConnection) {
    this.#session = session;
    this.#connection = connection;
  }

  async columns(id: UniqueId): Promise<readonly Column[]> {
    await this.#visit(id);
    const { manifest } = this.#session;
    const nodes = { ...manifest.nodes, ...Object.fromEntries(this.#standIns) };
    const node = nodes[id];
    // No relation stands behind the files of a source, but they have columns.
    if (!node) return this.#builtColumns(manifest.sources[id]);
    const own = this.#session.withManifest({ ...manifest, nodes });
    const compiler = new NodeCompiler(own, {
      prepare: (context) => {
        const options = refOptions(context);
        const sourceRelationOf = (source: SourceDefinition): unknown => {
          const standIn = this.#standIns.get(source.unique_id);
          if (!standIn) return options.sourceRelationOf(source);
          options.onEphemeral(standIn);
          return ephemeralRelation(own.invocation, standIn, { limit: false });
        };
        context.extra.set('source', runtimeSource({ ...options, sourceRelationOf }));
      },
    });
    const compiled = await compiler.compile(node, { connection: this.#connection, write: false });
    // A TypeScript model is not run for it.
    const sql =
      isTypeScript(node) && !needsQuery(node) ? declaredColumns(node) : (compiled.node as ModelNode).compiled_code;
    const columns = await own
      .macroContext(this.#connection)
      .runMacro('get_column_schema_from_query', { select_sql: sql ?? '' });
    return columns as readonly Column[];
  }

  async #visit(id: UniqueId): Promise<void> {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const { manifest } = this.#session;
    const source = manifest.sources[id];
    const node = manifest.nodes[id];
    if (source) await this.#visitSource(source);
    else if (node?.resource_type === 'seed') await this.#visitSeed(node);
    else if (node?.resource_type === 'model') await this.#visitModel(node);
  }

  async #visitModel(node: ModelNode): Promise<void> {
    if (node.config.materialized !== 'ephemeral') {
      if (await this.#isBuilt(relationOf(this.#session.invocation, node))) return;
      this.#standIns.set(node.unique_id, { ...node, config: { ...node.config, materialized: 'ephemeral' } });
    }
    const types = node.contract.enforced ? declared(node.columns) : [];
    if (types.length > 0) this.#standIns.set(node.unique_id, standIn(node, types));
    else for (const parent of node.depends_on.nodes) await this.#visit(parent);
  }

  async #visitSource(source: SourceDefinition): Promise<void> {
    if (await this.#isBuilt(sourceRelation(this.#session.invocation, source))) return;
    const types = declared(source.columns);
    if (types.length === 0) return;
    const cte_name = `${source.source_name}__${source.name}`;
    this.#standIns.set(source.unique_id, { ...standIn(source, types), cte_name } as ModelNode);
  }

  async #visitSeed(seed: SeedNode): Promise<void> {
    if (await this.#isBuilt(relationOf(this.#session.invocation, seed))) return;
    const context = this.#session.nodeContext(seed, this.#connection);
    const table = await loadSeedTable(context);
    const convert = this.#session.invocation.adapter.methods.get('convert_type');
    const given = seed.config.column_types ?? {};
    const types: [string, string][] = [];
    for (const [i, name] of table.columnNames.entries()) {
      const inferred = await convert?.run(context.adapterCall, { positional: [table, i], keyword: NO_KEYWORDS });
      types.push([name, given[name] ?? pyStr(inferred)]);
    }
    this.#standIns.set(seed.unique_id, standIn(seed, types));
  }

  async #isBuilt(relation: ReturnType<typeof relationOf>): Promise<boolean> {
    return (await this.#columnsOf(relation)).length > 0;
  }

  async #builtColumns(source: SourceDefinition | undefined): Promise<readonly Column[]> {
    return source ? this.#columnsOf(sourceRelation(this.#session.invocation, source)) : [];
  }

  #columnsOf(relation: ReturnType<typeof relationOf>): Promise<readonly Column[]> {
    const { adapter } = this.#session.invocation;
    return adapter.getColumns(this.#session.adapterCall(this.#connection, null), relation);
  }
}

function declared(columns: SourceDefinition['columns']): [string, string][] {
  return Object.values(columns).flatMap(({ name, data_type }): [string, string][] =>
    data_type ? [[name, data_type]] : [],
  );
}

/** An ephemeral model without rows and with these columns. */
function standIn(of: ManifestNode | SourceDefinition, types: readonly (readonly [string, string])[]): ManifestNode {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const columns = types.map(([name, type]) => `cast(null as ${type}) as ${quoted(name)}`).join(', ');
  return {
    ...of,
    resource_type: 'model',
    alias: of.resource_type === 'source' ? of.identifier : of.alias,
    config: { ...of.config, materialized: 'ephemeral' },
    raw_code: `{% raw %}select ${columns} where false{% endraw %}`,
    language: 'sql',
    version: of.resource_type === 'model' ? of.version : null,
    latest_version: of.resource_type === 'model' ? of.latest_version : null,
    depends_on: { macros: [], nodes: [] },
  } as unknown as ModelNode;
}

/** A query with the columns that a model's properties give a type. */
function declaredColumns({ name, columns }: ManifestNode): string {
  const typed = Object.values(columns).filter(({ data_type: type }) => type);
  if (typed.length > 0) {
    return `select ${typed.map((column) => `cast(null as ${column.data_type}) as ${column.name}`).join(', ')}`;
  }
  throw new DbtError('unit-test-input', `The columns of the TypeScript model '${name}' are not known`, {
    hint: `Build '${name}' first, or give its columns a data_type in its properties.`,
  });
}
