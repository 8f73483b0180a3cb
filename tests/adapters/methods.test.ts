import { describe, expect, it } from 'vitest';
import type { AdapterCall } from '../../src/adapters/base/adapter.js';
import type { Column } from '../../src/adapters/base/column.js';
import { Relation } from '../../src/adapters/base/relation.js';
import { Table } from '../../src/adapters/base/table.js';
import { DUCKDB_COLUMN, DUCKDB_RELATION } from '../../src/adapters/duckdb/kinds.js';
import { duckdb } from '../../src/adapters/duckdb/plugin.js';
import { adapterPlugin } from '../../src/adapters/registry.js';
import type { RuntimeConfig } from '../../src/contracts/runtime-config.js';
import { NO_KEYWORDS, type PyTuple, pyStr } from '../../src/jinja/values.js';

/** The names that dbt-duckdb 1.11.1 offers to templates, without `behavior`, which is no method. */
const NAMES = `add_query already_exists assert_valid_snapshot_target_given_strategy batch_id_for_model
  build_catalog_relation cache_added cache_dropped cache_renamed catalog_supports_foreign_keys check_schema_exists
  convert_datetimes_to_strs convert_type create_schema disable_transactions drop_relation drop_schema ensure_transaction
  escape_sql_string execute existing_key_constraint_types expand_target_column_types external_read_location
  external_root external_write_options get_binding_char get_catalog_integration get_column_schema_from_query
  get_columns_in_relation get_columns_in_table get_hard_deletes_behavior get_incremental_strategy_macro
  get_missing_columns get_partitions_metadata get_relation get_seed_file_path get_temp_relation_path is_ducklake
  is_motherduck location_exists parse_index quote quote_as_configured quote_seed_column rename_relation
  render_raw_columns_constraints render_raw_model_constraints run_sql_for_tests standardize_grants_dict store_relation
  truncate_relation use_ducklake_table_workarounds valid_incremental_strategies valid_snapshot_target warn_once`.split(
  /\s+/,
);

function make(
  output: { readonly [key: string]: unknown } = {},
  quoting: object = {},
): ReturnType<typeof duckdb.create> {
  const made = duckdb.parseCredentials({ type: 'duckdb', ...output }, { profile: 'p', target: 'dev' });
  return duckdb.create({
    target: { profile_name: 'p', target_name: 'dev', type: 'duckdb', ...made },
    cwd: process.cwd(),
    project: { project_name: 'shop', root: process.cwd(), quoting, flags: {} },
  } as unknown as RuntimeConfig);
}

const adapter = make();

function parse(name: string, ...positional: unknown[]): unknown {
  return adapter.methods.get(name)?.parse({ positional, keyword: NO_KEYWORDS });
}

const relation = new Relation(DUCKDB_RELATION, {
  path: { database: 'memory', schema: 'main', identifier: 't' },
  type: 'table',
});

