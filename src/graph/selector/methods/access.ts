import { idsWhere, type SelectorMethod } from '../method.js';

/** `access:public`: models of that access level. */
export const access: SelectorMethod = ({ resources }, value) =>
  idsWhere(resources.nodes, (node) => node.resource_type === 'model' && node.access === value);
