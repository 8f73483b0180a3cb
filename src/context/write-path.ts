import type { ManifestNode } from '../contracts/nodes.js';
import { batchSuffix } from './batch.js';

/**
 * Where dbt writes what it compiled (`compiled`) or ran (`run`): below the package's name the path of the node's file,
 * and for nodes of which a file holds several (tests in YAML, hooks) that path as a directory. Batches of a model are in
 * a directory that is named after it.
 */
export function writePath(targetPath: string, directory: 'compiled' | 'run', node: ManifestNode): string {
  const { path, original_file_path: file } = node;
  const whole = base(path) === base(file) ? file : `${file}/${path}`;
  // What a TypeScript model came to is SQL.
  const isSql = directory === 'run' || ('compiled_code' in node && node.compiled_code !== node.raw_code);
  const own = whole.endsWith('.ts') && isSql ? whole.replace(/ts$/, 'sql') : whole;
  const suffix = batchSuffix(node);
  return `${targetPath}/${directory}/${node.package_name}/${suffix === null ? own : ofBatch(own, suffix)}`;
}

/** `models/daily.sql` -> `models/daily/daily_2026-11-02.sql`. */
function ofBatch(path: string, suffix: string): string {
  const dot = path.lastIndexOf('.');
  return `${path.slice(0, dot)}/${base(path.slice(0, dot))}_${suffix}${path.slice(dot)}`;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
