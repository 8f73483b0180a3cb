import { DbtError } from '../../../diagnostics/errors.js';
import { idsWhere, type SelectorMethod } from '../method.js';

type Version = string | number | null | undefined;

/** `version:latest`, `prerelease` (newer than latest), `old` or `none` (models without versions). */
export const version: SelectorMethod = ({ resources }, value) => {
  const models = resources.nodes.filter((node) => node.resource_type === 'model');
  switch (value) {
    case 'latest':
      return idsWhere(models, (model) => model.version != null && model.version === model.latest_version);
    case 'prerelease':
      return idsWhere(models, (model) => isLess(model.latest_version, model.version));
    case 'old':
      return idsWhere(models, (model) => isLess(model.version, model.latest_version));
    case 'none':
      return idsWhere(models, (model) => model.version == null);
    default:
      throw new DbtError('selector-invalid', `Invalid version type selector ${String(value)}`, {
        hint: 'The types of versions are latest, prerelease, old and none.',
      });
  }
};

/** Numbers, also written as text, by value; anything else as text. */
function isLess(a: Version, b: Version): boolean {
  if (!a || !b) return false;
  const numbers = [a, b].map((v) => (typeof v === 'string' && v.trim() === '' ? Number.NaN : Number(v)));
  const [left, right] = numbers as [number, number];
  return Number.isNaN(left) || Number.isNaN(right) ? String(a) < String(b) : left < right;
}
