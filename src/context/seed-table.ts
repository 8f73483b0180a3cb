import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { SeedNode } from '../contracts/nodes.js';
import type { ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError } from '../diagnostics/errors.js';
import type { RuntimeContext } from './runtime-context.js';

/** The file of a seed: below the package's directory, where dbt looks first, or below the one it was parsed in. */
export function seedFile(node: SeedNode, project: ProjectConfig): string {
  const own = node.package_name === project.project_name ? '.' : join(project.packages_install_path, node.package_name);
  const path = join(isAbsolute(own) ? own : join(project.root, own), node.original_file_path);
  return existsSync(path) || node.root_path === null ? path : join(node.root_path, node.original_file_path);
}

/** The node as a seed, or dbt's error for everything else. */
export function requireSeed(context: RuntimeContext): SeedNode {
  const { node } = context;
  if (node?.resource_type === 'seed') return node;
  throw new DbtError('compilation', `can only load_agate_table for seeds (got a ${node?.resource_type ?? 'macro'})`);
}
