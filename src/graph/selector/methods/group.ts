import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/** `group:finance`: nodes and metrics of the group, wildcards allowed. */
export const group: SelectorMethod = ({ resources }, value) => {
  const pattern = textValue(value, 'group');
  return idsWhere([...resources.nodes, ...resources.metrics], (resource) => {
    const name = resource.config?.['group'];
    return typeof name === 'string' && name !== '' && fnmatch(name, pattern);
  });
};
