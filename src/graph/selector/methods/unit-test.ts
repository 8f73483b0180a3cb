import { byPackageAndName } from '../method.js';

/** `unit_test:test_totals`, `unit_test:package.test_totals`, wildcards allowed. */
export const unitTest = byPackageAndName('unit_test', ({ resources }) => resources.unitTests);