describe("Jinja's adapter", () => {
  it('has the names of dbt-duckdb, and commit', () => {
    expect([...adapter.methods.keys()].sort()).toEqual(
      [
        ...NAMES,
        'commit',
        'external_copy_options',
        'external_forget',
        'external_keep',
        'external_write_location',
        'external_written',
      ].sort(),
    );
  });

  it.each([
    ['get_relation', null],
    ['get_columns_in_relation', []],
    ['get_missing_columns', []],
    ['get_column_schema_from_query', []],
    ['check_schema_exists', false],
    ['already_exists', false],
    ['drop_relation', null],
    ['create_schema', null],
    ['get_incremental_strategy_macro', null],
    ['get_hard_deletes_behavior', null],
  ])('%s gives a stub while parsing, whatever its arguments', (name, stub) => {
    expect(parse(name)).toEqual(stub);
  });

  it('gives an empty table for a query while parsing', () => {
    const result = parse('execute', 'select 1') as PyTuple;
    expect(result.items[0]).toBe('');
    expect((result.items[1] as Table).rows).toHaveLength(0);
  });

  it('quotes as the project says', () => {
    const quoting = make({}, { schema: false });
    const quote = (key: string): unknown =>
      quoting.methods.get('quote_as_configured')?.parse({ positional: ['x', key], keyword: NO_KEYWORDS });
    expect([quote('schema'), quote('identifier'), quote('foo')]).toEqual(['x', '"x"', 'x']);
    expect(parse('quote', 'a')).toBe('"a"');
    expect([parse('quote_seed_column', 'c', null), parse('quote_seed_column', 'c', false)]).toEqual(['"c"', 'c']);
    expect(() => parse('quote_seed_column', 'c', 'yes')).toThrow('quote_columns');
  });

  it('writes constraints as dbt-duckdb does', () => {
    const columns = {
      id: { name: 'id', data_type: 'int', constraints: [{ type: 'not_null' }, { type: 'primary_key' }] },
      'B c': {
        name: 'B c',
        data_type: 'varchar',
        quote: true,
        constraints: [{ type: 'foreign_key', to: '"db"."main"."p"', to_columns: ['id'] }, { type: 'check' }],
      },
    };
    expect(parse('render_raw_columns_constraints', columns)).toEqual([
      'id int not null primary key',
      '"B c" varchar references "main"."p" (id)',
    ]);
    const constraints = [
      { type: 'primary_key', columns: ['a', 'b'] },
      { type: 'check', name: 'pos', expression: 'a > 0', columns: [] },
      { type: 'unique', columns: ['a'], expression: 'x' },
      { type: 'foreign_key', columns: ['a'], expression: 'p (id)' },
      { type: 'not_null', columns: ['a'] },
    ];
    expect(parse('render_raw_model_constraints', constraints)).toEqual([
      'primary key (a, b)',
      'constraint pos check (a > 0)',
      'unique x (a)',
      'foreign key (a) references p (id)',
    ]);
    expect(() => parse('render_raw_model_constraints', [{ type: 'odd' }])).toThrow('Could not parse constraint');
  });

  it('writes the options of external files', () => {
    const options: Record<string, unknown> = { partition_by: 'a, b' };
    expect(parse('external_write_options', 'out/x.CSV.gz', options)).toBe(
      'partition_by (a, b), format csv, compression gzip, header 1',
    );
    expect(parse('external_write_options', 'x', { delimiter: '|' })).toBe("delimiter '|', format csv, header 1");
    expect(parse('external_write_options', 'x', {})).toBe('format parquet');
    expect(parse('external_read_location', 'out/x', { partition_by: 'a, b', format: 'csv' })).toBe('out/x/*/*/*.csv');
    expect(parse('external_read_location', 'out/x.parquet', {})).toBe('out/x.parquet');
  });

  it('does not take a strategy that DuckDB has not', () => {
    const macro = (strategy: string | null, context: object): unknown =>
      adapter.methods
        .get('get_incremental_strategy_macro')
        ?.run({} as AdapterCall, { positional: [context, strategy], keyword: NO_KEYWORDS });
    expect(() => macro('insert_overwrite', {})).toThrow("The incremental strategy 'insert_overwrite' is not valid");
    expect(() => macro('mine', {})).toThrow('macro with the name "get_incremental_mine_sql" in shop');
    expect(macro('delete+insert', { get_incremental_delete_insert_sql: 'found' })).toBe('found');
    expect(macro(null, { get_incremental_default_sql: 'default' })).toBe('default');
  });

  it('keeps grants of one privilege together', () => {
    const table = new Table(
      ['grantee', 'privilege_type'],
      ['Text', 'Text'],
      [
        ['a', 'select'],
        ['b', 'select'],
        ['a', 'insert'],
      ],
    );
    expect(parse('standardize_grants_dict', table)).toEqual({ select: ['a', 'b'], insert: ['a'] });
  });

  it('names an index anew each time', () => {
    const index = parse('parse_index', { columns: ['a'], unique: true }) as { name(relation: string): string };
    expect(index.name('t')).toMatch(/^[0-9a-f]{32}$/);
    expect(index.name('t')).not.toBe(index.name('t'));
    expect(parse('parse_index', null)).toBeNull();
    expect(() => parse('parse_index', { column: 'a' })).toThrow("'columns' is a required property");
  });

  it('says that an engine is not known', () => {
    expect(() => adapterPlugin('duckdbb')).toThrow('Could not find adapter type duckdbb!');
    expect(adapterPlugin('duckdb').packageName).toBe('dbt_duckdb');
  });
});

