import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DbtError, invoke, isEventOf, openProject, streamEvents } from '../../src/index.js';
import { makeProject } from '../helpers/project.js';

const SHOP = {
  'models/orders.sql':
    "{{ config(materialized='table') }}\nselect {{ var('n', 1) }} as id, '{{ target.name }}' as target\n",
  'models/totals.sql': "select count(*) as n from {{ ref('orders') }}\n",
  'models/eph.sql': "{{ config(materialized='ephemeral') }}\nselect * from {{ ref('totals') }}\n",
  'models/asks.sql':
    "{% if execute %}{% set r = run_query('select 41 + 1').columns[0].values()[0] %}{% endif %}\nselect {{ r }} as n, * from {{ ref('eph') }}\n",
  'models/schema.yml': 'version: 2\nmodels: [{ name: orders, columns: [{ name: id, data_tests: [unique] }] }]\n',
};

/** What a command reads of the project. */
function files(cwd: string): { readonly cwd: string; readonly env: { readonly HOME: string } } {
  return { cwd, env: { HOME: cwd } };
}

describe('a project that is opened', () => {
  it('is selected from, compiled and run without being read again', async () => {
    const cwd = makeProject(SHOP);
    const project = await openProject(files(cwd));
    expect([project.name, project.root]).toEqual(['demo', cwd]);
    expect(
      project
        .select({ select: 'orders+', resourceTypes: ['model'] })
        .slice()
        .sort(),
    ).toEqual(['asks', 'eph', 'orders', 'totals'].map((name) => `model.demo.${name}`));
    expect(project.select('orders+').filter((id) => id.startsWith('test.demo.unique_orders_id.'))).toHaveLength(1);
    expect(project.select({ select: ['orders', 'totals'], exclude: 'orders', resourceTypes: ['model'] })).toEqual([
      'model.demo.totals',
    ]);
    expect(project.select('nothing_of_that_name')).toEqual([]);
    expect(() => project.select('no_method:x')).toThrow(DbtError);
    const { sql, node } = await project.compile('model.demo.asks');
    expect(sql).toContain('select 42 as n, * from __dbt__cte__eph');
    expect(node).toMatchObject({ compiled: true, extra_ctes: [{ id: 'model.demo.eph' }] });
    await expect(project.compile('model.demo.ordrs')).rejects.toMatchObject({
      code: 'node-unknown',
      diagnostic: { hint: "Did you mean 'model.demo.orders'?" },
    });

    // A file that has changed is not seen before it is asked for.
    writeFileSync(join(cwd, 'models/totals.sql'), "select 7 as n from {{ ref('orders') }}\n");
    const built = await project.invoke(['build']);
    expect(built).toMatchObject({ success: true, exitCode: 0 });
    expect(readFileSync(join(cwd, 'target/compiled/demo/models/totals.sql'), 'utf8')).toContain('count(*)');
    await project.refresh();
    expect((await project.compile('model.demo.totals')).sql).toContain('select 7 as n');
  });

  it('is another one with other variables or another environment, as with invoke', async () => {
    const cwd = makeProject(SHOP);
    const project = await openProject({ ...files(cwd), args: ['--vars', '{n: 5}'] });
    expect((await project.compile('model.demo.orders')).sql).toContain('select 5 as id');
    const own = await project.invoke(['compile', '--select', 'orders']);
    expect(own.manifest?.nodes['model.demo.orders']).toMatchObject({
      compiled_code: expect.stringContaining('select 5 as id'),
    });
    const other = await openProject(files(cwd));
    for (const n of [6, 7, 6]) {
      const { manifest } = await other.invoke(['compile', '--select', 'orders', '--vars', `{n: ${n}}`]);
      expect(manifest?.nodes['model.demo.orders']).toMatchObject({
        compiled_code: expect.stringContaining(`select ${n} as id`),
      });
    }
    expect((await other.compile('model.demo.orders')).sql).toContain('select 1 as id');
  });

  it('that can not be read is an error with its place', async () => {
    const cwd = makeProject({ 'models/a.sql': "select * from {{ ref('b') }}\n" });
    await expect(openProject(files(cwd))).rejects.toMatchObject({
      code: 'ref-missing',
      diagnostic: { span: { file: 'models/a.sql', line: 1 } },
    });
  });

  it('answers several at once', async () => {
    const cwd = makeProject(SHOP);
    const project = await openProject(files(cwd));
    const ids = ['model.demo.orders', 'model.demo.totals', 'model.demo.eph'];
    const compiled = await Promise.all(ids.map((id) => project.compile(id)));
    expect(compiled.map(({ unique_id: id }) => id)).toEqual(ids);
    const runs = await Promise.all([1, 2].map(() => project.invoke(['run', '--lock-timeout', '20'])));
    expect(runs.map(({ exitCode, error }) => [exitCode, error?.message])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
  });
});

describe('the events of a command', () => {
  it('are a stream, typed by their names', async () => {
    const cwd = makeProject(SHOP);
    const seen: string[] = [];
    const stream = streamEvents(['run', '--select', 'orders', 'totals'], files(cwd));
    for await (const event of stream) {
      if (isEventOf(event, 'LogModelResult')) seen.push(`${event.data.status} ${event.data.index}/${event.data.total}`);
      if (isEventOf(event, 'CommandCompleted')) seen.push(String(event.data.success));
    }
    expect(seen).toEqual(['OK 1/2', 'OK 2/2', 'true']);
    expect((await stream.result).exitCode).toBe(0);
    // It can be read again, from its beginning.
    const names: string[] = [];
    for await (const { info } of stream) names.push(info.name);
    expect(names[0]).toBe('MainReportVersion');
  });
});

describe('the process', () => {
  it('has nothing left of an invocation that was cancelled, a TypeScript model among it', async () => {
    const cwd = makeProject({
      'models/slow.sql':
        "{{ config(materialized='table') }}\nselect count(*) as n from range(1000000) a, range(1000000) b where a.range * b.range = 7\n",
      'models/endless.ts':
        'export const model = async function* () { yield { a: 1 }; await new Promise(() => {}); };\n',
      'models/ok.ts': 'export const model = () => [{ a: 1 }];\n',
    });
    const before = process.getActiveResourcesInfo().sort();
    const controller = new AbortController();
    let started = 0;
    const result = await invoke(['run', '--threads', '3'], {
      ...files(cwd),
      signal: controller.signal,
      onEvent: (event) => {
        if (isEventOf(event, 'LogStartLine') && ++started === 3) setTimeout(() => controller.abort(), 100);
      },
    });
    expect(result).toMatchObject({ success: false, exitCode: 2, error: { code: 'interrupted' } });
    const left = process.getActiveResourcesInfo().sort();
    expect(left.filter((name) => name === 'Timeout' || name === 'MessagePort').length).toBeLessThanOrEqual(
      before.filter((name) => name === 'Timeout' || name === 'MessagePort').length,
    );
    expect(process.listenerCount('SIGINT')).toBe(0);
    // The database is free and consistent.
    expect(await invoke(['run', '--select', 'ok'], files(cwd))).toMatchObject({ exitCode: 0 });
  });
});
