import { rmSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { UniqueId } from '../../contracts/common.js';
import type { SourceDefinition } from '../../contracts/nodes.js';
import type { RuntimeConfig } from '../../contracts/runtime-config.js';
import { InternalError, isDbtError } from '../../diagnostics/errors.js';
import type { AdapterCall, AdapterCapabilities, AdapterHooks, AdapterMethod, Connection } from '../base/adapter.js';
import type { Column } from '../base/column.js';
import { columnMethods } from '../base/methods/columns.js';
import { constraintMethods } from '../base/methods/constraints.js';
import { relationMethods } from '../base/methods/relations.js';
import { seedMethods } from '../base/methods/seeds.js';
import { statementMethods } from '../base/methods/statements.js';
import { strategyMethods } from '../base/methods/strategies.js';
import { Relation } from '../base/relation.js';
import { SqlAdapter } from '../base/sql-adapter.js';
import { databaseNameOf, schemeOf } from './attachment.js';
import type { DuckDbCredentials } from './credentials.js';
import type { Database } from './database.js';
import { asideOf, fillDirectory } from './directory-swap.js';
import { fillingOf } from './external-files.js';
import { ForeignKeys } from './foreign-keys.js';
import { type KeptOutput, keepOutput } from './kept-output.js';
import { DUCKDB_COLUMN, DUCKDB_RELATION } from './kinds.js';
import { duckDbMethods } from './methods.js';
import { sourceRelation } from './source-location.js';

/** DuckDB in this process, through `@duckdb/node-api`. */
export class DuckDbAdapter extends SqlAdapter {
  readonly type = 'duckdb';
  readonly dispatchPrefixes = ['duckdb'];
  readonly capabilities: AdapterCapabilities = {
    transactionalDdl: true,
    schemaMetadataByRelations: true,
    grants: false,
    typescriptModels: true,
  };
  readonly incrementalStrategies = ['append', 'delete+insert', 'merge', 'microbatch'];
  /** Texts have no length. */
  override readonly hasSizedText = false;
  readonly methods: ReadonlyMap<string, AdapterMethod>;
  readonly credentials: DuckDbCredentials;
  readonly foreignKeys = new ForeignKeys();
  readonly #cwd: string;
  /** Files that are being written, by model. */
  readonly #asides = new Map<UniqueId, string>();
  /** What is written over before its transaction is committed, by model. */
  readonly #kept = new Map<UniqueId, KeptOutput>();
  readonly #hooks: AdapterHooks;
  readonly #duckLakes: ReadonlySet<string>;
  #opening: Promise<Database> | undefined;
  #database: Database | undefined;

  constructor(config: RuntimeConfig, hooks: AdapterHooks = {}) {
    super(config, { relation: DUCKDB_RELATION, column: DUCKDB_COLUMN });
    this.credentials = config.target.credentials as DuckDbCredentials;
    this.#cwd = config.cwd;
    this.#hooks = hooks;
    this.#duckLakes = duckLakes(this.credentials);
    const foreignTarget = (to: string): string => {
      const parts = to.split('.');
      return parts.length > 2 ? parts.slice(1).join('.') : to;
    };
    this.methods = new Map<string, AdapterMethod>(
      Object.entries({
        ...statementMethods(this),
        ...relationMethods(this),
        ...columnMethods(this),
        ...constraintMethods(this, { foreignTarget }),
        ...strategyMethods(this),
        ...seedMethods(),
        ...duckDbMethods(this),
      }),
    );
  }

  /** Whether statements begin a transaction by themselves. */
  get autoBegin(): boolean {
    return !this.credentials.disable_transactions;
  }

  /** As it is; absolute when the invocation's working directory is not the process's, for which COPY has no setting. */
  writeLocation(location: string): string {
    const elsewhere = this.#cwd !== process.cwd() && !isAbsolute(location) && schemeOf(location) === '';
    return elsewhere ? resolve(this.#cwd, location) : location;
  }

  /** Whether a relation's database is a DuckLake. */
  isDuckLake(relation: unknown): boolean {
    return relation instanceof Relation && relation.database !== null && this.#duckLakes.has(relation.database);
  }

  override sourceRelation(relation: Relation, source: SourceDefinition): Relation {
    return sourceRelation(relation, source);
  }

  /** A relation that is not there has no columns. */
  override async getColumns(call: AdapterCall, relation: Relation): Promise<readonly Column[]> {
    try {
      return await super.getColumns(call, relation);
    } catch (error) {
      if (isDbtError(error) && error.message.toLowerCase().includes('does not exist')) return [];
      throw error;
    }
  }

  override async beforeModel(call: AdapterCall): Promise<() => void> {
    const release = await this.foreignKeys.acquire(call);
    const id = call.node?.unique_id ?? '';
    return () => {
      release();
      const aside = this.#asides.get(id);
      this.#asides.delete(id);
      // DuckDB leaves it when it can't finish it; one that it has finished has another name by now.
      if (aside !== undefined) rmSync(resolve(this.#cwd, aside), { force: true, recursive: true });
      this.#kept.get(id)?.restore();
      this.#kept.delete(id);
    };
  }

  writePlace(call: AdapterCall, location: string, options: string): string {
    const place = resolve(this.#cwd, location);
    if (fillingOf(schemeOf(location) === '' ? place : location, options) === null) return this.writeLocation(location);
    rmSync(asideOf(place), { recursive: true, force: true });
    this.writesAside(call, asideOf(place));
    return this.writeLocation(asideOf(location));
  }

  written(call: AdapterCall, location: string, options: string): void {
    const place = resolve(this.#cwd, location);
    // What it was is looked up again only where it was written aside: by then the directory itself is as it was.
    if (this.#asides.get(call.node?.unique_id ?? '') !== asideOf(place)) return;
    fillDirectory(place, fillingOf(place, options) ?? 'replace');
  }

  keepOutput(call: AdapterCall, location: string): void {
    if (schemeOf(location) !== '' || this.credentials.disable_transactions) return;
    this.#kept.set(call.node?.unique_id ?? '', keepOutput(resolve(this.#cwd, location)));
  }

  forgetOutput(call: AdapterCall): void {
    const id = call.node?.unique_id ?? '';
    this.#kept.get(id)?.forget();
    this.#kept.delete(id);
  }

  writesAside(call: AdapterCall, file: string): void {
    this.#asides.set(call.node?.unique_id ?? '', file);
  }

  async open(): Promise<void> {
    this.#opening ??= import('./database.js').then(({ Database }) =>
      Database.open(this.credentials, this.#cwd, this.#hooks),
    );
    this.#database = await this.#opening;
  }

  async acquire(name: string): Promise<Connection> {
    await this.open();
    if (!this.#database) throw new InternalError('the database was closed while it was opened');
    return this.#database.session(name);
  }

  cancelAll(): readonly string[] {
    return this.#database?.cancelAll() ?? [];
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#database = undefined;
    if (!opening) return;
    const database = await opening.catch(() => undefined);
    database?.close();
  }
}

/** The names of the databases that are DuckLakes. */
function duckLakes({ path, attach, ...credentials }: DuckDbCredentials): ReadonlySet<string> {
  const found = new Set<string>();
  const isLake = (place: string): boolean =>
    schemeOf(place) === 'ducklake' || place.toLowerCase().includes('ducklake:');
  if (credentials['is_ducklake'] === true || isLake(path)) found.add(databaseNameOf(path));
  for (const attachment of attach) {
    if (attachment.is_ducklake === true || isLake(attachment.path)) {
      found.add(attachment.alias ?? databaseNameOf(attachment.path));
    }
  }
  return found;
}
