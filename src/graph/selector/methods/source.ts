import { DbtError } from '../../../diagnostics/errors.js';
import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/** `source:raw`, `source:raw.orders`, `source:package.raw.orders`, wildcards allowed. */
export const source: SelectorMethod = ({ resources }, value) => {
  const parts = textValue(value, 'source').split('.');
  if (parts.length > 3) {
    throw new DbtError('selector-invalid', `Invalid source selector value "${String(value)}"`, {
      hint: 'Write source:source_name, source:source_name.table_name or source:package.source_name.table_name.',
    });
  }
  const [packageName, sourceName, table] =
    parts.length === 3 ? parts : parts.length === 2 ? ['*', ...parts] : ['*', ...parts, '*'];
  return idsWhere(
    resources.sources,
    (resource) =>
      fnmatch(resource.package_name, packageName ?? '*') &&
      fnmatch(resource.source_name ?? '', sourceName ?? '*') &&
      fnmatch(resource.name, table ?? '*'),
  );
};
