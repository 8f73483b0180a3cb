import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/**
 * `test_type:generic`, `singular`, `unit` or `data` (generic and singular); `schema` is the old word for generic. As in
 * dbt any part of the words data, singular and unit stands for them.
 */
export const testType: SelectorMethod = ({ resources }, value) => {
  const type = textValue(value, 'test_type');
  const tests = resources.nodes.filter((node) => node.resource_type === 'test');
  if (type === 'generic' || type === 'schema') return idsWhere(tests, (test) => test.test_metadata !== undefined);
  if ('data'.includes(type)) return idsWhere(tests, () => true);
  if ('singular'.includes(type)) return idsWhere(tests, (test) => test.test_metadata === undefined);
  if ('unit'.includes(type)) return idsWhere(resources.unitTests, () => true);
  throw new DbtError('selector-invalid', `Invalid test type selector ${type}`, {
    hint: 'The types of tests are generic, singular, unit and data.',
  });
};
