import type { NodeConnection } from '../../context/node-connection.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import type { ManifestNode } from '../../contracts/nodes.js';

/** What running one model takes. */
export interface TypeScriptRun {
  /** As it is run: a model, or a unit test of one. */
  readonly node: ManifestNode;
  /** The model whose file it is. */
  readonly model: ManifestNode;
  /** The directory that the model's path is relative to. */
  readonly root: string;
  readonly context: RuntimeContext;
  /** The connection on which the model is built. */
  readonly connection: NodeConnection;
  /** Further ones, for queries. */
  readonly connect: () => NodeConnection;
  /** The CTEs of the ephemeral models that have been referred to. */
  readonly ctes: () => Promise<readonly string[]>;
  readonly signal: AbortSignal;
  /** Rows; null for all. */
  readonly limit: number | null;
}
