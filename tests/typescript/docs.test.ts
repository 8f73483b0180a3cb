import { afterEach, expect, it } from 'vitest';
import { docExamples } from '../helpers/doc-examples.js';
import { Project } from '../runner/project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

it('the examples of docs/typescript-models.md build, twice', async () => {
  const examples = docExamples('typescript-models.md');
  expect(Object.keys(examples).length).toBeGreaterThanOrEqual(9);
  project = new Project({
    ...examples,
    'data/.keep': '',
    'seeds/people.csv': 'id,name\n1,ann lee\n2,bo\n',
    'models/after.sql': "select 1 as one -- {{ ref('people') }} {{ ref('customer_names') }}\n",
  });
  await project.run(['seed']);
  const first = await project.run(['build']);
  expect(first.output).toMatch(/WARN=0 ERROR=0 SKIP=0/);
  expect((await project.run(['build'])).output).toMatch(/WARN=0 ERROR=0 SKIP=0/);
  const query = `select (select list(t order by customer_id)::varchar from {{ ref('order_totals') }} t) as totals,
    (select list(t order by id)::varchar from {{ ref('customer_names') }} t) as names,
    (select list(t order by day)::varchar from {{ ref('daily_rates') }} t) as rates,
    (select answer from {{ ref('from_parquet') }}) as answer`;
  const shown = await project.run(['show', '--inline', query, '--output', 'json', '--quiet']);
  expect(JSON.parse(shown.output).show).toEqual([
    {
      totals:
        "[{'customer_id': 0, 'amount': 27.0, 'tax': 3.6, 'shipping': 3}, {'customer_id': 1, 'amount': 18.0, 'tax': 2.4, 'shipping': 3}, {'customer_id': 2, 'amount': 22.5, 'tax': 3.0, 'shipping': 3}]",
      names: "[{'id': 1, 'name': Ann Lee, 'initials': [a, l]}, {'id': 2, 'name': Bo, 'initials': [b]}]",
      rates:
        "[{'day': 2026-01-01, 'currency': EUR, 'rate': 1.080000}, {'day': 2026-01-02, 'currency': EUR, 'rate': 1.090000}]",
      answer: 42,
    },
  ]);
});
