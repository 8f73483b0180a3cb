import { byPackageAndName } from '../method.js';

/** `saved_query:weekly`, `saved_query:package.weekly`, wildcards allowed. */
export const savedQuery = byPackageAndName('saved_query', ({ resources }) => resources.savedQueries);
