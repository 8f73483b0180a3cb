/** A cell as text, or null for SQL's null. */
export type EvidenceCell = string | null;

/** Some of the rows that a data test found. */
export interface SampleRows {
  readonly kind: 'sample';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly EvidenceCell[])[];
  /** There are more rows than these. */
  readonly more: boolean;
  /** Why the rows could not be read; there are none then. */
  readonly problem: string | null;
}

/** A row of one side of a unit test, or of both. */
export interface ComparedRow {
  readonly kind: 'changed' | 'missing' | 'unexpected';
  /** Null for a row that was not expected. */
  readonly expected: readonly EvidenceCell[] | null;
  /** Null for a row that did not come. */
  readonly actual: readonly EvidenceCell[] | null;
  /** Indexes of the columns that differ, in a changed row. */
  readonly changed: readonly number[];
}

/** What a unit test expected beside what came, without the rows that are as expected. */
export interface ComparedRows {
  readonly kind: 'comparison';
  readonly columns: readonly string[];
  readonly rows: readonly ComparedRow[];
  /** How many rows are as expected. */
  readonly same: number;
}

/** What a failed test has to show. It is no part of dbt's results. */
export type TestEvidence = SampleRows | ComparedRows;
