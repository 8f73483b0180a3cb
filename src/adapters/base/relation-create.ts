import { DbtError } from '../../diagnostics/errors.js';
import { bindArguments, type CallArgs, isUndefined, pyStr, typeName } from '../../jinja/values.js';
import { RELATION_TYPES, Relation, type RelationFields, type RelationKind, type RelationType } from './relation.js';
import { ALL, changePath, changePolicy, type Policy, type RelationPath } from './relation-path.js';

const NOWHERE: RelationPath = { database: null, schema: null, identifier: null };

/** A type as templates give it: the name of one, or None. */
export function relationType(value: unknown): RelationType | null {
  if (value === null || isUndefined(value)) return null;
  const name = pyStr(value);
  if ((RELATION_TYPES as readonly string[]).includes(name)) return name as RelationType;
  throw new DbtError('relation-invalid', `'${name}' is not one of ${RELATION_TYPES.map((t) => `'${t}'`).join(', ')}`);
}

/**
 * dbt's `Relation.create`: database, schema, identifier and type, then any other field by name; unknown ones are
 * ignored, as in dbt.
 */
export function createRelation(kind: RelationKind, quoting: Policy, args: CallArgs): Relation {
  const rest = new Map(args.keyword);
  const known = new Map<string, unknown>();
  for (const name of ['database', 'schema', 'identifier', 'type']) {
    if (rest.has(name)) known.set(name, rest.get(name));
    rest.delete(name);
  }
  const optional = (name: string): { name: string; default: unknown } => ({ name, default: null });
  const [database, schema, identifier, type] = bindArguments(
    'create',
    { positional: args.positional, keyword: known },
    [optional('database'), optional('schema'), optional('identifier'), optional('type')],
  );
  const base = new Relation(kind, {
    path: changePath(NOWHERE, { database, schema, identifier }),
    type: relationType(type),
    quotePolicy: quoting,
    includePolicy: ALL,
  });
  return base.with(fieldsFrom(base, rest));
}

/** Fields given by name, merged into those that a relation has: what `incorporate` and `replace` take. */
export function fieldsFrom(base: Relation, keyword: ReadonlyMap<string, unknown>): Partial<RelationFields> {
  const fields: { -readonly [name in keyof RelationFields]?: RelationFields[name] } = {};
  for (const [name, value] of keyword) {
    switch (name) {
      case 'path':
        fields.path = changePath(base.path, value);
        break;
      case 'type':
        fields.type = relationType(value);
        break;
      case 'quote_policy':
        fields.quotePolicy = changePolicy(base.quotePolicy, value);
        break;
      case 'include_policy':
        fields.includePolicy = changePolicy(base.includePolicy, value);
        break;
      case 'limit':
        fields.limit = number(name, value);
        break;
      case 'dbt_created':
        fields.dbtCreated = value === true;
        break;
      case 'external':
        fields.external = text(name, value);
        break;
      case 'catalog':
        fields.catalog = text(name, value);
        break;
      case 'information_schema_view':
        fields.informationSchemaView = text(name, value);
        break;
      default:
    }
  }
  return fields;
}

function text(name: string, value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new DbtError('relation-invalid', `A relation's ${name} is text or none, not ${typeName(value)}`);
}

function number(name: string, value: unknown): number | null {
  if (value === null || typeof value === 'number') return value;
  throw new DbtError('relation-invalid', `A relation's ${name} is a number or none, not ${typeName(value)}`);
}
