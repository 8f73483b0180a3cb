import { join } from 'node:path';
import { typescriptDirectory } from '../../config/target-directory.js';
import type { NodeConnection } from '../../context/node-connection.js';
import type { ManifestNode } from '../../contracts/nodes.js';
import type { RuntimeConfig } from '../../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { injectCtes } from '../../sql/inject-ctes.js';
import { ModuleFiles } from '../../typescript/module-files.js';
import { ModuleLoader } from '../../typescript/module-loader.js';
import { knownColumns } from './known-columns.js';
import { modelContext, modelReferences } from './model-context.js';
import { modelQuery } from './model-query.js';
import { type ReturnedResult, resultOf, rowChunks, untilAborted, writeBytes } from './model-result.js';
import type { TypeScriptRun } from './typescript-run.js';
import { userError } from './user-error.js';

/** Materializations whose relation is made of the query itself. */
const QUERIES_ONLY: ReadonlySet<string> = new Set(['view', 'ephemeral', 'materialized_view', 'table_function']);

/** Whether a model's result must be a query, which is known by its materialization. */
export function needsQuery({ config }: ManifestNode): boolean {
  return QUERIES_ONLY.has(config.materialized);
}

/** Milliseconds: the longest that Node's timers have. */
const LONG = 2 ** 31 - 1;

/** Whether a node's code is TypeScript. */
export function isTypeScript(node: ManifestNode): boolean {
  return 'language' in node && node.language === 'typescript';
}

/** Runs the TypeScript models of an invocation; all of them share their helpers. */
export class TypeScriptModels {
  readonly #config: RuntimeConfig;
  readonly #files: ModuleFiles;
  readonly #loader: ModuleLoader;

  constructor(config: RuntimeConfig) {
    this.#config = config;
    this.#files = new ModuleFiles(config.project.root, typescriptDirectory(config));
    this.#loader = new ModuleLoader(this.#files);
  }

  /**
   * Runs a model and gives the SQL of what it returned: its query, or one that reads the rows, which are in a temporary table of
   * `connection` then.
   *
   * @throws DbtError with the place in the user's code.
   */
  async run(run: TypeScriptRun): Promise<string> {
    const { adapter } = run.context.session.invocation;
    const { model, node } = run;
    if (!adapter.capabilities.typescriptModels) {
      throw new DbtError('typescript-unsupported', `The adapter ${adapter.type} can't run models in TypeScript`, {
        hint: `Write ${model.name} in SQL.`,
        span: { file: model.original_file_path, line: 1, column: 1 },
      });
    }
    const opened: NodeConnection[] = [];
    // A model that waits for what never comes is waited for, and ended by Ctrl-C: Node would end the process, as if all was well.
    const alive = setInterval(() => {}, LONG);
    try {
      return await this.#result(run, opened);
    } catch (error) {
      if (isDbtError(error) && (error.code === 'interrupted' || error.diagnostic.span)) throw error;
      const located = userError(error, this.#files);
      const span = { file: this.#files.display(join(run.root, model.original_file_path)), line: 1, column: 1 };
      throw located.with({ span, uniqueId: node.unique_id });
    } finally {
      clearInterval(alive);
      for (const connection of opened) await connection.release();
    }
  }

  /** Gives back what was used to load modules. */
  async close(): Promise<void> {
    await this.#loader.close();
  }

  async #result(run: TypeScriptRun, opened: NodeConnection[]): Promise<string> {
    const { context, node, model, signal, connection } = run;
    const references = await modelReferences(context, node);
    const ctes = await run.ctes();
    const connect = (): NodeConnection => {
      const own = run.connect();
      opened.push(own);
      return own;
    };
    const dbt = modelContext(context, node, references, {
      query: (sql, parameters) =>
        modelQuery(
          {
            connect,
            complete: (text) => injectCtes(text, ctes).sql,
            failure: (error, calledAt) =>
              isDbtError(error) && error.code === 'interrupted' ? error : userError(error, this.#files, calledAt),
          },
          sql,
          parameters,
        ),
      connection: () => connect().lend(),
      signal,
    });
    const path = join(run.root, model.original_file_path);
    const exports = await untilAborted(this.#loader.import(path), signal);
    const fn = (exports['model'] ?? exports['default']) as (dbt: unknown) => unknown;
    const returned = await untilAborted(Promise.resolve(fn(dbt)), signal);
    const result = resultOf(returned, this.#config.project.root);
    if (result.kind === 'query') return result.sql;
    if (needsQuery(node)) throw rowsRefused(node);
    return this.#load(result, run, connection, references.incremental);
  }

  async #load(
    result: Exclude<ReturnedResult, { kind: 'query' }>,
    run: TypeScriptRun,
    connection: NodeConnection,
    incremental: boolean,
  ): Promise<string> {
    const { signal, limit } = run;
    if (result.kind === 'parquet') return connection.parquet(result.paths);
    if (result.kind === 'parquet-bytes') {
      const { path, remove } = await writeBytes(result.bytes, typescriptDirectory(this.#config), signal);
      connection.onRelease(remove);
      return connection.parquet([path]);
    }
    const known = await knownColumns(run, incremental);
    return connection.load({ rows: rowChunks(result.rows, signal, limit), ...known });
  }
}

function rowsRefused({ name, config }: ManifestNode): DbtError {
  return new DbtError(
    'typescript-result',
    `The model ${name} is materialized as ${config.materialized}, but returned rows and no query`,
    { hint: "Materialize it as a table: config({ materialized: 'table' }); or return a query." },
  );
}
