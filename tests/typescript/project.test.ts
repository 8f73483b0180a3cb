import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from '../runner/project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

/** The rows that `show --output json --quiet` prints. */
function rowsOf(output: string): unknown {
  expect(output).toMatch(/^\{/);
  return JSON.parse(output).show;
}

describe('TypeScript models in a project', () => {
  it('import helpers, packages, JSON and each other’s helpers, in circles too', async () => {
    project = new Project({
      'models/one.ts': [
        "import type { Model } from 'tsdbt';",
        "import { even } from './lib/even.js';",
        "import { shared } from './lib/shared';",
        "import { greet } from 'greeting';",
        "import data from '../data/list.json' with { type: 'json' };",
        'export const model: Model = async () => {',
        "  const { late } = await import('./lib/late.ts');",
        '  return [{ even: even(data.length), text: greet(late), count: shared.count++ }];',
        '};',
      ].join('\n'),
      'models/two.ts':
        "import { shared } from './lib/shared.ts';\nexport const model = ({ ref }) => [{ one: ref('one').identifier, count: shared.count++ }];\n",
      'models/lib/even.ts':
        "import { odd } from './odd.ts';\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);\n",
      'models/lib/odd.ts':
        "import { even } from './even.ts';\nexport const odd = (n: number): boolean => n !== 0 && even(n - 1);\n",
      'models/lib/shared.ts': 'export const shared = { count: 0 };\n',
      'models/lib/late.ts': "export const late: string = 'late';\n",
      'models/lib/types.d.ts': 'export interface Unused {}\n',
      'data/list.json': '[1, 2, 3, 4]\n',
      'node_modules/greeting/package.json':
        '{ "name": "greeting", "exports": { "import": "./esm.mjs", "require": "./cjs.cjs" } }\n',
      'node_modules/greeting/esm.mjs': 'export const greet = (name) => `hello ${name}`;\n',
      'node_modules/greeting/cjs.cjs': 'exports.greet = () => "wrong";\n',
    });
    // Twice: modules are fresh in each invocation.
    for (let i = 0; i < 2; i++) {
      expect((await project.run(['run'])).output).toContain('PASS=2 WARN=0 ERROR=0');
      const query = "select even, text, o.count, one, t.count as next from {{ ref('one') }} o, {{ ref('two') }} t";
      const shown = await project.run(['show', '--inline', query, '--output', 'json', '--quiet']);
      expect(rowsOf(shown.output)).toEqual([{ even: true, text: 'hello late', count: 0, one: 'one', next: 1 }]);
    }
  });

  it('of a local package are run in place and where `deps` has linked it, with the place of an error', async () => {
    project = new Project({
      'packages.yml': 'packages: [{local: lib/scores}]\n',
      'models/a.sql': "select * from {{ ref('score') }}\n",
      'lib/scores/dbt_project.yml': "name: scores\nversion: '1.0'\n",
      'lib/scores/models/score.ts':
        "import { twice } from './lib/twice.js';\nexport const model = () => [{ n: twice(2) }];\n",
      'lib/scores/models/lib/twice.ts': 'export const twice = (n: number): number => 2 * n;\n',
    });
    expect((await project.run(['run'])).output).toContain('PASS=2 WARN=0 ERROR=0');
    expect((await project.run(['deps'])).exitCode).toBe(0);
    expect(existsSync(join(project.root, 'dbt_packages/scores'))).toBe(true);
    expect((await project.run(['run'])).output).toContain('PASS=2 WARN=0 ERROR=0');
    writeFileSync(
      join(project.root, 'lib/scores/models/lib/twice.ts'),
      'export const twice = (): number => {\n  throw new Error("too much");\n};\n',
    );
    expect((await project.run(['run'])).output).toContain('--> dbt_packages/scores/models/lib/twice.ts:2:9');
  });

  it('run in a project that is reached by a link', async () => {
    project = new Project({ 'models/m.ts': 'export const model = (): object[] => [{ n: 1 }];\n' });
    const link = `${project.root}-link`;
    symlinkSync(project.root, link);
    try {
      const result = await project.run(['run', '--project-dir', link, '--profiles-dir', link]);
      expect(result.output).toContain('PASS=1 WARN=0 ERROR=0');
    } finally {
      rmSync(link);
    }
  });

  it('are parsed again when they or their local imports change, and are modified then', async () => {
    project = new Project({
      'models/a.sql': 'select 1 as id\n',
      'models/m.ts':
        "import { n } from '../lib/x.ts';\nexport const model = ({ ref }) => `select ${n} as n from ${ref('a')}`;\n",
      'lib/x.ts': "export { n } from './y.ts';\n",
      'lib/y.ts': 'export const n = 1;\n',
    });
    const manifest = () => JSON.parse(readFileSync(join(project?.root ?? '', 'target/manifest.json'), 'utf8'));
    await project.run(['parse']);
    const before = manifest().nodes['model.shop.m'].checksum.checksum;
    mkdirSync(join(project.root, 'state'));
    writeFileSync(join(project.root, 'state/manifest.json'), JSON.stringify(manifest()));
    const unchanged = await project.run(['ls', '--select', 'state:modified', '--state', 'state']);
    expect(unchanged.output).toContain('No nodes selected');
    writeFileSync(join(project.root, 'lib/y.ts'), 'export const n = 2;\n');
    const modified = await project.run(['ls', '--select', 'state:modified', '--state', 'state']);
    expect(modified.output.trim()).toContain('shop.m');
    expect(modified.output).not.toContain('shop.a');
    expect(manifest().nodes['model.shop.m'].checksum.checksum).not.toBe(before);
    expect((await project.run(['run'])).output).toContain('PASS=2');
    const shown = await project.run([
      'show',
      '--inline',
      "select * from {{ ref('m') }}",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(rowsOf(shown.output)).toEqual([{ n: 2 }]);
  });

  it('are ephemeral, views, snapshotted, tested, unit tested, compiled and shown as others are', async () => {
    project = new Project({
      'dbt_project.yml':
        "name: shop\nversion: '1.0'\nprofile: case\nvars: { least: 2, text: 'a' }\nflags: { send_anonymous_usage_stats: false }\n",
      'models/a.sql': "select i as id, 'n' || i as name from range(5) t(i)\n",
      'models/eph.ts':
        "export const model = ({ ref, config }) => {\n  config({ materialized: 'ephemeral' });\n  return `select id * 10 as id, name from ${ref('a')}`;\n};\n",
      'models/from_eph.ts':
        "export const model = async function* (dbt) {\n  for await (const row of dbt.query(`select * from ${dbt.ref('eph')} where id >= $1`, [dbt.var<number>('least') * 10])) yield { ...row, doubled: row.id * 2n };\n};\n",
      'models/from_eph_sql.sql': "select max(id) as id from {{ ref('eph') }}\n",
      'models/as_view.ts':
        "export const model = ({ ref, config, this: self, envVar, model, target }) => {\n  config({ materialized: 'view', meta: { k: 1 } });\n  return `select count(*) as n, '${self}' as me, '${envVar('TSM_ENV', 'none')}' as env, '${model.name} ${target.name} ${config.metaGet('k')} ${config.get('alias')} ${config.get('nope', 'dflt')}' as info from ${ref('from_eph')}`;\n};\n",
      'models/custom.ts':
        "export const model = ({ config }) => {\n  config({ materialized: 'twice' });\n  return [{ x: 1 }];\n};\n",
      'macros/twice.sql':
        "{% materialization twice, default %}\n{%- set relation = this.incorporate(type='table') -%}\n{%- call statement('main') -%}create or replace table {{ relation }} as ({{ sql }}) union all ({{ compiled_code }}){%- endcall -%}\n{%- do adapter.commit() -%}\n{{ return({'relations': [relation]}) }}\n{% endmaterialization %}\n",
      'models/days.sql':
        "{{ config(event_time='day') }}\nselect timestamp '2026-11-01' + i * interval 1 day as day, i as n from range(5) t(i)\n",
      'models/daily.ts':
        "export const model = async function* ({ ref, config, query, model }) {\n  config({ materialized: 'incremental', incremental_strategy: 'microbatch', event_time: 'day', batch_size: 'day', begin: '2026-11-01' });\n  for await (const row of query(`select * from ${ref('days')}`)) yield { ...row, batch: model.batch.id };\n};\n",
      'models/versioned_v2.ts': "export const model = ({ ref }) => `select * from ${ref('a')}`;\n",
      'models/uses_version.ts':
        "export const model = ({ ref }) => `select * from ${ref('versioned', { version: 2 })}`;\n",
      'models/schema.yml': `version: 2
models:
  - name: from_eph
    columns: [{ name: id, data_tests: [unique, not_null] }]
  - name: versioned
    latest_version: 2
    versions: [{ v: 2 }]
unit_tests:
  - name: rows_of_a_typescript_model
    model: from_eph
    overrides: { vars: { least: 3 } }
    given:
      - input: ref('eph')
        rows: [{ id: 20, name: x }, { id: 30, name: y }]
    expect:
      rows: [{ id: 30, name: y, doubled: 60 }]
  - name: query_of_a_typescript_model
    model: uses_version
    given:
      - input: ref('versioned', v=2)
        rows: [{ id: 7 }]
    expect:
      rows: [{ id: 7 }]
`,
      'snapshots/s.sql':
        "{% snapshot s %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('from_eph') }}{% endsnapshot %}\n",
    });
    const built = await project.run(['build', '--event-time-start', '2026-11-01', '--event-time-end', '2026-11-03']);
    expect(built.output).toMatch(/PASS=14 WARN=0 ERROR=0 SKIP=0/);
    const shown = await project.run(['show', '--select', 'as_view', '--output', 'json', '--quiet']);
    expect(rowsOf(shown.output)).toEqual([
      { n: 3, me: '"db"."main"."as_view"', env: 'none', info: 'as_view dev 1 null dflt' },
    ]);
    const days = await project.run([
      ...['show', '--inline', "select batch, list(n) as n from {{ ref('daily') }} group by all order by 1"],
      ...['--output', 'json', '--quiet'],
    ]);
    expect(rowsOf(days.output)).toEqual([
      { batch: '20261101', n: '[0]' },
      { batch: '20261102', n: '[1]' },
    ]);
    const custom = await project.run([
      'show',
      '--inline',
      "select list(x) as xs from {{ ref('custom') }}",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(rowsOf(custom.output)).toEqual([{ xs: '[1, 1]' }]);
    const limited = await project.run(['show', '--select', 'from_eph', '--limit', '1', '--output', 'json', '--quiet']);
    expect(rowsOf(limited.output)).toHaveLength(1);
    const root = project.root;
    const target = (path: string): string => readFileSync(join(root, 'target', path), 'utf8');
    expect(target('compiled/shop/models/eph.sql')).toBe('select id * 10 as id, name from "db"."main"."a"');
    // A model that is a table is not run to be compiled.
    const compiled = await project.run(['compile', '--select', 'from_eph', 'as_view', '--target-path', 'other']);
    expect(compiled.exitCode).toBe(0);
    expect(readdirSync(join(root, 'other/compiled/shop/models')).sort()).toEqual([
      'as_view.sql',
      'from_eph.ts',
      'schema.yml',
    ]);
    expect(readFileSync(join(root, 'other/compiled/shop/models/from_eph.ts'), 'utf8')).toContain('dbt.query');
    // Nothing temporary is left.
    const tables = await project.run([
      'show',
      '--inline',
      "select count(*) as n from duckdb_tables() where table_name like '%tsdbt%' or table_name like '%tmp%'",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(rowsOf(tables.output)).toEqual([{ n: 0 }]);
    const empty = await project.run(['build', '--empty', '--exclude', 's', 'daily']);
    expect(empty.output).toMatch(/ERROR=0 SKIP=0/);
    const nothing = await project.run([
      'show',
      '--inline',
      "select count(*) as n from {{ ref('from_eph') }}",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(rowsOf(nothing.output)).toEqual([{ n: 0 }]);
  });

  it('end when the run is cancelled, and leave the table as it was', async () => {
    project = new Project({
      'models/endless.ts': [
        "import { existsSync } from 'node:fs';",
        'export const model = async function* ({ signal, log }) {',
        "  signal.addEventListener('abort', () => log('told of the end'));",
        '  yield { n: 1 };',
        "  if (!existsSync(new URL('../go', import.meta.url))) return;",
        '  for (let i = 2; ; i++) {',
        '    yield { n: i };',
        "    if (i === 5000) log('half way', { info: true });",
        '    if (i === 5000) await new Promise(() => {});',
        '  }',
        '};',
      ].join('\n'),
      'models/after.sql': "select * from {{ ref('endless') }}\n",
    });
    expect((await project.run(['run'])).output).toContain('PASS=2');
    writeFileSync(join(project.root, 'go'), '');
    const controller = new AbortController();
    const result = await project.run(['run'], {
      signal: controller.signal,
      onEvent: ({ info }) => {
        if (info.msg === 'half way') controller.abort();
      },
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.results.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(existsSync(join(project.root, 'logs/dbt.log'))).toBe(true);
    expect(readFileSync(join(project.root, 'logs/dbt.log'), 'utf8')).toContain('told of the end');
    const shown = await project.run([
      'show',
      '--inline',
      "select * from {{ ref('endless') }}",
      '--output',
      'json',
      '--quiet',
    ]);
    expect(rowsOf(shown.output)).toEqual([{ n: 1 }]);
  });
});
