import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { type DictLike, isDict, pyStr, truthy } from '../../jinja/values.js';
import type { AdapterCall } from '../base/adapter.js';
import { Column } from '../base/column.js';
import { checked, live, type Methods, member, nameOf, none, optional, pure } from '../base/methods/define.js';
import { runStatement } from '../base/methods/statements.js';
import { Relation } from '../base/relation.js';
import type { SqlAdapter } from '../base/sql-adapter.js';
import type { DuckDbCredentials } from './credentials.js';
import { copyOptions, readLocation, writeOptions } from './external-files.js';
import type { ForeignKeys } from './foreign-keys.js';
import { IndexConfig } from './index-config.js';
import { DUCKDB_COLUMN } from './kinds.js';
import { escapeSqlString } from './secrets.js';

/** What these methods need of the adapter. */
export interface DuckDbEngine extends SqlAdapter {
  readonly credentials: DuckDbCredentials;
  readonly foreignKeys: ForeignKeys;
  /** Where a file of that name is written: what COPY takes. */
  writeLocation(location: string): string;
  /** The same for a model's files: with several of them a directory beside theirs, which is emptied. */
  writePlace(call: AdapterCall, location: string, options: string): string;
  /** Puts what was written there into its place. */
  written(call: AdapterCall, location: string, options: string): void;
  /** Notes the file that DuckDB writes for a model before it is renamed: it goes when the model failed. */
  writesAside(call: AdapterCall, file: string): void;
  /** Keeps what is at a location until `forgetOutput`; without it, it is put back when the model is done. */
  keepOutput(call: AdapterCall, location: string): void;
  forgetOutput(call: AdapterCall): void;
  isDuckLake(relation: unknown): boolean;
}

