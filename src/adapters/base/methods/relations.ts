import { DbtError } from '../../../diagnostics/errors.js';
import { pyStr, requireDefined, typeName } from '../../../jinja/values.js';
import { Relation } from '../relation.js';
import type { SqlAdapter } from '../sql-adapter.js';
import { checked, live, type Methods, nameOf, none, pure } from './define.js';

/** Looking up, creating, renaming and dropping relations and schemas, with the cache kept up. */
export function relationMethods(adapter: SqlAdapter): Methods {
  const relation = (value: unknown, method: string, argument = 'relation'): Relation =>
    adapter.expectRelation(value, method, argument);
  return {
    get_relation: live(
      'get_relation',
      ['database', 'schema', 'identifier'],
      none,
      (call, database, schema, identifier) => {
        for (const name of [database, schema, identifier]) requireDefined(name);
        return adapter.getRelation(call, nameOf(database), nameOf(schema) ?? '', nameOf(identifier));
      },
    ),
    already_exists: live(
      'already_exists',
      ['schema', 'name'],
      () => false,
      async (call, schema, name) => {
        const found = await adapter.getRelation(call, adapter.target.database, pyStr(schema), pyStr(name));
        return found !== null;
      },
    ),
    drop_relation: live('drop_relation', ['relation'], none, async (call, value) => {
      await adapter.dropRelation(call, relation(value, 'drop_relation'));
      return null;
    }),
    truncate_relation: live('truncate_relation', ['relation'], none, async (call, value) => {
      await call.runMacro('truncate_relation', { relation: relation(value, 'truncate_relation') });
      return null;
    }),
    rename_relation: live('rename_relation', ['from_relation', 'to_relation'], none, async (call, from, to) => {
      await adapter.renameRelation(
        call,
        relation(from, 'rename_relation', 'from_relation'),
        relation(to, 'rename_relation', 'to_relation'),
      );
      return null;
    }),
    create_schema: live('create_schema', ['relation'], none, async (call, value) => {
      await adapter.createSchema(call, relation(value, 'create_schema'));
      return null;
    }),
    drop_schema: live('drop_schema', ['relation'], none, async (call, value) => {
      await adapter.dropSchema(call, relation(value, 'drop_schema'));
      return null;
    }),
    check_schema_exists: live(
      'check_schema_exists',
      ['database', 'schema'],
      () => false,
      async (call, database, schema) => {
        const wanted = pyStr(schema).toLowerCase();
        const schemas = await adapter.listSchemas(call, pyStr(database));
        return schemas.some((name) => name.toLowerCase() === wanted);
      },
    ),
    cache_added: pure('cache_added', ['relation'], (value) => {
      adapter.cache.add(cached(value, 'add'));
      return '';
    }),
    cache_dropped: pure('cache_dropped', ['relation'], (value) => {
      adapter.cache.drop(cached(value, 'drop'));
      return '';
    }),
    cache_renamed: pure('cache_renamed', ['from_relation', 'to_relation'], (from, to) => {
      adapter.cache.rename(cached(from, 'rename'), cached(to, 'rename'));
      return '';
    }),
    warn_once: checked('warn_once', ['msg'], none, (call, message) => {
      adapter.warnOnce(call, pyStr(message));
      return null;
    }),
    quote: pure('quote', ['identifier'], (identifier) => adapter.quote(pyStr(identifier))),
    quote_as_configured: pure('quote_as_configured', ['identifier', 'quote_key'], (identifier, key) => {
      const quoted = key === 'database' || key === 'schema' || key === 'identifier' ? adapter.quoting[key] : false;
      return quoted ? adapter.quote(pyStr(identifier)) : identifier;
    }),
    quote_seed_column: pure('quote_seed_column', ['column', 'quote_config'], (column, quoted) => {
      if (quoted !== null && typeof quoted !== 'boolean') {
        throw new DbtError(
          'compilation',
          `The seed configuration value of "quote_columns" has an invalid type <class '${typeName(quoted)}'>`,
          {
            hint: 'Set quote_columns to true or false.',
          },
        );
      }
      return quoted === false ? column : adapter.quote(pyStr(column));
    }),
  };
}

function cached(value: unknown, action: string): Relation {
  if (value instanceof Relation) return value;
  throw new DbtError('relation-invalid', `Attempted to ${action} a null relation in the cache`);
}
