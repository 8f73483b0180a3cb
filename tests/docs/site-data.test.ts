import { describe, expect, it } from 'vitest';
import { collectSiteData } from '../../src/docs/collect-site-data.js';
import { fillTemplate, scriptJson } from '../../src/docs/embed.js';
import { ATTACK, hostileSite, plainSite } from './site-fixture.js';

describe('the data of the site', () => {
  const data = collectSiteData(plainSite());
  const node = (id: string) => data.nodes.find((n) => n.id === id);

  it('joins what the project says and what the database has', () => {
    expect(node('model.select_demo.fct_orders')?.columns).toEqual([
      { name: 'ORDER_ID', type: 'BIGINT' },
      { name: 'amount', type: 'DECIMAL(18,2)', only: 'database' },
      { name: 'customer_id', only: 'project' },
    ]);
    expect(node('model.select_demo.fct_orders')).toMatchObject({
      materialized: 'table',
      color: 'gold',
      run: { status: 'success', seconds: 0.25 },
      compiled: 'select 1 as order_id -- compiled',
    });
    expect(node('model.select_demo.fct_orders')?.details).toContainEqual(['Owner', 'Fin <fin@example.com>']);
    expect(node('model.select_demo.fct_orders')?.details).toContainEqual(['Rows', '12']);
  });

  it('knows what a test tests', () => {
    const test = node(
      'test.select_demo.relationships_fct_orders_customer_id__customer_id__ref_dim_customers_.d5636051d4',
    );
    expect(test?.test).toMatchObject({
      kind: 'relationships',
      column: 'customer_id',
      arguments: { field: 'customer_id' },
    });
    expect(data.nodes[test?.test?.on ?? -1]?.id).toBe('model.select_demo.fct_orders');
    expect(node('test.select_demo.orders_positive')?.test).toEqual({ kind: 'singular' });
  });

  it('shows how a function is called', () => {
    const { manifest, ...rest } = plainSite();
    const plus = {
      ...Object.values(manifest.nodes).find((n) => n.resource_type === 'analysis'),
      unique_id: 'function.select_demo.plus',
      resource_type: 'function',
      name: 'plus',
      config: { materialized: 'function', type: 'scalar', volatility: 'stable' },
      returns: { data_type: 'integer', description: null },
      arguments: [
        { name: 'a', data_type: 'integer', description: null, default_value: null },
        { name: 'b', data_type: 'integer', description: null, default_value: 2 },
      ],
    };
    const functions = { [plus.unique_id]: plus } as never;
    const shown = collectSiteData({ ...rest, manifest: { ...manifest, functions } });
    expect(shown.nodes.find((n) => n.id === plus.unique_id)?.details).toEqual([
      ['Type', 'scalar'],
      ['Signature', 'plus(a integer, b integer = 2) -> integer'],
      ['Volatility', 'stable'],
    ]);
  });

  it('names sources and versions as people do', () => {
    expect(node('source.select_demo.raw.orders')?.label).toBe('raw.orders');
    expect(node('model.select_demo.dim_products.v1')?.label).toBe('dim_products.v1');
  });

  it('leaves out what is hidden, internal or an operation', () => {
    expect(node('model.select_demo.blank')).toEqual({
      id: 'model.select_demo.blank',
      type: 'model',
      name: 'blank',
      package: 'select_demo',
      path: 'models/blank.sql',
      hidden: true,
    });
    expect(JSON.stringify(data)).not.toContain('SECRET-TEXT');
    expect(data.nodes.some((n) => n.type === 'operation')).toBe(false);
    expect(data.macros.map((macro) => macro.id).sort()).toEqual([
      'macro.select_demo.own_macro',
      'macro.select_demo.test_same_rows',
    ]);
  });

  it('has the edges of the manifest', () => {
    const parents = (node('model.select_demo.fct_orders')?.parents ?? []).map((at) => data.nodes[at]?.id).sort();
    expect(parents).toEqual([
      'model.select_demo.dim_customers',
      'model.select_demo.stg_orders',
      'model.select_demo.stg_payments',
    ]);
  });

  it('works without catalog and results', () => {
    const { manifest } = plainSite();
    const bare = collectSiteData({ manifest, catalog: null });
    expect(bare.nodes).toHaveLength(data.nodes.length);
    expect(bare.runAt).toBeUndefined();
  });
});

describe('embedding', () => {
  it('leaves nothing that HTML or JavaScript could read', () => {
    const text = scriptJson(collectSiteData(hostileSite()));
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(collectSiteData(hostileSite()))));
  });

  it('does not look for marks in data, nor for patterns in a replacement', () => {
    const page = fillTemplate('a @@tsdbt-title@@ b @@tsdbt-data@@ c', ATTACK, {
      x: "$& $' @@tsdbt-data@@ @@tsdbt-title@@",
    });
    expect(page).toContain('"$\\u0026 $\' @@tsdbt-data@@ @@tsdbt-title@@"');
    expect(page).toContain('a &lt;img src=x onerror="window.hacked=1"&gt;');
    expect(() => fillTemplate('none', 'x', {})).toThrow();
  });
});
