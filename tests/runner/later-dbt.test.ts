import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project;
afterEach(() => project.remove());

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
