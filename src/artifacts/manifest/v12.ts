import { join } from 'node:path';
import type { Manifest } from '../../contracts/manifest.js';
import type { FunctionNode, ManifestNode } from '../../contracts/nodes.js';
import { isJsonObject, type ReadArtifact, readArtifact } from '../read-json.js';
import { writeFileAtomic } from '../write-file.js';

export const MANIFEST_FILE = 'manifest.json';
export const MANIFEST_SCHEMA = 'manifest/v12';

/** The manifest with the nodes that a run or a compilation returned (compiled code, paths) in place of the parsed ones. */
export function withNodes(manifest: Manifest, done: Iterable<ManifestNode>): Manifest {
  const nodes: { [uniqueId: string]: ManifestNode } = { ...manifest.nodes };
  const functions: { [uniqueId: string]: FunctionNode } = { ...manifest.functions };
  for (const node of done) {
    if (node.resource_type === 'function') {
      if (Object.hasOwn(functions, node.unique_id)) functions[node.unique_id] = node;
    } else if (Object.hasOwn(nodes, node.unique_id)) nodes[node.unique_id] = node;
  }
  return { ...manifest, nodes, functions };
}

/** Writes `manifest.json`. Returns its path. */
export async function writeManifest(
  manifest: Manifest,
  targetDir: string,
  scrub: (text: string) => string = (text) => text,
): Promise<string> {
  const path = join(targetDir, MANIFEST_FILE);
  await writeFileAtomic(path, scrub(JSON.stringify(manifest)));
  return path;
}

/** Reads a manifest of dbt or tsdbt. Throws a DbtError `artifact-unreadable`. */
export async function readManifest(targetDir: string): Promise<Manifest> {
  return (await readArtifact(join(targetDir, MANIFEST_FILE), 'manifest', [12], problemOf)) as unknown as Manifest;
}

/** The sections of resources, each by unique_id. */
const SECTIONS = ['nodes', 'sources', 'macros', 'docs', 'exposures', 'metrics', 'groups'];

function problemOf(manifest: ReadArtifact): string | null {
  for (const section of SECTIONS) {
    const resources = manifest[section];
    if (!isJsonObject(resources)) return `its ${section} are no object`;
    const wrong = Object.entries(resources).find(([, resource]) => !isJsonObject(resource));
    if (wrong) return `${wrong[0]} of its ${section} is no object`;
  }
  return null;
}
