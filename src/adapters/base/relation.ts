import { DbtError } from '../../diagnostics/errors.js';
import type { HostObject } from '../../jinja/values.js';
import { JINJA } from '../../jinja/values.js';
import {
  ALL,
  COMPONENTS,
  type Component,
  changePath,
  changePolicy,
  type Policy,
  type RelationPath,
} from './relation-path.js';

/** dbt's types of relation. */
export const RELATION_TYPES = [
  'table',
  'view',
  'cte',
  'materialized_view',
  'ephemeral',
  'external',
  'pointer_table',
  'function',
] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

/** What distinguishes an engine's relations from another's. */
export interface RelationKind {
  /** The name of the class that templates see, e.g. `DuckDBRelation`. */
  readonly className: string;
  readonly quoteCharacter: string;
  /** Whether a subquery needs an alias. */
  readonly requireAlias: boolean;
  readonly quotePolicy: Policy;
  readonly renameable: ReadonlySet<string>;
  readonly replaceable: ReadonlySet<string>;
  /** What `relation.name` is in a template; undefined when there is nothing of that name. */
  readonly attribute: (relation: Relation, name: string) => unknown;
}

/** Rows of a stretch of time only, for microbatches and samples. The ends are as they are to be printed. */
export interface EventTimeFilter {
  readonly fieldName: string;
  readonly start: string | null;
  readonly end: string | null;
}

export interface RelationFields {
  readonly path: RelationPath;
  readonly type: RelationType | null;
  readonly includePolicy: Policy;
  readonly quotePolicy: Policy;
  readonly dbtCreated: boolean;
  /** With a limit the relation prints as a subquery; 0 is `--empty`. */
  readonly limit: number | null;
  readonly eventTimeFilter: EventTimeFilter | null;
  readonly catalog: string | null;
  /** What is printed in place of the name: files read by a function of the engine. */
  readonly external: string | null;
  /** For `information_schema(view)`: the last part of the name, without quotes. */
  readonly informationSchemaView: string | null;
}

/**
 * Something in the database that has a name: immutable, and what templates see as `this`, `ref(…)`, `source(…)`. Prints
 * as its quoted name.
 */
export class Relation implements HostObject, RelationFields {
  get [JINJA.type](): string {
    return this.kind.className;
  }

  /** As in dbt, where packages tell relations from text by `is mapping` and `get('metadata')`. */
  readonly [JINJA.mapping] = true;
  readonly kind: RelationKind;
  readonly path: RelationPath;
  readonly type: RelationType | null;
  readonly includePolicy: Policy;
  readonly quotePolicy: Policy;
  readonly dbtCreated: boolean;
  readonly limit: number | null;
  readonly eventTimeFilter: EventTimeFilter | null;
  readonly catalog: string | null;
  readonly external: string | null;
  readonly informationSchemaView: string | null;
  #rendered: string | undefined;

  constructor(kind: RelationKind, fields: Partial<RelationFields> & { readonly path: RelationPath }) {
    this.kind = kind;
    this.path = fields.path;
    this.type = fields.type ?? null;
    this.includePolicy = fields.includePolicy ?? ALL;
    this.quotePolicy = fields.quotePolicy ?? kind.quotePolicy;
    this.dbtCreated = fields.dbtCreated ?? false;
    this.limit = fields.limit ?? null;
    this.eventTimeFilter = fields.eventTimeFilter ?? null;
    this.catalog = fields.catalog ?? null;
    this.external = fields.external ?? null;
    this.informationSchemaView = fields.informationSchemaView ?? null;
  }

  get database(): string | null {
    return this.path.database;
  }

  get schema(): string | null {
    return this.path.schema;
  }

  get identifier(): string | null {
    return this.path.identifier;
  }

  /** The same relation with some fields replaced. */
  with(changes: Partial<RelationFields>): Relation {
    return new Relation(this.kind, { ...this, ...changes });
  }

  withPath(changes: { readonly [part in Component]?: string | null }): Relation {
    return this.with({ path: changePath(this.path, changes) });
  }

  include(changes: { readonly [part in Component]?: boolean | null }): Relation {
    return this.with({ includePolicy: changePolicy(this.includePolicy, changes) });
  }

  quote(changes: { readonly [part in Component]?: boolean | null }): Relation {
    return this.with({ quotePolicy: changePolicy(this.quotePolicy, changes) });
  }

  /** Database and schema only: prints as the schema's name. */
  withoutIdentifier(): Relation {
    return this.include({ identifier: false }).withPath({ identifier: null });
  }

  /** `"db".INFORMATION_SCHEMA` of this relation's database, with a view of it when one is named. */
  informationSchema(view: string | null): Relation {
    const kind = { ...this.kind, className: 'InformationSchema' };
    return new Relation(kind, {
      type: 'view',
      path: { database: this.database, schema: null, identifier: 'INFORMATION_SCHEMA' },
      includePolicy: { ...this.includePolicy, database: this.database !== null, schema: false, identifier: true },
      quotePolicy: { ...this.quotePolicy, identifier: false },
      informationSchemaView: view,
    });
  }

  quoted(name: string): string {
    const { quoteCharacter } = this.kind;
    return quoteCharacter + name + quoteCharacter;
  }

