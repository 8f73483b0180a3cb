import type { ResourceType } from '../../../contracts/common.js';
import { didYouMean } from '../../../diagnostics/did-you-mean.js';
import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

const KNOWN: { readonly [type in ResourceType]: true } = {
  model: true,
  analysis: true,
  test: true,
  snapshot: true,
  operation: true,
  seed: true,
  rpc: true,
  sql_operation: true,
  doc: true,
  source: true,
  macro: true,
  exposure: true,
  metric: true,
  group: true,
  saved_query: true,
  semantic_model: true,
  unit_test: true,
  fixture: true,
  function: true,
};

/** `resource_type:model`: everything of one kind. */
export const resourceType: SelectorMethod = ({ resources }, value) => {
  const type = textValue(value, 'resource_type');
  if (!Object.hasOwn(KNOWN, type)) {
    const hint = didYouMean(type, Object.keys(KNOWN));
    throw new DbtError('selector-invalid', `Invalid resource_type selector "${type}"`, { ...(hint && { hint }) });
  }
  return idsWhere(resources.all, (resource) => resource.resource_type === type);
};
