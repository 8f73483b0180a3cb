import { DbtError } from '../../diagnostics/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictGet,
  type HostObject,
  hostFunction,
  isDict,
  isUndefined,
  JINJA,
  pyStr,
} from '../../jinja/values.js';
import { ephemeralRelation, RELATION_TYPES, type Relation, type RelationKind } from './relation.js';
import { createRelation, fieldsFrom, relationType } from './relation-create.js';
import { ALL, type Component, FieldsView, type Policy } from './relation-path.js';

type Method = (relation: Relation, args: CallArgs) => unknown;

const optional = (name: string): { name: string; default: unknown } => ({ name, default: null });
const PARTS = [optional('database'), optional('schema'), optional('identifier')];

function parts(fnName: string, args: CallArgs): { [part in Component]?: never } {
  const [database, schema, identifier] = bindArguments(fnName, args, PARTS);
  return { database, schema, identifier } as { [part in Component]?: never };
}

/** Values that are constants of the class. */
const CONSTANTS: { readonly [name: string]: string } = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  MaterializedView: 'materialized_view',
  External: 'external',
  PointerTable: 'pointer_table',
  Function: 'function',
};

const PROPERTIES: { readonly [name: string]: (relation: Relation) => unknown } = {
  database: (r) => r.database,
  schema: (r) => r.schema,
  identifier: (r) => r.identifier,
  table: (r) => r.identifier,
  name: (r) => r.identifier,
  type: (r) => r.type,
  path: (r) => new FieldsView('Path', { ...r.path }),
  include_policy: (r) => new FieldsView('Policy', { ...r.includePolicy }),
  quote_policy: (r) => new FieldsView('Policy', { ...r.quotePolicy }),
  quote_character: (r) => r.kind.quoteCharacter,
  require_alias: (r) => r.kind.requireAlias,
  dbt_created: (r) => r.dbtCreated,
  limit: (r) => r.limit,
  catalog: (r) => r.catalog,
  external: (r) => r.external,
  event_time_filter: (r) =>
    r.eventTimeFilter &&
    new FieldsView('EventTimeFilter', {
      field_name: r.eventTimeFilter.fieldName,
      start: r.eventTimeFilter.start,
      end: r.eventTimeFilter.end,
    }),
  information_schema_view: (r) => r.informationSchemaView,
  is_table: (r) => r.type === 'table',
  is_view: (r) => r.type === 'view',
  is_cte: (r) => r.type === 'cte',
  is_materialized_view: (r) => r.type === 'materialized_view',
  is_pointer: (r) => r.type === 'pointer_table',
  is_function: (r) => r.type === 'function',
  can_be_renamed: (r) => r.type !== null && r.kind.renameable.has(r.type),
  can_be_replaced: (r) => r.type !== null && r.kind.replaceable.has(r.type),
  renameable_relations: (r) => [...r.kind.renameable],
  replaceable_relations: (r) => [...r.kind.replaceable],
};

const METHODS: { readonly [name: string]: Method } = {
  render: (r) => r.render(),
  render_limited: (r) => r.renderLimited(),
  render_event_time_filtered: (r, { positional }) =>
    r.renderEventTimeFiltered(typeof positional[0] === 'string' ? positional[0] : undefined),
  quoted: (r, args) => r.quoted(pyStr(bindArguments('quoted', args, ['identifier'])[0])),
  include: (r, args) => r.include(parts('include', args)),
  quote: (r, args) => r.quote(parts('quote', args)),
  matches: (r, args) => r.matches(parts('matches', args)),
  replace_path: (r, { keyword }) => {
    bindArguments('__init__', { positional: [], keyword }, PARTS);
    return r.with(fieldsFrom(r, new Map([['path', keyword]])));
  },
  incorporate: (r, { keyword }) => r.with(fieldsFrom(r, keyword)),
  replace: (r, { keyword }) => r.with(fieldsFrom(r, keyword)),
  without_identifier: (r) => r.withoutIdentifier(),
  information_schema: (r, { positional, keyword }) => {
    const view = positional[0] ?? keyword.get('view_name');
    return r.informationSchema(typeof view === 'string' ? view : null);
  },
  information_schema_only: (r) => r.informationSchema(null),
  get: (r, args) => {
    const [key, fallback] = bindArguments('get', args, ['key', optional('default')]);
    if (key === 'metadata') return { type: r.kind.className };
    const value = typeof key === 'string' ? relationAttribute(r, key) : undefined;
    return value === undefined ? fallback : value;
  },
  to_dict: (r, { keyword }) => plainRelation(r, keyword.get('omit_none') === true),
  get_function_config: (_r, args) => functionConfig(bindArguments('get_function_config', args, ['model'])[0]),
  get_function_macro_name: (_r, args) => {
    const [config] = bindArguments('get_function_macro_name', args, ['config']);
    const view = config as HostObject | null;
    return `${pyStr(view?.[JINJA.attr]?.('type'))}_function_${pyStr(view?.[JINJA.attr]?.('language'))}`;
  },
};

