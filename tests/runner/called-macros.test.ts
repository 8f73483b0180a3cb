import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Project } from './project.js';

const FILES = {
  'macros/m.sql': `
{% macro outer() %}{{ inner() }}{% endmacro %}
{% macro inner() %}1{% endmacro %}
{% macro late() %}2{% endmacro %}
{% macro in_hook() %}select 1{% endmacro %}
`,
  'models/a.sql': `{{ config(post_hook='{{ in_hook() }}') }} select {{ outer() }} as id {% if execute %}, {{ late() }} as b{% endif %}`,
  'models/a.yml': 'models:\n  - name: a\n    columns: [{name: id, data_tests: [not_null]}]\n',
  'tests/never.sql': "select * from {{ ref('a') }} where {{ late() }} = 3",
};

// Recorded from dbt-core 1.11.16 with dbt-duckdb 1.11.1.
const OF_TESTS = ['macro.dbt.get_limit_subquery_sql', 'macro.dbt.should_store_failures', 'macro.dbt.statement'];
const AFTER_BUILD = {
  'model.shop.a': ['macro.shop.outer', 'macro.shop.in_hook', 'macro.shop.late'],
  'test.shop.never': ['macro.shop.late', ...OF_TESTS],
  'test.shop.not_null_a_id.c1cebc1440': ['macro.dbt.test_not_null', 'macro.dbt.get_where_subquery', ...OF_TESTS],
};

it("what a node's templates call only when it runs is in the manifest afterwards, as in dbt", async () => {
  const project = new Project(FILES);
  try {
    expect((await project.run(['build'])).success).toBe(true);
    const { nodes } = JSON.parse(readFileSync(join(project.root, 'target/manifest.json'), 'utf8')) as {
      nodes: { [id: string]: { depends_on: { macros: string[] } } };
    };
    expect(Object.fromEntries(Object.entries(nodes).map(([id, n]) => [id, n.depends_on.macros]))).toEqual(AFTER_BUILD);
  } finally {
    project.remove();
  }
});
