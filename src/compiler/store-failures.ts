import type { Flags } from '../contracts/flags.js';
import type { TestNode } from '../contracts/nodes.js';

/** dbt's `should_store_failures`: the test's own config or the command line says so. */
export function storesFailures(node: TestNode, flags: Flags): boolean {
  return node.config.store_failures === true || flags.store_failures === true;
}
