import { byPackageAndName } from '../method.js';

/** `semantic_model:orders`, `semantic_model:package.orders`, wildcards allowed. */
export const semanticModel = byPackageAndName('semantic_model', ({ resources }) => resources.semanticModels);
