import { asRecord } from '../../config/yaml.js';
import { refused, SOURCE_FRESHNESS } from '../config/checks.js';
import { object } from '../properties/columns.js';

interface Time {
  readonly count: number | null;
  readonly period: string | null;
}

export interface Threshold {
  readonly warn_after: Time | null;
  readonly error_after: Time | null;
  readonly filter: string | null;
}

/** A threshold as written: null when it is written as null, an empty one when it is not written. Throws why it is refused. */
export function readThreshold(owner: { readonly [key: string]: unknown }): Threshold | null {
  const written = owner['freshness'];
  if (written === null) return null;
  const result = SOURCE_FRESHNESS(written === undefined ? {} : asRecord(written) ? object(written) : written);
  if (refused(result)) throw new Error(result.message);
  return result.value as Threshold;
}

/** Lays thresholds over each other, the weakest first; null where a later one switches freshness off. */
export function mergeThresholds(thresholds: readonly (Threshold | null)[]): Threshold | null {
  let current = thresholds[0] ?? null;
  for (const update of thresholds.slice(1)) {
    if (current !== null && update !== null) {
      current = {
        warn_after: mergeTimes(current.warn_after, update.warn_after),
        error_after: mergeTimes(current.error_after, update.error_after),
        filter: update.filter ?? current.filter,
      };
    } else current = current === null && update !== null && isSet(update) ? update : null;
  }
  return current;
}

/** Whether a threshold says anything. */
export function isSet({ warn_after, error_after }: Threshold): boolean {
  return isTime(warn_after) || isTime(error_after);
}

function mergeTimes(base: Time | null, update: Time | null): Time | null {
  if (isTime(base) && isTime(update))
    return { count: update.count ?? base.count, period: update.period ?? base.period };
  if (update === null) return null;
  return isTime(update) ? update : base;
}

function isTime(time: Time | null): time is Time {
  return time !== null && time.count !== null && time.period !== null;
}
