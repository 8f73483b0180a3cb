import type { RefArgs } from '../../contracts/common.js';
import { pyStr } from '../../jinja/values.js';
import type { PropertiesEntry } from '../properties/file.js';
import { readReference } from '../references/expression.js';
import type { ParserServices } from '../services.js';
import { applyConfig } from './apply-config.js';
import { draftOf, fqnPrefix, located } from './render-node.js';

/** Makes the node of a snapshot that a properties file defines with `relation:`. */
export function parseYamlSnapshot(services: ParserServices, entry: PropertiesEntry): void {
  const relation = entry.raw['relation'];
  if (relation === undefined) return;
  const { file } = entry.file;
  const target = typeof relation === 'string' ? readReference(relation) : undefined;
  if (!target) {
    throw entry.file.error(
      [...entry.place.path, 'relation'],
      `Invalid ${typeof relation === 'string' ? 'jinja' : 'ref or source'} expression: ${pyStr(relation)}`,
      "Write relation: ref('model') or relation: source('name', 'table').",
    );
  }
  const node = draftOf(services, file, {
    type: 'snapshot',
    name: entry.name,
    path: `${file.relative}/${entry.name}.sql`,
    uniqueId: `snapshot.${file.packageName}.${entry.name}`,
    fqn: [...fqnPrefix(file.packageName, file.relative), entry.name],
    checksum: file.checksum,
    rawCode: `select * from {{ ${relation} }}`,
  });
  if (Array.isArray(target)) node.node.sources?.push([...(target as readonly string[])]);
  else node.node.refs?.push(target as RefArgs);
  located(node, () => applyConfig(services, node, null));
  services.builder.addEnabled(node);
}
