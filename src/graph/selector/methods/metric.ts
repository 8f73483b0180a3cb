import { byPackageAndName } from '../method.js';

/** `metric:revenue`, `metric:package.revenue`, wildcards allowed. */
export const metric = byPackageAndName('metric', ({ resources }) => resources.metrics);
