import type { Manifest } from '../contracts/manifest.js';
import { pluralize } from '../events/fancy-line.js';

/** What the built-in macros share among themselves is named so: it is no macro that a project calls. */
const HELPER = 'tsdbt__';

/** dbt's `5 models, 3 seeds, 20 data tests, 511 macros`: kinds in the order in which the manifest has them. */
export function foundLine(manifest: Manifest): string {
  const counts = new Map<string, number>();
  const add = (kind: string, count: number): void => void counts.set(kind, (counts.get(kind) ?? 0) + count);
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type !== 'test' || node.config.enabled) add(node.resource_type, 1);
  }
  add('source', Object.keys(manifest.sources).length);
  add('exposure', Object.keys(manifest.exposures).length);
  add('metric', Object.keys(manifest.metrics).length);
  add('macro', Object.values(manifest.macros).filter((macro) => !macro.name.startsWith(HELPER)).length);
  add('group', Object.keys(manifest.groups).length);
  add('semantic_model', Object.keys(manifest.semantic_models).length);
  add('saved_query', Object.keys(manifest.saved_queries).length);
  add('unit_test', Object.keys(manifest.unit_tests).length);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => pluralize(count, kind).replaceAll('_', ' '))
    .join(', ');
}
