import { Relation } from '../adapters/base/relation.js';
import type { Invocation } from '../context/invocation.js';
import { relationClass } from '../context/relations.js';
import type { NodeDraft } from './nodes/draft.js';

/** The relation of a node as text. Only the project's quoting counts: dbt does not look at a node's own. */
export function relationName({ adapter }: Invocation, { database, schema, alias }: NodeDraft): string {
  const { kind, quoting } = relationClass(adapter);
  return new Relation(kind, { path: { database, schema, identifier: alias }, quotePolicy: quoting }).render();
}
