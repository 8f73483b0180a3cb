import { PyDateTime, UTC } from '../../jinja/values.js';

export type BatchSize = 'hour' | 'day' | 'month' | 'year';

/** One batch: from `start` on, up to but without `end`; both in UTC. */
export interface Batch {
  readonly start: PyDateTime;
  readonly end: PyDateTime;
}

export interface WindowOptions {
  readonly size: BatchSize;
  /** What is looked at when nothing else says where to begin; its clock reading is taken for UTC, as in dbt. */
  readonly begin: PyDateTime;
  /** How many batches before the current one are built again. */
  readonly lookback: number;
  /** Whether the model's table is there and is added to. */
  readonly incremental: boolean;
  /** `--event-time-start` and `--event-time-end`, in UTC. */
  readonly from: PyDateTime | null;
  readonly to: PyDateTime | null;
  /** When the invocation began, in UTC: the end when none is given. */
  readonly now: PyDateTime;
}

/**
 * dbt's batches of a run: up to the end of the stretch asked for or of the current batch; from the start asked for, from
 * `begin` when the model is built anew, else from the current batch less `lookback`. There is always at least one.
 */
export function batchesOf(options: WindowOptions): Batch[] {
  const { size, from, to, now } = options;
  const end = ceiling(to ?? now, size);
  let start = from ? truncate(from, size) : defaultStart(options, end);
  let next = offset(start, size, 1);
  const batches: Batch[] = [{ start, end: next }];
  while (next.instant < end.instant) {
    start = next;
    next = offset(start, size, 1);
    batches.push({ start, end: next });
  }
  batches[batches.length - 1] = { start, end };
  return batches;
}

/** `end` is where a batch ends, so the current batch is the one before. */
function defaultStart({ size, begin, lookback, incremental }: WindowOptions, end: PyDateTime): PyDateTime {
  return incremental ? offset(end, size, -(lookback + 1)) : truncate(begin, size);
}

/** The beginning of the batch that a time is in. */
export function truncate({ year, month, day, hour }: PyDateTime, size: BatchSize): PyDateTime {
  switch (size) {
    case 'hour':
      return new PyDateTime(year, month, day, hour, 0, 0, 0, UTC);
    case 'day':
      return new PyDateTime(year, month, day, 0, 0, 0, 0, UTC);
    case 'month':
      return new PyDateTime(year, month, 1, 0, 0, 0, 0, UTC);
    case 'year':
      return new PyDateTime(year, 1, 1, 0, 0, 0, 0, UTC);
  }
}

const HOUR = 3_600_000_000n;

/** The beginning of the batch that is `count` batches after that of a time. */
function offset(time: PyDateTime, size: BatchSize, count: number): PyDateTime {
  const base = truncate(time, size);
  if (size === 'hour' || size === 'day') {
    const hours = BigInt(size === 'hour' ? count : count * 24);
    return PyDateTime.fromWallMicros(base.wallMicros + hours * HOUR, UTC);
  }
  const months = base.year * 12 + base.month - 1 + (size === 'month' ? count : count * 12);
  return new PyDateTime(Math.floor(months / 12), (months % 12) + 1, 1, 0, 0, 0, 0, UTC);
}

/** The beginning of a batch itself, of anything else the beginning of the next one. */
function ceiling(time: PyDateTime, size: BatchSize): PyDateTime {
  const base = truncate(time, size);
  return base.instant === time.instant ? base : offset(base, size, 1);
}
