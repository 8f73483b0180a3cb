import type { ManifestNode } from '../contracts/nodes.js';

/**
 * Where dbt writes what it compiled (`compiled`) or ran (`run`): below the package's name the path of the node's file,
 * and for nodes of which a file holds several (tests in YAML, hooks) that path as a directory.
 */
export function writePath(targetPath: string, directory: 'compiled' | 'run', node: ManifestNode): string {
  const { path, original_file_path: file } = node;
  const own = base(path) === base(file) ? file : `${file}/${path}`;
  return `${targetPath}/${directory}/${node.package_name}/${own}`;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
