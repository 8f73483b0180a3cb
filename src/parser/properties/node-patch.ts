import type { WrittenColumn } from './columns.js';
import type { PropertiesEntry, Record } from './file.js';

/** What a properties file says about a node. */
export interface NodePatch {
  readonly entry: PropertiesEntry;
  readonly config: Record;
  readonly description: string;
  readonly columns: readonly WrittenColumn[];
  /** The place within the entry, of a version. */
  readonly path: readonly (string | number)[];
  /** The dictionary that model-only properties are in. */
  readonly data: Record;
}
