import { DbtError } from '../../diagnostics/errors.js';
import type { Relation } from './relation.js';

const fold = (name: string | null): string => (name === null ? '' : name.toLowerCase());
const schemaKey = (database: string | null, schema: string | null): string =>
  JSON.stringify([fold(database), fold(schema)]);
const relationKey = ({ database, schema, identifier }: Relation): string =>
  JSON.stringify([fold(database), fold(schema), fold(identifier)]);

/**
 * Which relations are in the database, without asking it: filled once a schema and kept up as relations are created,
 * renamed and dropped. Letter case does not count.
 */
export class RelationCache {
  readonly #relations = new Map<string, Relation>();
  readonly #schemas = new Set<string>();

  /** Whether the schema's relations are known, be there none. */
  hasSchema(database: string | null, schema: string | null): boolean {
    return this.#schemas.has(schemaKey(database, schema));
  }

  addSchema(database: string | null, schema: string | null): void {
    this.#schemas.add(schemaKey(database, schema));
  }

  /** Forgets a schema and all that is in it. */
  dropSchema(database: string | null, schema: string | null): void {
    const key = schemaKey(database, schema);
    if (!this.#schemas.delete(key)) return;
    for (const [name, relation] of this.#relations) {
      if (schemaKey(relation.database, relation.schema) === key) this.#relations.delete(name);
    }
  }

  /** Adds a relation; one that is there already stays as it is. */
  add(relation: Relation): void {
    this.addSchema(relation.database, relation.schema);
    const key = relationKey(relation);
    if (!this.#relations.has(key)) this.#relations.set(key, relation);
  }

  /** Forgets a relation, if it is known. */
  drop(relation: Relation): void {
    this.#relations.delete(relationKey(relation));
  }

  /** The old relation under the new name; when the old one is not known, the new one is added as it is. */
  rename(from: Relation, to: Relation): void {
    const known = this.#relations.get(relationKey(from));
    if (this.#relations.has(relationKey(to))) {
      throw new DbtError(
        'relation-invalid',
        `${from} can't be renamed to ${to}: there is a relation of that name already`,
        {
          hint: `Drop ${to} first: adapter.drop_relation(…).`,
        },
      );
    }
    if (!known) {
      this.add(to);
      return;
    }
    this.#relations.delete(relationKey(from));
    this.add(known.with({ path: to.path }));
  }

  /** The known relations of a schema. */
  list(database: string | null, schema: string | null): readonly Relation[] {
    const key = schemaKey(database, schema);
    return [...this.#relations.values()].filter((r) => schemaKey(r.database, r.schema) === key);
  }

  clear(): void {
    this.#relations.clear();
    this.#schemas.clear();
  }
}
