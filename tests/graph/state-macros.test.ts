import { expect, it } from 'vitest';
import type { Manifest } from '../../src/contracts/manifest.js';
import type { Selectable } from '../../src/graph/selector/resources.js';
import { modifiedMacros } from '../../src/graph/selector/state/macros.js';

const manifest = (texts: { readonly [id: string]: string }): Manifest =>
  ({
    metadata: { adapter_type: 'duckdb' },
    macros: Object.fromEntries(
      Object.entries(texts).map(([id, macro_sql]) => [id, { unique_id: id, macro_sql, depends_on: { macros: [] } }]),
    ),
  }) as unknown as Manifest;
const node = (...macros: string[]): Selectable => ({ depends_on: { macros } }) as unknown as Selectable;

const DBT = {
  'macro.dbt.test_unique': 'a',
  'macro.dbt_duckdb.duckdb__x': 'a',
  'macro.dbt_utils.star': 'a',
  'macro.p.m': 'a',
};
const OURS = {
  ...DBT,
  'macro.dbt.test_unique': 'b',
  'macro.dbt.tsdbt__helper': 'b',
  'macro.dbt_duckdb.duckdb__x': 'b',
};

it('built-in macros of the other tool are no change', () => {
  const touched = modifiedMacros(manifest(OURS), manifest(DBT));
  expect(touched(node('macro.dbt.test_unique', 'macro.dbt_duckdb.duckdb__x', 'macro.dbt.tsdbt__helper'))).toBe(false);
});

it('those of the same tool are, and so are macros of projects and packages in any case', () => {
  expect(
    modifiedMacros(manifest({ ...OURS, 'macro.dbt.test_unique': 'c' }), manifest(OURS))(node('macro.dbt.test_unique')),
  ).toBe(true);
  const moved = modifiedMacros(manifest({ ...OURS, 'macro.p.m': 'b' }), manifest(DBT));
  expect([moved(node('macro.p.m')), moved(node('macro.dbt_utils.star'))]).toEqual([true, false]);
  expect(
    modifiedMacros(manifest(OURS), manifest({ ...DBT, 'macro.dbt_utils.star': 'b' }))(node('macro.dbt_utils.star')),
  ).toBe(true);
});
