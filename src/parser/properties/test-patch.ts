import { applyConfig } from '../nodes/apply-config.js';
import { located } from '../nodes/render-node.js';
import type { ParserServices } from '../services.js';
import type { PropertiesEntry } from './file.js';
import { configOf, descriptionOf } from './normalize.js';
import { warnNoNode } from './patch.js';

/** Gives a singular test its description and configuration. */
export function patchSingularTest(services: ParserServices, entry: PropertiesEntry): void {
  const { file } = entry.file;
  const found = services.builder.nodes.get(`test.${file.packageName}.${entry.name}`);
  if (!found) {
    warnNoNode(services, entry, entry.name);
    return;
  }
  found.properties = entry.place;
  const config = configOf(entry);
  if (Object.keys(config).length > 0) located(found, () => applyConfig(services, found, config));
  found.node.patch_path = file.id;
  found.node.description = descriptionOf(entry);
  found.node.created_at = services.now();
}
