import type { FilterFunction } from '../runtime/functions.js';
import { SEQUENCE_FILTERS } from './sequence-filters.js';
import { TEXT_FILTERS } from './text-filters.js';
import { VALUE_FILTERS } from './value-filters.js';

/** The filters that need no others, by name. */
export const PLAIN_FILTERS: ReadonlyMap<string, FilterFunction> = new Map(
  Object.entries({
    ...TEXT_FILTERS,
    ...SEQUENCE_FILTERS,
    ...VALUE_FILTERS,
  }),
);
