import { configWarning } from '../../config/warnings.js';
import type { NodeEntry } from '../nodes/draft.js';
import { errorAt, fileSpan } from '../parse-error.js';
import { relationName } from '../relation-name.js';
import type { ParserServices } from '../services.js';

/** No two nodes may be one relation; names of different kinds of nodes in one package are warned of. */
export function checkUniqueness(services: ParserServices): void {
  const byRelation = new Map<string, NodeEntry>();
  const byName = new Map<string, { versioned?: NodeEntry; unversioned?: NodeEntry }>();
  for (const entry of services.builder.nodes.values()) {
    const { node } = entry;
    const type = node.resource_type;
    const kept =
      type === 'test' && (node.config['store_failures'] === true || services.config.flags.store_failures === true);
    if (type !== 'model' && type !== 'seed' && type !== 'snapshot' && !kept) continue;
    checkName(services, byName, entry);
    const relation = relationName(services.invocation, node);
    const other = byRelation.get(relation);
    if (other) {
      throw errorAt(
        'alias-ambiguous',
        `dbt found two resources with the database representation "${relation}".\ndbt cannot create two resources with identical database representations. ` +
          `To fix this,\nchange the configuration of one of these resources:\n- ${other.node.unique_id} (${other.node.original_file_path})\n- ${node.unique_id} (${node.original_file_path})`,
        fileSpan(entry.file),
        {
          uniqueId: node.unique_id,
          hint: "Give one of them another 'alias' or 'schema'.",
          notes: [{ message: 'The other one is here.', span: fileSpan(other.file) }],
        },
      );
    }
    byRelation.set(relation, entry);
  }
}

function checkName(
  services: ParserServices,
  byName: Map<string, { versioned?: NodeEntry; unversioned?: NodeEntry }>,
  entry: NodeEntry,
): void {
  const { node, file } = entry;
  const key = `${node.package_name}.${node.name}`;
  const known = byName.get(key) ?? {};
  const versioned = node.version !== null && node.version !== undefined;
  const pair = versioned ? known.unversioned : known.versioned;
  if (pair && pair.node.resource_type === 'model' && node.resource_type === 'model') {
    throw errorAt(
      'resource-duplicate',
      `dbt found versioned and unversioned models with the name "${node.name}".\n\nSince these resources have the same name, dbt will be unable to find the correct resource\nwhen looking for ref('${node.name}').\n\nTo fix this, change the name of the unversioned resource\n${pair.node.unique_id} (${pair.node.original_file_path})\nor add the unversioned model to the versions in\n${node.patch_path ?? pair.node.patch_path ?? ''}`,
      fileSpan(file),
      { hint: 'Add the model without a version to `versions:`, or rename it.' },
    );
  }
  if (!versioned && known.unversioned) {
    const other = known.unversioned.node;
    if (services.config.flags.behavior['require_unique_project_resource_names'] === true) {
      throw errorAt(
        'resource-duplicate',
        `dbt found two resources with the name "${node.name}".\n\nTo fix this, change the name of one of these resources:\n- ${other.unique_id} (${other.original_file_path})\n- ${node.unique_id} (${node.original_file_path})`,
        fileSpan(file),
        { hint: 'Rename one of the two.' },
      );
    }
    services.warn(
      configWarning(
        'DuplicateNameDistinctNodeTypesDeprecation',
        'resource-duplicate',
        `Found resources with the same name '${node.name}' in package '${node.package_name}': '${other.unique_id}' and '${node.unique_id}'. Please update one of the resources to have a unique name.`,
        { span: fileSpan(file), uniqueId: node.unique_id },
      ),
    );
  }
  byName.set(key, versioned ? { ...known, versioned: entry } : { ...known, unversioned: entry });
}
