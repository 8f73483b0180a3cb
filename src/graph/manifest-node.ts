import type { UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { ManifestNode } from '../contracts/nodes.js';

/** The node of an id: one of the manifest's `nodes`, or a function. */
export function nodeOf(
  { nodes, functions }: Pick<Manifest, 'nodes' | 'functions'>,
  id: UniqueId,
): ManifestNode | undefined {
  return nodes[id] ?? functions[id];
}
