import type { ResourceType, UniqueId } from '../contracts/common.js';
import type { Graph } from '../graph/graph.js';
import { nodeOf } from '../graph/manifest-node.js';
import { type SelectOptions, selectNodes } from '../graph/selector/select-nodes.js';
import type { LoadedProject } from './load-project.js';
import type { TaskContext } from './task.js';

/**
 * Selects what the flags ask for among these kinds of nodes. A criterion that matches nothing is a warning, which
 * `--warn-error` makes an error.
 */
export function select(
  context: TaskContext,
  project: LoadedProject,
  graph: Graph,
  types: ReadonlySet<ResourceType> | null,
  more: Pick<SelectOptions, 'includeEmptyNodes' | 'select'> = {},
): ReadonlySet<UniqueId> {
  const { flags, bus } = context;
  if (context.only) return new Set([...context.only].filter((id) => isThere(project, id)));
  const selection = selectNodes({
    manifest: project.manifest,
    graph,
    select: flags.select,
    exclude: flags.exclude,
    selector: flags.selector,
    selectors: project.config.selectors,
    indirectSelection: flags.indirect_selection,
    ...(project.state ? { state: project.state } : {}),
    ...(types ? { resourceTypes: types } : {}),
    ...more,
  });
  if (selection.defaultSelector !== undefined) {
    bus.emit('Note', { msg: `Using default selector ${selection.defaultSelector}` });
  }
  for (const { name, criterion, message } of selection.warnings) {
    if (name === 'NoNodesForSelectionCriteria') bus.warn(name, { spec_raw: criterion ?? '' });
    else bus.warn(name, { msg: message });
  }
  return selection.ids;
}

/** What is to be retried may have been removed since. */
function isThere({ manifest }: LoadedProject, id: UniqueId): boolean {
  return (
    nodeOf(manifest, id) !== undefined ||
    id in manifest.exposures ||
    id in manifest.saved_queries ||
    id in manifest.unit_tests
  );
}
