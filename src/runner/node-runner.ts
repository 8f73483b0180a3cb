import type { NodeCompiler } from '../compiler/compile-node.js';
import type { NodeConnection } from '../context/node-connection.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import type { ManifestNode } from '../contracts/nodes.js';
import type { Outcome } from './node-result.js';

/** What a node runner gets to work with. */
export interface NodeRun<N extends ManifestNode = ManifestNode> {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly connection: NodeConnection;
  /** The compiled node. */
  readonly node: N;
  readonly context: RuntimeContext;
}

/** Runs the nodes of one resource type after they are compiled. Throws what made the node fail. */
export interface NodeRunner<N extends ManifestNode = ManifestNode> {
  execute(run: NodeRun<N>): Promise<Outcome>;
}