describe("Jinja's adapter at work", () => {
  async function withCall(use: (call: AdapterCall) => Promise<void>): Promise<void> {
    const open = make();
    const connection = await open.acquire('model.shop.x');
    try {
      await use({
        adapter: open,
        connection,
        node: null,
        runMacro: (name) => Promise.reject(new Error(`no macro ${name}`)),
        warn: () => undefined,
      });
    } finally {
      await connection.release();
      await open.close();
    }
  }
  const run = (call: AdapterCall, name: string, ...positional: unknown[]): unknown =>
    call.adapter.methods.get(name)?.run(call, { positional, keyword: NO_KEYWORDS });

  it('begins a transaction only when asked to, and ends it by a failure', () =>
    withCall(async (call) => {
      const answer = (await run(call, 'execute', 'select 1 as a', false, true)) as PyTuple;
      expect(pyStr(answer.items[0])).toBe('OK');
      expect((answer.items[1] as Table).rows[0]?.values).toEqual([1]);
      expect(call.connection.inTransaction).toBe(false);
      await run(call, 'execute', 'create table t (a int)', true);
      expect(call.connection.inTransaction).toBe(true);
      await expect(run(call, 'execute', 'select nope')).rejects.toThrow('Binder Error');
      expect(call.connection.inTransaction).toBe(false);
      await expect(run(call, 'execute', 'select * from t')).rejects.toThrow('does not exist');
      await run(call, 'add_query', 'create table t (a int)');
      await run(call, 'commit');
      await run(call, 'execute', 'select * from t');
    }));

  it('describes a query, structures flattened, a comment at its end', () =>
    withCall(async (call) => {
      const columns = (await run(
        call,
        'get_column_schema_from_query',
        "select 1 as a, {'x': 'y'} as s -- end",
      )) as Column[];
      expect(columns.map((c) => [c.column, c.dtype])).toEqual([
        ['a', 'INTEGER'],
        ['s.x', 'VARCHAR'],
      ]);
      expect(columns[0]?.kind).toBe(DUCKDB_COLUMN);
    }));

  it('asks a macro for what a schema holds, once', () =>
    withCall(async (call) => {
      let asked = 0;
      const runMacro = (name: string): Promise<unknown> => {
        asked += 1;
        expect(name).toBe('list_relations_without_caching');
        return Promise.resolve(
          new Table(['d', 'n', 's', 't'], ['Text', 'Text', 'Text', 'Text'], [['memory', 't', 'main', 'table']]),
        );
      };
      const asking = { ...call, runMacro };
      expect(pyStr(await run(asking, 'get_relation', 'memory', 'main', 't'))).toBe(pyStr(relation));
      expect(await run(asking, 'get_relation', 'memory', 'main', 'u')).toBeNull();
      await expect(run(asking, 'get_relation', 'memory', 'main', 'T')).rejects.toThrow('differs in letter case');
      expect(asked).toBe(1);
    }));

  it('finds out whether files are there', () =>
    withCall(async (call) => {
      expect(await run(call, 'location_exists', 'no/such.csv')).toBe(false);
      expect(await run(call, 'location_exists', 'tests/cases/adapters/cells.json')).toBe(true);
    }));

  it('does not drop what has no type', () =>
    withCall(async (call) => {
      await expect(run(call, 'drop_relation', relation.with({ type: null }))).rejects.toThrow('its type is null');
      await expect(run(call, 'drop_relation', 'text')).rejects.toThrow('to be a relation, got: text');
    }));
});
