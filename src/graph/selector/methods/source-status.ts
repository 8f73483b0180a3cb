import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod } from '../method.js';

/** `source_status:fresher`: sources with newer data than in the sources.json of the state directory. */
export const sourceStatus: SelectorMethod = ({ resources, state }, value) => {
  if (!state?.sources || !state.currentSources) {
    throw new DbtError('state-missing', 'No previous and current freshness results in sources.json to compare', {
      hint: "Run 'tsdbt source freshness' and give the directory of an earlier sources.json with --state.",
    });
  }
  if (value !== 'fresher') return [];
  const before = new Map(state.sources.map((source) => [source.unique_id, source.max_loaded_at]));
  const fresher = new Set<string>();
  for (const { unique_id: id, max_loaded_at: now } of state.currentSources) {
    if (now === undefined) continue;
    if (!before.has(id)) fresher.add(id);
    const then = before.get(id);
    if (then !== undefined && Date.parse(now) > Date.parse(then)) fresher.add(id);
  }
  return idsWhere(resources.all, (resource) => fresher.has(resource.unique_id));
};
