import { configWarning } from '../../config/warnings.js';
import type { NodeDraft } from '../nodes/draft.js';
import { fileSpan } from '../parse-error.js';
import type { ParserServices } from '../services.js';

/** dbt's warnings about models with a `deprecation_date`, and about the models that refer to them. */
export function warnDeprecatedModels(services: ParserServices): void {
  const nodes = [...services.builder.nodes.values()];
  for (const { node, file } of nodes) {
    if (node.resource_type !== 'model' || !node.deprecation_date) continue;
    const past = Date.parse(node.deprecation_date) < services.config.started_at.getTime();
    if (past) {
      const message = `Model ${nameOf(node)} has passed its deprecation date of ${node.deprecation_date}. This model should be disabled or removed.`;
      services.warn(
        configWarning('DeprecatedModel', 'model-deprecated', message, {
          span: fileSpan(file),
          uniqueId: node.unique_id,
        }),
      );
    }
    for (const child of nodes) {
      if (child.node.resource_type !== 'model' || !child.node.depends_on.nodes?.includes(node.unique_id)) continue;
      const message = past
        ? `While compiling '${child.node.name}': Found a reference to ${nameOf(node)}, which was deprecated on '${node.deprecation_date}'.`
        : `While compiling '${child.node.name}': Found a reference to ${nameOf(node)}, which is slated for deprecation on '${node.deprecation_date}'.`;
      const event = past ? 'DeprecatedReference' : 'UpcomingReferenceDeprecation';
      const latest = latestOf(node, past ? 'Migrate now' : 'Try it out');
      services.warn(
        configWarning(event, 'model-deprecated', message + latest, {
          span: fileSpan(child.file),
          uniqueId: child.node.unique_id,
        }),
      );
    }
  }
}

/** Where a newer version of the model is, when this is not the latest. */
function latestOf({ name, package_name, version, latest_version: latest }: NodeDraft, advice: string): string {
  if (version === null || version === undefined || version === latest) return '';
  return ` A new version of '${name}' is available. ${advice}: {{ ref('${package_name}', '${name}', v='${String(latest)}') }}.`;
}

function nameOf(node: NodeDraft): string {
  return node.version === null || node.version === undefined ? node.name : `${node.name}.v${node.version}`;
}
