import type { SourceDefinition } from '../../contracts/nodes.js';
import type { RuntimeConfig, TargetConfig } from '../../contracts/runtime-config.js';
import { DbtError } from '../../diagnostics/errors.js';
import { isUndefined, pyStr, toArray } from '../../jinja/values.js';
import type { Adapter, AdapterCall, AdapterCapabilities, AdapterMethod, Connection } from './adapter.js';
import { Behavior } from './behavior.js';
import { Column, ColumnClass, type ColumnKind } from './column.js';
import { MappedSequence } from './mapped-sequence.js';
import { RELATION_TYPES, Relation, type RelationKind, type RelationType } from './relation.js';
import { RelationCache } from './relation-cache.js';
import { ALL, changePolicy, type Policy } from './relation-path.js';
import { RelationClass } from './relation-view.js';

export interface EngineKinds {
  readonly relation: RelationKind;
  readonly column: ColumnKind;
}

/** What all engines share that are asked in SQL through dbt's macros. An engine adds its sessions and its own methods. */
export abstract class SqlAdapter implements Adapter {
  abstract readonly type: string;
  abstract readonly dispatchPrefixes: readonly string[];
  readonly currentTimeSql: string = 'now()';
  abstract readonly capabilities: AdapterCapabilities;
  abstract readonly methods: ReadonlyMap<string, AdapterMethod>;
  readonly target: TargetConfig;
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly kinds: EngineKinds;
  /** The project's quoting over the engine's. */
  readonly quoting: Policy;
  readonly behavior: Behavior;
  readonly projectName: string;
  readonly cache = new RelationCache();
  readonly #warned = new Set<string>();

  constructor(config: RuntimeConfig, kinds: EngineKinds) {
    this.target = config.target;
    this.kinds = kinds;
    this.quoting = changePolicy(kinds.relation.quotePolicy, config.project.quoting);
    this.behavior = new Behavior(config.project.flags);
    this.projectName = config.project.project_name;
    this.attributes = new Map<string, unknown>([
      ['behavior', this.behavior],
      ['Relation', new RelationClass(kinds.relation, this.quoting)],
      ['Column', new ColumnClass(kinds.column)],
    ]);
  }

  abstract open(): Promise<void>;
  abstract acquire(name: string): Promise<Connection>;
  abstract cancelAll(): readonly string[];
  abstract close(): Promise<void>;
  /** The incremental strategies that the engine has. */
  abstract readonly incrementalStrategies: readonly string[];
  /** Whether text columns have a length that may have to be widened. */
  readonly hasSizedText: boolean = true;

  /** Quotes a name. */
  quote(identifier: string): string {
    return `"${identifier}"`;
  }

  sourceRelation(relation: Relation, _source: SourceDefinition): Relation {
    return relation;
  }

  beforeModel(_call: AdapterCall): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  /** A relation in the database: quoted in all parts, as the database spells it. */
  relation(
    database: string | null,
    schema: string | null,
    identifier: string | null,
    type: RelationType | null,
  ): Relation {
    return new Relation(this.kinds.relation, { path: { database, schema, identifier }, type, quotePolicy: ALL });
  }

  /** The relation of a schema, under the project's quoting. */
  schemaRelation(database: string | null, schema: string): Relation {
    return new Relation(this.kinds.relation, {
      path: { database, schema, identifier: '' },
      quotePolicy: this.quoting,
    }).withoutIdentifier();
  }

  async populateCache(
    call: AdapterCall,
    schemas: readonly { readonly database: string; readonly schema: string }[],
  ): Promise<void> {
    for (const { database, schema } of schemas) {
      const relations = await this.listRelationsUncached(call, this.schemaRelation(database, schema));
      for (const relation of relations) this.cache.add(relation);
      this.cache.addSchema(database, schema);
    }
  }

  async listRelations(call: AdapterCall, database: string | null, schema: string): Promise<readonly Relation[]> {
    if (!this.cache.hasSchema(database, schema)) {
      const relations = await this.listRelationsUncached(call, this.schemaRelation(database, schema));
      for (const relation of relations) this.cache.add(relation);
      this.cache.addSchema(database, schema);
      return relations;
    }
    return this.cache.list(database, schema);
  }

