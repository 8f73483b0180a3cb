import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { inferSeed } from '../adapters/base/seed-inference.js';
import type { Table } from '../adapters/base/table.js';
import type { SeedNode } from '../contracts/nodes.js';
import type { ProjectConfig } from '../contracts/runtime-config.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
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
  return seedsOnly(node?.resource_type ?? 'macro');
}

/** dbt's error about a template that is not a seed's. */
export function seedsOnly(type: string): never {
  throw new DbtError('compilation', `can only load_agate_table for seeds (got a ${type})`);
}

/** Jinja's `load_agate_table`: the seed's file as a table with dbt's types. */
export async function loadSeedTable(context: RuntimeContext): Promise<Table> {
  const node = requireSeed(context);
  const file = seedFile(node, context.session.invocation.config.project);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const span = { file: node.original_file_path, line: 1, column: 1 };
    throw new DbtError('file-unreadable', `Cannot read ${file}: ${(cause as Error).message}`, { cause, span });
  }
  const { column_types: types, delimiter } = node.config;
  try {
    return inferSeed(text, {
      file: node.original_file_path,
      textColumns: Object.keys(types ?? {}),
      ...(delimiter ? { delimiter } : {}),
    });
  } catch (error) {
    const span = { file: node.original_file_path, line: 1, column: 1 };
    throw isDbtError(error) ? error.with({ span }) : error;
  }
}
