import { byPackageAndName } from '../method.js';

/** `exposure:weekly_report`, `exposure:package.weekly_report`, wildcards allowed. */
export const exposure = byPackageAndName('exposure', ({ resources }) => resources.exposures);
