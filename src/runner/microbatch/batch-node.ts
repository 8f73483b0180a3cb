import { formatBatchStart } from '../../context/batch.js';
import type { RuntimeSession } from '../../context/runtime-session.js';
import type { ManifestNode, ModelNode } from '../../contracts/nodes.js';
import type { Batch, BatchSize } from './windows.js';

const STRATEGY_MACRO = 'get_incremental_microbatch_sql';

/**
 * Whether a node is run batch by batch. A project whose own macro takes the place of the strategy's runs it once, for
 * everything, until the behaviour flag says otherwise.
 */
export function isBatched(session: RuntimeSession, node: ManifestNode): node is ModelNode {
  const { materialized, incremental_strategy: strategy } = node.config;
  if (node.resource_type !== 'model' || materialized !== 'incremental' || strategy !== 'microbatch') return false;
  const { behavior } = session.invocation.config.flags;
  return (
    behavior['require_batched_execution_for_custom_microbatch_strategy'] === true ||
    !session.macros.isOverridden(STRATEGY_MACRO)
  );
}

/** The node of one batch: hooks before the model belong to the first batch, those after it to the last. */
export function batchNode(node: ModelNode, batch: Batch, index: number, total: number): ModelNode {
  const hooks = {
    ...(index === 0 ? {} : { 'pre-hook': [] }),
    ...(index === total - 1 ? {} : { 'post-hook': [] }),
  };
  return {
    ...node,
    config: { ...node.config, ...hooks },
    batch: {
      id: formatBatchStart(batch.start, batchSize(node)).replaceAll('-', ''),
      event_time_start: batch.start.isoformat(),
      event_time_end: batch.end.isoformat(),
    },
  };
}

/** Checked while parsing. */
export function batchSize(node: ModelNode): BatchSize {
  return node.config.batch_size as BatchSize;
}
