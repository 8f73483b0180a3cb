import { describe, expect, it } from 'vitest';
import { renderLineage } from '../../src/docs/lineage.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { selectNodes } from '../../src/graph/selector/select-nodes.js';
import { manifestOf } from '../graph/random-manifest.js';
import { manifest } from '../graph/select-cases.js';

const graph = createGraph(manifest);
const select = (...texts: string[]) =>
  selectNodes({ manifest, graph, select: texts, resourceTypes: ['model', 'source', 'seed', 'snapshot', 'exposure'] })
    .ids;

describe('lineage', () => {
  it('as a tree', () => {
    expect(renderLineage(manifest, select('+fct_orders', 'board'), 'text')).toBe(
      [
        'seed:seed_countries',
        '└── dim_customers',
        '    ├── fct_orders',
        '    │   └── exposure:board',
        '    └── exposure:board',
        'source:raw.customers',
        '└── stg_customers',
        '    └── dim_customers (above)',
        'source:raw.orders',
        '└── stg_orders',
        '    ├── stg_payments',
        '    │   └── fct_orders (above)',
        '    └── fct_orders (above)',
      ].join('\n'),
    );
  });

  it('joins what is joined through unselected nodes', () => {
    expect(renderLineage(manifest, select('source:raw.orders', 'revenue'), 'text')).toBe(
      'source:raw.orders\n└── revenue',
    );
    expect(renderLineage(manifest, new Set(), 'text')).toBe('');
  });

  it('as Mermaid', () => {
    expect(renderLineage(manifest, select('stg_payments', 'revenue', 'dim_products.v1'), 'mermaid')).toBe(
      [
        'flowchart LR',
        '  n0["dim_products.v1"]:::model',
        '  n1["stg_payments"]:::model',
        '  n2["revenue"]:::model',
        '  n1 --> n2',
        '  classDef model fill:#dbeafe,stroke:#3b74d1,color:#10254a',
      ].join('\n'),
    );
  });

  it('escapes what Mermaid would read', () => {
    const odd = manifestOf({ 'model.p.a"]; click x <b> `#`\n%% end': [] });
    const text = renderLineage(odd, new Set(Object.keys(odd.nodes)), 'mermaid');
    expect(text.split('\n')[1]).toBe('  n0["a#34;#93;#59; click x #60;b#62; #96;#35;#96; #37;#37; end"]:::model');
  });

  it('as JSON', () => {
    const { nodes, edges } = JSON.parse(renderLineage(manifest, select('source:raw.orders+1'), 'json'));
    expect(nodes[0]).toEqual({
      unique_id: 'source.select_demo.raw.orders',
      resource_type: 'source',
      package_name: 'select_demo',
      name: 'raw.orders',
      original_file_path: 'models/staging/staging.yml',
    });
    expect(edges).toEqual([{ from: 'source.select_demo.raw.orders', to: 'model.select_demo.stg_orders' }]);
  });

  it('of a chain of 20,000 models', () => {
    const chain: Record<string, string[]> = { 'model.p.m0': [] };
    for (let i = 1; i < 20_000; i++) chain[`model.p.m${i}`] = [`model.p.m${i - 1}`];
    const long = manifestOf(chain);
    const ids = new Set(['model.p.m0', 'model.p.m10000', 'model.p.m19999']);
    expect(renderLineage(long, ids, 'text')).toBe('m0\n└── m10000\n    └── m19999');
  });
});
