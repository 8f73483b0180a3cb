import { DbtError } from '../../../diagnostics/errors.js';
import { pyStr } from '../../../jinja/values.js';
import type { AdapterCall } from '../adapter.js';
import { Relation } from '../relation.js';
import type { SqlAdapter } from '../sql-adapter.js';
import { live, type Methods, member, none, optional } from './define.js';

/** The columns of relations, and comparing them. */
export function columnMethods(adapter: SqlAdapter): Methods {
  const relation = (value: unknown, method: string, argument: string): Relation =>
    adapter.expectRelation(value, method, argument);
  return {
    get_columns_in_relation: live(
      'get_columns_in_relation',
      ['relation'],
      () => [],
      async (call, value) => [
        ...(await adapter.getColumns(call, relation(value, 'get_columns_in_relation', 'relation'))),
      ],
    ),
    get_columns_in_table: live(
      'get_columns_in_table',
      ['schema', 'identifier'],
      () => [],
      async (call, schema, name) => {
        const table = new Relation(adapter.kinds.relation, {
          path: { database: adapter.target.database, schema: pyStr(schema), identifier: pyStr(name) },
          quotePolicy: adapter.quoting,
        });
        return [...(await adapter.getColumns(call, table))];
      },
    ),
    get_missing_columns: live(
      'get_missing_columns',
      ['from_relation', 'to_relation'],
      () => [],
      async (call, from, to) => {
        const source = await adapter.getColumns(call, relation(from, 'get_missing_columns', 'from_relation'));
        const target = await adapter.getColumns(call, relation(to, 'get_missing_columns', 'to_relation'));
        const known = new Set(target.map((column) => column.column));
        return source.filter((column) => !known.has(column.column));
      },
    ),
    expand_target_column_types: live(
      'expand_target_column_types',
      ['from_relation', 'to_relation'],
      none,
      async (call, from, to) => {
        await expandColumnTypes(
          adapter,
          call,
          relation(from, 'expand_target_column_types', 'from_relation'),
          relation(to, 'expand_target_column_types', 'to_relation'),
        );
        return null;
      },
    ),
    valid_snapshot_target: live(
      'valid_snapshot_target',
      ['relation', optional('column_names')],
      none,
      async (call, value, names) => {
        await checkSnapshot(adapter, call, relation(value, 'valid_snapshot_target', 'relation'), names, REQUIRED);
        return null;
      },
    ),
    assert_valid_snapshot_target_given_strategy: live(
      'assert_valid_snapshot_target_given_strategy',
      ['relation', 'column_names', 'strategy'],
      none,
      async (call, value, names, strategy) => {
        const target = relation(value, 'assert_valid_snapshot_target_given_strategy', 'relation');
        const marked = member(strategy, 'hard_deletes') === 'new_record';
        await checkSnapshot(adapter, call, target, names, marked ? [...REQUIRED, 'dbt_is_deleted'] : REQUIRED);
        return null;
      },
    ),
  };
}

const REQUIRED: readonly string[] = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'];

/** A snapshot's table must have dbt's columns, under the names that the project gives them. */
async function checkSnapshot(
  adapter: SqlAdapter,
  call: AdapterCall,
  target: Relation,
  names: unknown,
  required: readonly string[],
): Promise<void> {
  const present = new Set((await adapter.getColumns(call, target)).map((column) => column.column.toLowerCase()));
  const wanted = required.map((name) => (names === null ? name : pyStr(member(names, name) ?? name)));
  const missing = wanted.filter((name) => !present.has(name.toLowerCase()));
  if (missing.length === 0) return;
  throw new DbtError(
    'compilation',
    `Snapshot target is missing configured columns (missing ${missing.map((name) => `"${name}"`).join(', ')}). ` +
      'See https://docs.getdbt.com/docs/build/snapshots#snapshot-meta-fields for more information.',
  );
}

/** Widens text columns of the target that are narrower than the source's. */
async function expandColumnTypes(
  adapter: SqlAdapter,
  call: AdapterCall,
  goal: Relation,
  current: Relation,
): Promise<void> {
  if (!adapter.hasSizedText) return;
  const targets = new Map((await adapter.getColumns(call, current)).map((column) => [column.column, column]));
  for (const column of await adapter.getColumns(call, goal)) {
    const target = targets.get(column.column);
    if (!target?.canExpandTo(column)) continue;
    await call.runMacro('alter_column_type', {
      relation: current,
      column_name: column.column,
      new_column_type: `character varying(${pyStr(column.stringSize())})`,
    });
  }
}
