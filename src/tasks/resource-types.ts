import type { ResourceType } from '../contracts/common.js';
import type { Flags } from '../contracts/flags.js';

/** What each command deals with. */
export const BUILD_TYPES: readonly ResourceType[] = [
  'model',
  'snapshot',
  'seed',
  'test',
  'unit_test',
  'saved_query',
  'exposure',
  'function',
];
export const TEST_TYPES: readonly ResourceType[] = ['test', 'unit_test'];
export const COMPILE_TYPES: readonly ResourceType[] = [
  'model',
  'test',
  'snapshot',
  'analysis',
  'operation',
  'seed',
  'sql_operation',
  'function',
];
export const LIST_TYPES: readonly ResourceType[] = [
  'model',
  'snapshot',
  'seed',
  'test',
  'source',
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'unit_test',
  'function',
];

/** dbt's reading of `--resource-types` and `--exclude-resource-types`: `default` and `all` stand for groups. */
export function resourceTypes(
  flags: Flags,
  all: readonly ResourceType[],
  defaults: readonly ResourceType[] = all,
): ReadonlySet<ResourceType> {
  const chosen = new Set<ResourceType>();
  for (const type of flags.resource_types.length > 0 ? flags.resource_types : ['default']) {
    if (type === 'all') for (const each of all) chosen.add(each);
    else if (type === 'default') for (const each of defaults) chosen.add(each);
    else chosen.add(type as ResourceType);
  }
  for (const type of flags.exclude_resource_types) {
    if (type === 'default') for (const each of defaults) chosen.delete(each);
    else chosen.delete(type as ResourceType);
  }
  return chosen;
}
