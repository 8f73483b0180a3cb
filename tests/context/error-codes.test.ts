import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProbeShop } from './probe-shop.js';

const shop: { open?: ProbeShop } = {};
beforeAll(async () => {
  shop.open = await ProbeShop.open();
});
afterAll(() => shop.open?.close());

it.each([
  ["{{ exceptions.raise_compiler_error('x') }}", 'compilation'],
  ["{{ exceptions.raise_database_error('x') }}", 'database-raised'],
  ["{{ exceptions.raise_dependency_error('x') }}", 'value-refused'],
  ["{{ exceptions.raise_fail_fast_error('x') }}", 'fail-fast'],
  ['{{ exceptions.raise_contract_error([], []) }}', 'contract'],
  ["{{ exceptions.missing_materialization(model, 'duckdb') }}", 'materialization-missing'],
  ["{{ validation.any('a')('b') }}", 'value-refused'],
  ["{{ adapter.get_hard_deletes_behavior({'hard_deletes': 'x'}) }}", 'value-refused'],
  ["{{ adapter.render_raw_model_constraints([{'type': 'x'}]) }}", 'value-refused'],
  ["{{ adapter.dispatch('x') }}", 'dispatch-failed'],
  ["{{ adapter.drop_relation('x') }}", 'relation-invalid'],
  ["{{ api.Column('a', 'integer').string_size() }}", 'column-type'],
  ["{{ run_query('select 1 as a').order_by('b') }}", 'table-invalid'],
  ["{{ ref('nope') }}", 'ref-missing'],
  ["{{ source('raw', 'nope') }}", 'source-missing'],
  ["{{ metric('nope') }}", 'ref-missing'],
  ["{{ env_var('PROBE_UNSET') }}", 'env-var-missing'],
  ["{{ env_var('DBT_ENV_SECRET_PROBE') }}", 'env-var-secret'],
  ["{{ var('unknown') }}", 'var-missing'],
  ['{{ nope.x }}', 'jinja-undefined'],
  ["{{ 'x' | nope }}", 'jinja-filter-unknown'],
  ["{% include 'x' %}", 'jinja-unsupported'],
  ['{{ modules.pytz.country_names }}', 'jinja-unsupported'],
])('%s is a %s with its place', async (template, code) => {
  const { error } = (await shop.open?.answer(`\n  ${template}`, 'model:orders')) ?? {};
  expect(error?.code).toBe(code);
  expect(error?.diagnostic.span).toMatchObject({ file: 'models/orders.sql', line: 2 });
});

it.each([
  ["{{ adapter.get_hard_deletes_behavior({'hard_deletes': 'x'}) }}", /ignore, invalidate, new_record/],
  ["{{ adapter.render_raw_model_constraints([{'type': 'x'}]) }}", /primary_key/],
  ['{{ adapter.behavior.enable_truthy_nulls_equals_macr }}', /enable_truthy_nulls_equals_macro/],
  ["{{ ref('custommers') }}", /customers/],
  ["{{ run_query('select 1 as amount').order_by('amunt') }}", /amount/],
  ["{{ env_var('PROBE_UNSET') }}", /default/],
  ['{{ adapter.parse_index({}) }}', /columns/],
])('%s says what can be done', async (template, hint) => {
  const { error } = (await shop.open?.answer(template, 'model:orders')) ?? {};
  expect(error?.diagnostic.hint).toMatch(hint);
});

it('names the macros that an error came through', async () => {
  const { error, text } = (await shop.open?.answer('{{ fails() }}', 'model:orders')) ?? {};
  expect(error?.diagnostic.span).toMatchObject({ file: 'macros/probes.sql' });
  expect(error?.diagnostic.notes?.[0]?.message).toBe("in macro 'fails'");
  expect(text).toContain('> in macro fails (macros/probes.sql)\n  > called by model orders (models/orders.sql)');
});
