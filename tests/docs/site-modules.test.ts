import { describe, expect, it } from 'vitest';
import { collectSiteData } from '../../src/docs/collect-site-data.js';
import { selectPositions } from '../../src/docs/site/graph/select.js';
import { SiteIndex } from '../../src/docs/site/index-data.js';
import { graphHref, parseRoute } from '../../src/docs/site/router.js';
import { search } from '../../src/docs/site/search.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { selectNodes } from '../../src/graph/selector/select-nodes.js';
import { plainSite } from './site-fixture.js';

const input = plainSite();
const index = new SiteIndex(collectSiteData(input));

describe('the address', () => {
  it.each([
    ['', { page: 'overview', id: '' }],
    ['#!/overview', { page: 'overview', id: '' }],
    ['#!/overview/demo_pkg', { page: 'overview', id: 'demo_pkg' }],
    ['#!/model/model.p.a', { page: 'item', id: 'model.p.a' }],
    ['#!/model/model.p.a%2Fb%20c', { page: 'item', id: 'model.p.a/b c' }],
    ['#!/model/%E0%A4%A', { page: 'item', id: '%E0%A4%A' }],
    ['#!/graph', { page: 'graph', select: '', exclude: '' }],
    ['#!/model/model.p.a?g_v=1&g_i=%2Ba%2B', { page: 'graph', select: '+a+' }],
    ['#!/overview?g_v=1&g_i=+a+&g_e=tag:x', { page: 'graph', select: '+a+', exclude: 'tag:x' }],
  ])('%s', (hash, expected) => expect(parseRoute(hash)).toMatchObject(expected));

  it('goes there and back', () => {
    expect(parseRoute(graphHref('+a+ tag:x', 'b,c'))).toMatchObject({
      page: 'graph',
      select: '+a+ tag:x',
      exclude: 'b,c',
    });
  });
});

describe('the select box', () => {
  const { manifest } = input;
  const graph = createGraph(manifest);
  it.each([
    'fct_orders',
    '+fct_orders',
    'fct_orders+',
    '2+fct_orders+1',
    '@stg_customers',
    'stg_*',
    'tag:nightly',
    'tag:nightly+',
    'tag:nightly,resource_type:model',
    'stg_orders stg_customers',
    'source:raw',
    'source:raw.orders+',
    'exposure:board',
    'package:demo_pkg',
    'path:models/staging',
    'models/marts/finance',
    'resource_type:seed',
    'config.materialized:ephemeral',
    'nope:x',
    'nope',
  ])('selects what the command line selects: %s', (text) => {
    const names = [...selectPositions(index, text)].map((at) => index.nodes[at]?.id).sort();
    if (text === 'nope:x') {
      expect(names).toEqual([]);
      return;
    }
    const { ids } = selectNodes({
      manifest,
      graph,
      select: [text],
      indirectSelection: 'empty',
      includeEmptyNodes: true,
    });
    expect(names).toEqual([...ids].sort());
  });
});

describe('search', () => {
  const titles = (query: string) => search(index, query).map((hit) => hit.title);
  it('puts names before mentions', () => {
    expect(titles('fct_orders')[0]).toBe('fct_orders');
    expect(titles('FCT')[0]).toBe('fct_orders');
    expect(titles('orders fct')[0]).toBe('fct_orders');
  });
  it('finds columns, tags, code and macros, and says why', () => {
    expect(search(index, 'decimal')).toEqual([]);
    expect(search(index, 'nightly')[0]).toMatchObject({ reason: 'tag' });
    expect(search(index, 'customer_id').some((hit) => hit.reason === 'column')).toBe(true);
    expect(titles('own_macro')).toEqual(['own_macro']);
    expect(titles('-- compiled')).toEqual([]);
  });
  it('does not find what is hidden', () => expect(titles('blank')).toEqual([]));
});
