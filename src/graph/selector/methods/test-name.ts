import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/** `test_name:not_null`: generic tests of that kind and unit tests of that name, wildcards allowed. */
export const testName: SelectorMethod = ({ resources }, value) => {
  const pattern = textValue(value, 'test_name');
  return [
    ...idsWhere(
      resources.nodes,
      (node) =>
        node.resource_type === 'test' && node.test_metadata !== undefined && fnmatch(node.test_metadata.name, pattern),
    ),
    ...idsWhere(resources.unitTests, (test) => fnmatch(test.name, pattern)),
  ];
};
