import type { FilterFunction, Registry, TestFunction } from '../runtime/functions.js';
import { PLAIN_FILTERS } from './filters.js';
import { selectFilters } from './select-filters.js';
import { PLAIN_TESTS } from './tests.js';

/** A registry with the given filters besides all of Jinja's, each of which can be applied by name through `map`. */
export function registryWith(more: Readonly<Record<string, FilterFunction>>): Registry {
  const registry: Registry = {
    filters: new Map([...PLAIN_FILTERS, ...Object.entries(selectFilters(() => registry)), ...Object.entries(more)]),
    tests: new Map<string, TestFunction>([
      ...PLAIN_TESTS,
      ['filter', (value) => typeof value === 'string' && registry.filters.has(value)],
      ['test', (value) => typeof value === 'string' && registry.tests.has(value)],
    ]),
  };
  return registry;
}

/** dbt's filters for YAML values do nothing in SQL. */
const same: FilterFunction = (value) => value;

/** The filters and tests of SQL templates and macros. */
export const TEXT_REGISTRY: Registry = registryWith({
  as_text: same,
  as_bool: same,
  as_native: same,
  as_number: same,
});
