import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

/** Runs one model and gives what is printed about its failure. */
async function failureOf(files: { readonly [path: string]: string }): Promise<string> {
  project = new Project(files);
  const { output, exitCode } = await project.run(['run']);
  expect(exitCode).toBe(1);
  return output;
}

describe('the place of an error that the engine reports', () => {
  it('is the line of the model, whatever Jinja stands before it', async () => {
    const model = [
      "{{ config(materialized='table') }}",
      '{#- a comment',
      '    of several lines -#}',
      "{% set columns = ['a', 'b', 'c'] %}",
      'select',
      '{% for c in columns %}  1 as {{ c }},',
      '{% endfor %}  nope',
      'from (select 1 as x)',
    ];
    const output = await failureOf({ 'models/m.sql': `\n\n${model.join('\n')}\n` });
    expect(output).toContain('models/m.sql:9:15');
    expect(output).toContain('target/compiled/shop/models/m.sql:');
    expect(output).toMatch(/> +9 \| \{% endfor %\} {2}nope/);
  });

  it('is the expression that made the text', async () => {
    const output = await failureOf({
      'macros/m.sql': '{% macro col() %}not_there{% endmacro %}',
      'models/m.sql': 'select\n  {{ col() }}\nfrom (select 1 as x)\n',
    });
    expect(output).toContain('models/m.sql:2:3');
  });

  it('is in the ephemeral model whose CTE is wrong', async () => {
    const output = await failureOf({
      'models/e.sql':
        "{{ config(materialized='ephemeral') }}\nselect 1 as id,\n  missing_column\nfrom (select 2 as x)\n",
      'models/m.sql': "select * from {{ ref('e') }}\n",
    });
    expect(output).toContain('models/e.sql:3:3');
  });

  it('is the line of a model with carriage returns, a byte order mark and letters beyond ASCII', async () => {
    const output = await failureOf({
      'models/m.sql': "\uFEFF-- größer 😀\r\nselect 'ä' as a,\r\n  nope\r\nfrom (select 1 as x)\r\n",
    });
    expect(output).toContain('models/m.sql:3:3');
  });

  it('is the template that ran the query', async () => {
    const output = await failureOf({
      'models/m.sql': "select 1 as a,\n  {{ run_query('select nope').rows[0][0] if execute }} as b\n",
    });
    expect(output).toContain('models/m.sql:2:');
  });
});