  /** Asks the database, through dbt's macro of that name. */
  async listRelationsUncached(call: AdapterCall, schemaRelation: Relation): Promise<readonly Relation[]> {
    const rows = await call.runMacro('list_relations_without_caching', { schema_relation: schemaRelation });
    return toArray(rows).map((row) => {
      const [database, name, schema, type] = row instanceof MappedSequence ? row.values : toArray(row);
      const known = (RELATION_TYPES as readonly unknown[]).includes(type) ? (type as RelationType) : 'external';
      return this.relation(text(database), text(schema), text(name), known);
    });
  }

  async listSchemas(call: AdapterCall, database: string): Promise<readonly string[]> {
    const rows = await call.runMacro('list_schemas', { database });
    return toArray(rows).map((row) => pyStr(row instanceof MappedSequence ? row.values[0] : toArray(row)[0]));
  }

  async createSchema(call: AdapterCall, relation: Relation): Promise<void> {
    await call.runMacro('create_schema', { relation: relation.withoutIdentifier() });
    await this.commit(call);
  }

  async dropSchema(call: AdapterCall, relation: Relation): Promise<void> {
    const schema = relation.withoutIdentifier();
    await call.runMacro('drop_schema', { relation: schema });
    await this.commit(call);
    this.cache.dropSchema(schema.database, schema.schema);
  }

  /** The relation of that name, or null; a name that differs in letter case only is an error. */
  async getRelation(
    call: AdapterCall,
    database: string | null,
    schema: string,
    identifier: string | null,
  ): Promise<Relation | null> {
    const folded = (name: string | null, part: keyof Policy): string | null =>
      name !== null && !this.quoting[part] ? name.toLowerCase() : name;
    const search = {
      database: folded(database, 'database'),
      schema: folded(schema, 'schema'),
      identifier: folded(identifier, 'identifier'),
    };
    const found = (await this.listRelations(call, database, schema)).filter((relation) => relation.matches(search));
    if (found.length <= 1) return found[0] ?? null;
    throw new DbtError(
      'relation-ambiguous',
      `get_relation returned more than one relation with the given args: ${found.join(', ')}`,
    );
  }

  async getColumns(call: AdapterCall, relation: Relation): Promise<readonly Column[]> {
    const columns = await call.runMacro('get_columns_in_relation', { relation });
    return toArray(columns).map((column) => {
      if (column instanceof Column) return column;
      throw new DbtError('compilation', 'The macro get_columns_in_relation must return a list of columns (api.Column)');
    });
  }

  async dropRelation(call: AdapterCall, relation: Relation): Promise<void> {
    if (relation.type === null) {
      throw new DbtError('relation-invalid', `Tried to drop relation ${relation.render()}, but its type is null.`, {
        hint: "Give the relation a type: api.Relation.create(…, type='table').",
      });
    }
    this.cache.drop(relation);
    await call.runMacro('drop_relation', { relation });
  }

  async renameRelation(call: AdapterCall, from: Relation, to: Relation): Promise<void> {
    this.cache.rename(from, to);
    await call.runMacro('rename_relation', { from_relation: from, to_relation: to });
  }

  /** Commits when a transaction is open. */
  async commit(call: AdapterCall): Promise<void> {
    if (call.connection.inTransaction) await call.connection.commit();
  }

  /** A warning, the first time that it comes up. */
  warnOnce(call: AdapterCall, message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    call.warn(message);
  }

  /** Narrows an argument of a template to a relation of this engine. */
  expectRelation(value: unknown, method: string, argument: string): Relation {
    if (value instanceof Relation) return value;
    const got = isUndefined(value) ? 'undefined' : pyStr(value);
    throw new DbtError(
      'relation-invalid',
      `The adapter method "${method}" expects "${argument}" to be a relation, got: ${got}`,
    );
  }
}

function text(value: unknown): string | null {
  return value === null || isUndefined(value) ? null : pyStr(value);
}