/** What `relation.name` is in a template; undefined when there is nothing of that name. */
export function relationAttribute(relation: Relation, name: string): unknown {
  if (Object.hasOwn(PROPERTIES, name)) return PROPERTIES[name]?.(relation);
  if (Object.hasOwn(METHODS, name)) return hostFunction(name, (args) => METHODS[name]?.(relation, args));
  return classAttribute(relation.kind, relation.kind.quotePolicy, name);
}

/** What the class offers, as `api.Relation.name` and on every relation. */
function classAttribute(kind: RelationKind, quoting: Policy, name: string): unknown {
  if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
  switch (name) {
    case 'create':
      return hostFunction(name, (args) => createRelation(kind, quoting, args));
    case 'create_ephemeral_from':
      return hostFunction(name, ({ positional, keyword }) => {
        const node = positional[0] as { readonly alias?: unknown; readonly name?: unknown };
        const limit = positional[1] ?? keyword.get('limit');
        return ephemeralRelation(kind, pyStr(node?.alias ?? node?.name), typeof limit === 'number' ? limit : null);
      });
    case 'add_ephemeral_prefix':
      return hostFunction(name, (args) => `__dbt__cte__${pyStr(bindArguments(name, args, ['name'])[0])}`);
    case 'get_default_quote_policy':
      return hostFunction(name, () => new FieldsView('Policy', { ...kind.quotePolicy }));
    case 'get_default_include_policy':
      return hostFunction(name, () => new FieldsView('Policy', { ...ALL }));
    case 'get_relation_type':
      return relationTypes;
    case 'scd_args':
      return hostFunction(name, (args) => {
        const [key, updatedAt] = bindArguments(name, args, ['primary_key', 'updated_at']);
        return [...(Array.isArray(key) ? key : [key]), updatedAt];
      });
    default:
      return undefined;
  }
}

/** `api.Relation`: the class, its `create` with the project's quoting. */
export class RelationClass implements HostObject {
  readonly [JINJA.type] = 'RelationProxy';
  readonly kind: RelationKind;
  readonly quoting: Policy;

  constructor(kind: RelationKind, quoting: Policy) {
    this.kind = kind;
    this.quoting = quoting;
  }

  [JINJA.attr](name: string): unknown {
    return classAttribute(this.kind, this.quoting, name);
  }

  [JINJA.str](): string {
    return `<class '${this.kind.className}'>`;
  }
}

/** dbt's enumeration of types: called with a name, or with the type as an attribute. */
const relationTypes: HostObject = {
  [JINJA.attr]: (name) =>
    Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : name === 'Ephemeral' ? 'ephemeral' : undefined,
  [JINJA.call]: ({ positional }) => relationType(positional[0]),
  [JINJA.iter]: () => RELATION_TYPES,
  [JINJA.str]: () => "<enum 'RelationType'>",
};

function functionConfig(model: unknown): FieldsView | null {
  if (!isDict(model) || dictGet(model, 'resource_type') !== 'function') return null;
  const config = dictGet(model, 'config');
  const of = (key: string): unknown => {
    const value = isDict(config) ? dictGet(config, key) : undefined;
    return isUndefined(value) ? null : value;
  };
  const language = dictGet(model, 'language') ?? '';
  const fields = {
    language,
    type: of('type') ?? '',
    runtime_version: of('runtime_version'),
    entry_point: of('entry_point'),
  };
  if (language === 'python' && fields.runtime_version === null) throw incomplete('A `runtime_version`');
  if (language === 'python' && fields.entry_point === null) throw incomplete('An `entry_point`');
  return new FieldsView('FunctionConfig', fields);
}

function incomplete(what: string): DbtError {
  return new DbtError('function-config', `${what} is required for python functions`, {
    hint: "Add it to the function's config in its properties file.",
  });
}

function plainRelation(r: Relation, omitNone: boolean): { [key: string]: unknown } {
  const keep = (o: { readonly [key: string]: unknown }): { [key: string]: unknown } =>
    Object.fromEntries(Object.entries(o).filter(([, v]) => !omitNone || v !== null));
  return keep({
    path: keep({ ...r.path }),
    type: r.type,
    quote_character: r.kind.quoteCharacter,
    include_policy: { ...r.includePolicy },
    quote_policy: { ...r.quotePolicy },
    dbt_created: r.dbtCreated,
    limit: r.limit,
    event_time_filter: null,
    require_alias: r.kind.requireAlias,
    catalog: r.catalog,
    renameable_relations: [...r.kind.renameable],
    replaceable_relations: [...r.kind.replaceable],
    external: r.external,
  });
}
