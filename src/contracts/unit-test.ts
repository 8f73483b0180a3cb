import type { JsonObject, UniqueId } from './common.js';
import type { GraphResource, UnitTestOverrides } from './nodes.js';

/** How the rows of a unit test are written. */
export type UnitTestFormat = 'csv' | 'dict' | 'sql';

/** Rows of a unit test: dictionaries, or a query when the format is `sql`. */
export interface UnitTestFixture {
  readonly rows: string | readonly JsonObject[] | null;
  readonly format: UnitTestFormat;
  /** The file below `fixtures/` of a test path that the rows come from. */
  readonly fixture: string | null;
}

/** What one parent of the model gives: `input` is `ref(…)`, `source(…)` or `this`. */
export interface UnitTestInput extends UnitTestFixture {
  readonly input: string;
}

export interface UnitTestVersions {
  readonly include: readonly (string | number)[] | null;
  readonly exclude: readonly (string | number)[] | null;
}

/** A unit test of a model. One of a versioned model is there once a version. */
export interface UnitTest extends GraphResource {
  readonly resource_type: 'unit_test';
  /** The model's name. */
  readonly model: string;
  readonly given: readonly UnitTestInput[];
  readonly expect: UnitTestFixture;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly overrides: UnitTestOverrides | null;
  readonly depends_on: { readonly macros: readonly UniqueId[]; readonly nodes: readonly UniqueId[] };
  readonly config: JsonObject & { readonly enabled: boolean };
  readonly checksum: string;
  /** The schema of the model; null for a disabled test. */
  readonly schema: string | null;
  /** Seconds since the epoch. */
  readonly created_at: number;
  readonly versions: UnitTestVersions | null;
  readonly version: string | number | null;
}
