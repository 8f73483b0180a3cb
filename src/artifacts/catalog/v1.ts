import { join } from 'node:path';
import type { Catalog, CatalogTable } from '../../contracts/catalog.js';
import { type ArtifactContext, artifactMetadata } from '../metadata.js';
import { readArtifact } from '../read-json.js';
import { writeFileAtomic } from '../write-file.js';

export const CATALOG_FILE = 'catalog.json';

export interface CatalogInput {
  readonly nodes: { readonly [uniqueId: string]: CatalogTable };
  readonly sources: { readonly [uniqueId: string]: CatalogTable };
  readonly errors: readonly string[];
}

/** The content of `catalog.json`. */
export function catalogArtifact(input: CatalogInput, context: ArtifactContext): Catalog {
  return {
    metadata: artifactMetadata('catalog/v1', context),
    nodes: input.nodes,
    sources: input.sources,
    errors: input.errors.length > 0 ? input.errors : null,
  };
}

/** Writes `catalog.json`. Returns its path. */
export async function writeCatalog(catalog: Catalog, targetDir: string): Promise<string> {
  const path = join(targetDir, CATALOG_FILE);
  await writeFileAtomic(path, JSON.stringify(catalog));
  return path;
}

/** Reads a catalog.json of dbt or tsdbt. Throws a DbtError `artifact-unreadable`. */
export async function readCatalog(targetDir: string): Promise<Catalog> {
  return (await readArtifact(join(targetDir, CATALOG_FILE), 'catalog', [1])) as unknown as Catalog;
}
