/** A day's rows, and the window of the microbatch model. */
export const WINDOW = ['--event-time-start', '2026-01-01', '--event-time-end', '2026-01-05'];

const config = (text: string): string => `{{ config(${text}) }}\n`;
const incremental = (strategy: string, more = ''): string =>
  config(`materialized='incremental', incremental_strategy='${strategy}'${more}`);

/** What each version has: enough rows that a statement takes a moment, so that a kill can hit it. */
const ROWS = { 1: 40_000, 2: 60_000 };

/**
 * A project with every kind of thing that a build writes, in version 1 or 2. Both define the same relations with other rows, some
 * with other columns or of another type. Building version 2 twice gives the rows of building it once.
 */
export function projectOf(n: 1 | 2): { readonly [path: string]: string } {
  const rows = ROWS[n];
  const since = (column: string): string => `{% if is_incremental() %}where ${column} >= ${ROWS[1] / 2}{% endif %}`;
  return {
    'dbt_project.yml': `name: demo
version: '1.0'
profile: case
on-run-start: "create table if not exists audit (model varchar, v integer)"
models:
  demo:
    +post-hook: "insert into audit values ('{{ this.identifier }}', ${n})"
seeds:
  demo:
    anew: {+full_refresh: true}
snapshots:
  demo:
    +post-hook: "insert into audit values ('{{ this.identifier }}', ${n})"
`,
    'profiles.yml': JSON.stringify({
      case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'db.duckdb', threads: 2 } } },
    }),
    'seeds/people.csv': `id,name\n${Array.from({ length: 400 * n }, (_, i) => `${i},name ${i * n}\n`).join('')}`,
    'seeds/anew.csv': `id,v\n${Array.from({ length: 2000 * n }, (_, i) => `${i},${n}\n`).join('')}`,
    'models/base.sql': `${config("materialized='table'")}select range as id, ${n} as v from range(${rows})`,
    'models/narrow.sql': `select id${n === 2 ? ', v' : ''} from {{ ref('base') }} where id < 100`,
    'models/indexed.sql': `${config("materialized='table', indexes=[{'columns': ['id'], 'unique': true}]")}select id, name, ${n} as v from {{ ref('people') }}`,
    'models/to_table.sql': `${config(`materialized='${n === 1 ? 'view' : 'table'}'`)}select id, v from {{ ref('base') }}`,
    'models/to_view.sql': `${config(`materialized='${n === 2 ? 'view' : 'table'}'`)}select id, v from {{ ref('base') }}`,
    'models/inc_append.sql': `${incremental('append')}select id from {{ ref('base') }}
{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}`,
    'models/inc_delete.sql': `${incremental('delete+insert', ", unique_key='id'")}select id, v from {{ ref('base') }} ${since('id')}`,
    'models/inc_merge.sql': `${incremental('merge', ", unique_key='id'")}select id, v from {{ ref('base') }} ${since('id')}`,
    'models/inc_columns.sql': `${incremental('merge', ", unique_key='id', on_schema_change='sync_all_columns'")}select id${n === 2 ? ', v as fresh' : ', v as stale'} from {{ ref('base') }}`,
    'models/inc_anew.sql': `${incremental('append', ', full_refresh=true')}select id, v from {{ ref('base') }}`,
    'models/events.sql': `${config("materialized='table', event_time='happened'")}select range as id, ${n} as v, timestamp '2026-01-01' + (range % 96) * interval 1 hour as happened from range(${rows})`,
    'models/batches.sql': `${incremental('microbatch', ", event_time='happened', batch_size='day', begin='2026-01-01'")}select id, v, happened from {{ ref('events') }}`,
    'models/ext_parquet.sql': `${config("materialized='external', location='out/rows.parquet'")}select id, v from {{ ref('base') }}`,
    'models/ext_csv.sql': `${config("materialized='external', location='out/rows.csv'")}select id, v from {{ ref('base') }}`,
    'models/ext_json.sql': `${config("materialized='external', location='out/rows.json'")}select id, v from {{ ref('base') }}`,
    'models/ext_new.sql': `${config(`materialized='external', location='out/new_${n}.parquet'`)}select id, v from {{ ref('base') }}`,
    'models/parts.sql': `${config("materialized='external', location='out/parts', options={'partition_by': 'part', 'overwrite_or_ignore': true}")}select id, v, id % 3 as part from {{ ref('base') }}`,
    'models/calls.sql': `${config("materialized='table_function', parameters=['least']")}select id, v from {{ ref('base') }} where id >= least`,
    'models/s.yml': `models:
  - name: base
    columns:
      - name: id
        data_tests:
          - unique: {config: {store_failures: true}}
      - name: v
        data_tests:
          - unique: {name: many_v, config: {store_failures: true, severity: warn}}
          - accepted_values: {name: seen_v, arguments: {values: [0]}, config: {store_failures_as: view, severity: warn}}
  - name: indexed
unit_tests:
  - name: of_indexed
    model: indexed
    given: [{input: ref('people'), rows: [{id: 1, name: x}]}]
    expect: {rows: [{id: 1, name: x, v: ${n}}]}
`,
    'snapshots/by_time.yml': `snapshots:
  - name: by_time
    relation: ref('people_at')
    config: {strategy: timestamp, updated_at: changed, unique_key: id}
  - name: by_check
    relation: ref('people')
    config: {strategy: check, check_cols: all, unique_key: id, hard_deletes: invalidate}
`,
    // COPY makes no directories.
    'out/readme.txt': 'external models\n',
    'models/people_at.sql': `select id, name, timestamp '2026-01-0${n}' as changed from {{ ref('people') }}`,
  };
}
