import type { UniqueId } from './common.js';
import type { ArtifactMetadata } from './results.js';

export interface CatalogColumn {
  readonly type: string;
  /** 1-based. */
  readonly index: number;
  readonly name: string;
  readonly comment: string | null;
}

export interface CatalogStat {
  readonly id: string;
  readonly label: string;
  readonly value: boolean | string | number | null;
  readonly include: boolean;
  readonly description: string | null;
}

export interface CatalogTable {
  readonly metadata: {
    readonly type: string;
    readonly schema: string;
    readonly name: string;
    readonly database: string | null;
    readonly comment: string | null;
    readonly owner: string | null;
  };
  readonly columns: { readonly [name: string]: CatalogColumn };
  readonly stats: { readonly [id: string]: CatalogStat };
  readonly unique_id: UniqueId | null;
}

/** The content of `catalog.json` (schema v1). */
export interface Catalog {
  readonly metadata: ArtifactMetadata;
  readonly nodes: { readonly [uniqueId: UniqueId]: CatalogTable };
  readonly sources: { readonly [uniqueId: UniqueId]: CatalogTable };
  readonly errors: readonly string[] | null;
}
