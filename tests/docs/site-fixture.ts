import type { Catalog } from '../../src/contracts/catalog.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import type { RunResults } from '../../src/contracts/results.js';
import type { SiteInput } from '../../src/docs/collect-site-data.js';
import { manifest as recorded } from '../graph/select-cases.js';

/** Runs in a page only if something of the site reads a text as HTML or follows it as code. */
export const ATTACK = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>';

type Loose = Record<string, unknown>;

/** The project of tests/cases/select as dbt parsed it, with a catalog and results, and nothing hostile in it. */
export function plainSite(): SiteInput {
  const manifest = structuredClone(recorded) as Manifest;
  (manifest.metadata as unknown as Loose)['generated_at'] = '2026-01-02T03:04:05.000000Z';
  edit(manifest, 'model.select_demo.fct_orders', {
    description: 'One row an **order**.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
    compiled_code: 'select 1 as order_id -- compiled',
    docs: { show: true, node_color: 'gold' },
  });
  edit(manifest, 'model.select_demo.blank', { docs: { show: false, node_color: null }, description: 'SECRET-TEXT' });
  (manifest as unknown as { docs: Loose }).docs = {
    'doc.select_demo.__overview__': {
      name: '__overview__',
      resource_type: 'doc',
      package_name: 'select_demo',
      unique_id: 'doc.select_demo.__overview__',
      path: 'o.md',
      original_file_path: 'models/o.md',
      block_contents: '# Welcome to the demo\n\nSee [orders](#!/model/model.select_demo.fct_orders).',
    },
  };
  return { manifest, catalog: catalogOf(), runResults: resultsOf() };
}

/** The same project with {@link ATTACK} in every text that a project can bring along. */
export function hostileSite(): SiteInput {
  const input = plainSite();
  const manifest = input.manifest as Manifest;
  const id = 'model.select_demo.fct_orders';
  edit(manifest, id, {
    name: `evil${ATTACK}`,
    description: `${ATTACK}\n\n[link](javascript:window.hacked=1) ![x](x" onerror="window.hacked=1) <javascript:window.hacked=1>\u2028`,
    raw_code: `select '${ATTACK}' -- \u2028\u2029 <!-- <script>`,
    compiled_code: `select '${ATTACK}'`,
    meta: { [ATTACK]: ATTACK },
    tags: [ATTACK],
    original_file_path: `models/${ATTACK}.sql`,
    relation_name: ATTACK,
    docs: { show: true, node_color: 'red;background:url(javascript:window.hacked=1)' },
    columns: {
      x: {
        name: ATTACK,
        description: ATTACK,
        data_type: ATTACK,
        meta: { [ATTACK]: ATTACK },
        tags: [ATTACK],
        constraints: [],
      },
    },
  });
  edit(manifest, 'exposure.select_demo.board', { url: 'javascript:window.hacked=1', description: ATTACK }, 'exposures');
  edit(manifest, 'macro.select_demo.own_macro', { description: ATTACK, macro_sql: ATTACK }, 'macros');
  edit(manifest, 'doc.select_demo.__overview__', { block_contents: `# Home\n\n${ATTACK}` }, 'docs');
  (manifest.metadata as unknown as Loose)['project_name'] = 'select_demo';
  return input;
}

function edit(manifest: Manifest, id: string, fields: Loose, part: keyof Manifest = 'nodes'): void {
  const items = manifest[part] as unknown as Record<string, Loose>;
  items[id] = { ...items[id], ...fields };
}

function catalogOf(): Catalog {
  const column = (name: string, type: string, index: number) => ({ name, type, index, comment: null });
  return {
    metadata: {} as Catalog['metadata'],
    nodes: {
      'model.select_demo.fct_orders': {
        metadata: {
          type: 'BASE TABLE',
          schema: 'main',
          name: 'fct_orders',
          database: 'db',
          comment: null,
          owner: null,
        },
        columns: { ORDER_ID: column('ORDER_ID', 'BIGINT', 1), amount: column('amount', 'DECIMAL(18,2)', 2) },
        stats: { rows: { id: 'rows', label: 'Rows', value: 12, include: true, description: null } },
        unique_id: 'model.select_demo.fct_orders',
      },
    },
    sources: {},
    errors: null,
  };
}

function resultsOf(): RunResults {
  const result = (unique_id: string, status: string, message: string | null) => ({
    unique_id,
    status,
    message,
    timing: [],
    thread_id: 'Thread-1',
    execution_time: 0.25,
    adapter_response: {},
    failures: status === 'fail' ? 3 : null,
    compiled: true,
    compiled_code: null,
    relation_name: null,
    batch_results: null,
  });
  return {
    metadata: { generated_at: '2026-01-02T03:04:06.000000Z' },
    results: [
      result('model.select_demo.fct_orders', 'success', 'OK'),
      result('test.select_demo.unique_fct_orders_order_id.523ddb6ce5', 'fail', 'Got 3 results'),
    ],
    elapsed_time: 1,
    args: {},
  } as unknown as RunResults;
}
