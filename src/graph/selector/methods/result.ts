import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod } from '../method.js';

/** `result:error`: what ended with that status in the run_results.json of the state directory. */
export const result: SelectorMethod = ({ resources, state }, value) => {
  if (!state?.results) {
    throw new DbtError('state-missing', 'No comparison run_results', {
      hint: 'Give the directory of an earlier run_results.json with --state.',
    });
  }
  const ids = new Set(state.results.filter((r) => r.status === value).map((r) => r.unique_id));
  return idsWhere(resources.all, (resource) => ids.has(resource.unique_id));
};