/** Jinja's `adapter.<name>` that only DuckDB has, or answers in its own way. */
export function duckDbMethods(adapter: DuckDbEngine): Methods {
  const runIds = new Map<string, string>();
  return {
    parse_index: pure('parse_index', ['raw_index'], (raw) => IndexConfig.parse(raw)),
    is_motherduck: pure('is_motherduck', [], () => false),
    disable_transactions: pure('disable_transactions', [], () => adapter.credentials.disable_transactions),
    escape_sql_string: pure('escape_sql_string', ['value'], (value) => escapeSqlString(value)),
    external_root: pure('external_root', [], () => adapter.credentials.external_root),
    get_binding_char: pure('get_binding_char', [], () => '?'),
    is_ducklake: pure('is_ducklake', ['relation'], (relation) => adapter.isDuckLake(relation)),
    use_ducklake_table_workarounds: pure('use_ducklake_table_workarounds', ['relation'], () => false),
    external_write_options: pure(
      'external_write_options',
      ['write_location', 'rendered_options'],
      (location, options) => writeOptions(pyStr(location), dict(options, 'external_write_options')),
    ),
    // Our own.
    external_write_location: checked(
      'external_write_location',
      ['write_location', optional('options', '')],
      () => '',
      (call, location, options) => adapter.writePlace(call, pyStr(location), pyStr(options)),
    ),
    // Our own.
    external_written: checked('external_written', ['write_location', 'options'], none, (call, location, options) => {
      adapter.written(call, pyStr(location), pyStr(options));
      return null;
    }),
    // Our own.
    external_keep: checked('external_keep', ['location'], none, (call, location) => {
      adapter.keepOutput(call, pyStr(location));
      return null;
    }),
    external_forget: checked('external_forget', [], none, (call) => {
      adapter.forgetOutput(call);
      return null;
    }),
    external_copy_options: checked(
      'external_copy_options',
      ['write_location', 'options'],
      () => '',
      (call, location, options) => {
        const place = resolve(adapter.writeLocation(pyStr(location)));
        // Without its directory DuckDB's error is to name the file, not the one aside.
        if (!existsSync(dirname(place))) return pyStr(options);
        const { text, aside } = copyOptions(pyStr(location), pyStr(options));
        if (aside !== null) adapter.writesAside(call, adapter.writeLocation(aside));
        return text;
      },
    ),
    external_read_location: pure(
      'external_read_location',
      ['write_location', 'rendered_options'],
      (location, options) => readLocation(pyStr(location), dict(options, 'external_read_location')),
    ),
    ensure_transaction: checked('ensure_transaction', [], none, async (call) => {
      if (call.connection.inTransaction) return null;
      if (adapter.credentials.disable_transactions) {
        adapter.warnOnce(
          call,
          'disable_transactions is set, but tables with foreign key constraints are rebuilt in place in a transaction, so that a failed build does not lose their data.',
        );
      }
      await call.connection.begin();
      return null;
    }),
    location_exists: checked(
      'location_exists',
      ['location'],
      () => false,
      async (call, location) => {
        try {
          await runStatement(call, `select 1 from '${pyStr(location)}' where 1=0`, {});
          return true;
        } catch (error) {
          if (isDbtError(error) && error.code !== 'interrupted') return false;
          throw error;
        }
      },
    ),
    get_column_schema_from_query: live(
      'get_column_schema_from_query',
      ['sql'],
      () => [],
      async (call, sql) => {
        const { rows } = await runStatement(call, `DESCRIBE (${pyStr(sql)}\n)`, { fetch: true });
        return rows.flatMap(([name, type]) =>
          new Column(DUCKDB_COLUMN, { column: pyStr(name), dtype: pyStr(type) }).flatten(),
        );
      },
    ),
    store_relation: checked(
      'store_relation',
      ['plugin_name', 'relation', 'column_list', 'path', 'format', 'config'],
      none,
      (_call, plugin) => {
        throw new DbtError('compilation', `Plugin ${pyStr(plugin)} not found; tsdbt has no plugins of dbt-duckdb`, {
          hint: 'Take `plugin` and `glue_register` out of the model’s config.',
        });
      },
    ),
    catalog_supports_foreign_keys: checked(
      'catalog_supports_foreign_keys',
      ['database'],
      () => false,
      (call, database) => adapter.foreignKeys.supported(call, pyStr(database)),
    ),
    existing_key_constraint_types: checked(
      'existing_key_constraint_types',
      ['relation'],
      () => [],
      async (call, value) => {
        const relation = adapter.expectRelation(value, 'existing_key_constraint_types', 'relation');
        const { database, schema, identifier } = relation;
        if (database === null || schema === null || identifier === null) {
          throw new DbtError(
            'relation-invalid',
            `Foreign key metadata requires a relation with a database, schema, and identifier; got ${relation}`,
          );
        }
        return [...(await adapter.foreignKeys.existing(call, { database, schema, identifier }))].sort();
      },
    ),
    batch_id_for_model: pure('batch_id_for_model', ['model'], (model) => batchId(model)),
    get_temp_relation_path: pure('get_temp_relation_path', ['model', optional('batch_id', '')], (model, batch) => {
      const name = pyStr(model instanceof Relation ? model.identifier : member(model, 'identifier'));
      let id = runIds.get(name);
      if (id === undefined) {
        id = randomUUID().split('-').at(-1) ?? '';
        runIds.set(name, id);
      }
      return {
        schema: 'dbt_temp',
        database: nameOf(model instanceof Relation ? model.database : member(model, 'database')),
        identifier: truthy(batch) ? `${name}__${id}__${pyStr(batch)}` : `${name}__${id}`,
      };
    }),
  };
}

function dict(value: unknown, method: string): DictLike {
  if (isDict(value)) return value;
  throw new DbtError('compilation', `adapter.${method} needs a dictionary of options`);
}

/** A microbatch's stretch of time as part of a name; '' outside of one. */
function batchId(model: unknown): string {
  const start = member(member(model, 'batch'), 'event_time_start');
  if (start === null || !truthy(start)) return '';
  return pyStr(start).replaceAll(/[-:+]/g, '').replaceAll(' ', '_');
}