  /** The name, without limit and time filter. */
  render(): string {
    this.#rendered ??= this.external ?? this.#name();
    return this.#rendered;
  }

  #name(): string {
    const parts: string[] = [];
    for (const component of COMPONENTS) {
      const part = this.includePolicy[component] ? this.path[component] : null;
      if (part !== null) parts.push(this.quotePolicy[component] ? this.quoted(part) : part);
    }
    if (this.informationSchemaView !== null) parts.push(this.informationSchemaView);
    return parts.join('.');
  }

  renderLimited(): string {
    const name = this.render();
    if (this.limit === null) return name;
    const rows = this.limit === 0 ? 'where false limit 0' : `limit ${this.limit}`;
    return `(select * from ${name} ${rows})${this.#alias('limit')}`;
  }

  renderEventTimeFiltered(rendered = this.render()): string {
    const filter = this.eventTimeFilter;
    if (!filter) return rendered;
    const conditions: string[] = [];
    if (filter.start !== null) conditions.push(`${filter.fieldName} >= '${filter.start}'`);
    if (filter.end !== null) conditions.push(`${filter.fieldName} < '${filter.end}'`);
    if (conditions.length === 0) return rendered;
    return `(select * from ${rendered} where ${conditions.join(' and ')})${this.#alias('et_filter')}`;
  }

  #alias(namespace: string): string {
    return this.kind.requireAlias ? ` _dbt_${namespace}_subq_${this.identifier}` : '';
  }

  /** What `{{ relation }}` prints. */
  toString(): string {
    return this.type === 'function' ? this.render() : this.renderEventTimeFiltered(this.renderLimited());
  }

  /**
   * Whether this is the relation of that name. A name that differs in letter case only is neither: an error, because
   * the engine may or may not take it for the same.
   */
  matches(search: { readonly [part in Component]?: string | null }): boolean {
    let exact = true;
    let close = true;
    let given = false;
    for (const component of COMPONENTS) {
      const wanted = search[component];
      if (wanted === null || wanted === undefined) continue;
      given = true;
      const own = this.path[component];
      const folded = this.dbtCreated && !this.quotePolicy[component];
      if (folded ? own?.toLowerCase() !== wanted.toLowerCase() : own !== wanted) exact = false;
      if (this.#bare(own ?? 'none') !== this.#bare(wanted)) close = false;
    }
    if (!given) throw new DbtError('value-refused', 'Tried to match relation, but no search path was passed!');
    if (close && !exact) {
      const target = new Relation(this.kind, {
        path: changePath({ database: null, schema: null, identifier: null }, search),
      });
      throw new DbtError(
        'relation-ambiguous',
        `Looking for ${target.render()}, a relation was found whose name differs in letter case: ${this.render()}. ` +
          'It may or may not be the same one, so neither is taken.',
        { hint: `Drop ${this.render()}, or rename it so that the two are less alike.` },
      );
    }
    return exact;
  }

  #bare(name: string): string {
    const { quoteCharacter: q } = this.kind;
    let text = name.toLowerCase();
    while (text.startsWith(q)) text = text.slice(q.length);
    while (text.endsWith(q)) text = text.slice(0, -q.length);
    return text;
  }

  /** Equal when every field is. */
  equals(other: unknown): boolean {
    return other instanceof Relation && other.kind.className === this.kind.className && same(this, other);
  }

  [JINJA.attr](name: string): unknown {
    return this.kind.attribute(this, name);
  }

  [JINJA.item](key: unknown): unknown {
    return typeof key === 'string' ? this.kind.attribute(this, key) : undefined;
  }

  [JINJA.str](): string {
    return this.toString();
  }

  [JINJA.repr](): string {
    return `<${this.kind.className} ${this.render()}>`;
  }

  [JINJA.eq](other: unknown): boolean {
    return this.equals(other);
  }

  [JINJA.hash](): string {
    const { type, quotePolicy, includePolicy, limit } = this;
    return JSON.stringify([this.render(), this.path, type, quotePolicy, includePolicy, limit]);
  }

  [JINJA.truthy](): boolean {
    return true;
  }

  [JINJA.plain](): unknown {
    return this.toString();
  }
}

function same(a: Relation, b: Relation): boolean {
  return (
    a.type === b.type &&
    a.dbtCreated === b.dbtCreated &&
    a.limit === b.limit &&
    a.catalog === b.catalog &&
    a.external === b.external &&
    a.informationSchemaView === b.informationSchemaView &&
    COMPONENTS.every(
      (c) =>
        a.path[c] === b.path[c] && a.includePolicy[c] === b.includePolicy[c] && a.quotePolicy[c] === b.quotePolicy[c],
    ) &&
    a.eventTimeFilter?.fieldName === b.eventTimeFilter?.fieldName &&
    a.eventTimeFilter?.start === b.eventTimeFilter?.start &&
    a.eventTimeFilter?.end === b.eventTimeFilter?.end
  );
}

/** A CTE of an ephemeral model: its name without quotes and without a place. */
export function ephemeralRelation(kind: RelationKind, name: string, limit: number | null = null): Relation {
  return new Relation(kind, {
    path: { database: null, schema: null, identifier: `__dbt__cte__${name}` },
    type: 'cte',
    limit,
    quotePolicy: { ...kind.quotePolicy, identifier: false },
  });
}
