import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project;
afterEach(() => project.remove());

async function rows(sql: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(join(project.root, 'db.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const found = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return found;
}

const statuses = (): { [id: string]: string } => {
  const { results } = JSON.parse(readFileSync(join(project.root, 'target/run_results.json'), 'utf8')) as {
    results: { unique_id: string; status: string }[];
  };
  return Object.fromEntries(results.map((r) => [r.unique_id.split('.').at(-1) as string, r.status]));
};

/** Small parts of dbt 1.12 that tsdbt has already. */
describe('dbt 1.12', () => {
  it('on_error: continue runs what depends on a model that failed, skip_children does not', async () => {
    project = new Project({
      'models/goes_on.sql': "{{ config(on_error='continue') }} select nope",
      'models/stops.sql': "{{ config(on_error='skip_children') }} select nope",
      'models/a.sql': "-- {{ ref('goes_on') }}\nselect 1 as i",
      'models/b.sql': "-- {{ ref('stops') }}\nselect 1 as i",
    });
    expect((await project.run(['run'])).exitCode).toBe(1);
    expect(statuses()).toEqual({ goes_on: 'error', stops: 'error', a: 'success', b: 'skipped' });
  });

  it('latest_version_pointer: a view of the latest version, by config or flag, which keeps up', async () => {
    const versions = (latest: number, more = ''): string =>
      `models:\n  - name: dim\n    latest_version: ${latest}\n${more}    versions: [{v: 1}, {v: 2}]\n`;
    const pointer = '    config: {latest_version_pointer: {enabled: true, alias: dim_now}}\n';
    project = new Project({
      'models/dim_v1.sql': "{{ config(materialized='table') }} select 1 as i",
      'models/dim_v2.sql':
        "{{ config(materialized='table', post_hook='create table if not exists once (i int)') }} select 2 as i",
      'models/s.yml': versions(1, pointer),
    });
    expect((await project.run(['run'])).exitCode).toBe(0);
    expect(await rows('select i from dim_now')).toEqual([[1]]);
    writeFileSync(join(project.root, 'models/s.yml'), versions(2, pointer));
    expect((await project.run(['run'])).exitCode).toBe(0);
    expect(await rows('select i from dim_now')).toEqual([[2]]);
    // By the flag, without a name of its own.
    writeFileSync(join(project.root, 'models/s.yml'), versions(2));
    const flags = 'flags: {latest_version_pointer_enabled_by_default: true}\n';
    writeFileSync(join(project.root, 'dbt_project.yml'), `name: shop\nprofile: case\n${flags}`);
    expect((await project.run(['run', '-s', 'dim.v2'])).exitCode).toBe(0);
    expect(
      await rows("select i, (select table_type from information_schema.tables where table_name = 'dim') from dim"),
    ).toEqual([[2, 'VIEW']]);
    expect(statuses()).toEqual({ v2: 'success' });
    // The version has the name itself.
    writeFileSync(join(project.root, 'models/s.yml'), versions(2).replace('{v: 2}', '{v: 2, config: {alias: dim}}'));
    const { output, exitCode } = await project.run(['run', '-s', 'dim.v2']);
    expect(exitCode).toBe(1);
    expect(output).toContain(
      "error[pointer-collision]: Cannot create latest version pointer: the latest version of 'dim'",
    );
  });

  it('allow_jinja_file_extensions: .sql.jinja, .sql.jinja2, .sql.j2 and .md.jinja', async () => {
    const files = {
      'models/a.sql.jinja': "{{ config(materialized='table') }} select {{ one() }} as i",
      'models/sub/b.sql.j2': "select * from {{ ref('a') }}",
      'models/docs.md.jinja': '{% docs words %}Words.{% enddocs %}',
      'models/s.yml': 'models: [{name: b, description: "{{ doc(\'words\') }}"}]',
      'macros/m.sql.jinja2': '{% macro one() %}1{% endmacro %}',
      'tests/t.sql.jinja': "select * from {{ ref('b') }} where i <> 1",
    };
    project = new Project(files);
    expect((await project.run(['ls'])).output).not.toContain('case');
    project.remove();
    const flags = 'flags: {allow_jinja_file_extensions: true}\n';
    project = new Project({ ...files, 'dbt_project.yml': `name: shop\nprofile: case\n${flags}` });
    const { output, exitCode } = await project.run(['build']);
    expect(exitCode, output).toBe(0);
    expect(statuses()).toEqual({ a: 'success', b: 'success', t: 'pass' });
    expect(existsSync(join(project.root, 'target/compiled/shop/models/sub/b.sql.j2'))).toBe(true);
  });
});
