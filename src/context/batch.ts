import type { BatchContext, ManifestNode } from '../contracts/nodes.js';
import { type PyDateTime, parseIsoDateTime, pyStr } from '../jinja/values.js';

/** How far the start of a batch is written out in names, by the model's `batch_size`. */
const LENGTHS: { readonly [size: string]: number } = { year: 4, month: 7, day: 10, hour: 13 };

/** A batch's start as dbt names the batch: `2026`, `2026-11`, `2026-11-02` or `2026-11-02T05`. */
export function formatBatchStart(start: PyDateTime, size: string): string {
  return start.isoformat().slice(0, LENGTHS[size] ?? 10);
}

/** The part of a file's name that tells the batches of a model apart; null outside of a batch. */
export function batchSuffix(node: ManifestNode): string | null {
  const batch = batchOf(node);
  return batch ? formatBatchStart(parseIsoDateTime(batch.event_time_start), pyStr(node.config.batch_size)) : null;
}

/** Jinja's `model.batch`: its times are datetimes. */
export function batchView({ id, ...times }: BatchContext): { readonly [name: string]: unknown } {
  const { start, end } = batchTimes(times);
  return { id, event_time_start: start, event_time_end: end };
}

/** The names that the batch's times had in the config in dbt 1.9; dbt still sets them. */
export function batchConfig(batch: BatchContext): { readonly [name: string]: unknown } {
  const { start, end } = batchTimes(batch);
  return { __dbt_internal_microbatch_event_time_start: start, __dbt_internal_microbatch_event_time_end: end };
}

/** The batch that a node is compiled and run for. */
export function batchOf(node: ManifestNode): BatchContext | undefined {
  return node.resource_type === 'model' ? node.batch : undefined;
}

function batchTimes(batch: Omit<BatchContext, 'id'>): { start: PyDateTime; end: PyDateTime } {
  return { start: parseIsoDateTime(batch.event_time_start), end: parseIsoDateTime(batch.event_time_end) };
}
