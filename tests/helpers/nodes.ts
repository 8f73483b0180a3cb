import type { ManifestNode } from '../../src/contracts/nodes.js';
import type { RunResult } from '../../src/contracts/results.js';

/** A node of the manifest with the fields that a test cares about. */
export function makeNode(fields: { readonly [key: string]: unknown } = {}): ManifestNode {
  const name = (fields['name'] as string | undefined) ?? 'a';
  const type = (fields['resource_type'] as string | undefined) ?? 'model';
  return {
    name,
    resource_type: type,
    package_name: 'demo',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    unique_id: `${type}.demo.${name}`,
    database: 'db',
    schema: 'main',
    alias: name,
    fqn: ['demo', name],
    checksum: { name: 'sha256', checksum: 'abc' },
    config: { enabled: true, materialized: 'view', tags: [], meta: {}, ...(fields['config'] as object | undefined) },
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: 0,
    relation_name: `"db"."main"."${name}"`,
    raw_code: 'select 1',
    doc_blocks: [],
    language: 'sql',
    compiled_path: `target/compiled/demo/models/${name}.sql`,
    ...Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'config')),
  } as unknown as ManifestNode;
}

/** A result of a node. */
export function makeResult(uniqueId: string, fields: Partial<RunResult> = {}): RunResult {
  return {
    status: 'success',
    timing: [],
    thread_id: 'Thread-1',
    execution_time: 0.123,
    adapter_response: {},
    message: 'OK',
    failures: null,
    unique_id: uniqueId,
    compiled: true,
    compiled_code: 'select 1',
    relation_name: null,
    batch_results: null,
    ...fields,
  };
}
