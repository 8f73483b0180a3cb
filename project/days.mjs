// What is made day by day: which days the lake holds, and the calls that make them.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay, parseDay } from './generate/calendar.mjs';
import { UsageError } from './generate/options.mjs';

/** Transactions and visits are dated up to so many days before the first delivery. */
const BEFORE_FIRST = 14;
/** Rows come, and change, up to so many days after their own: the `lookback` of `fct_member_daily_activity`. */
export const LOOKBACK = 12;

const LOADED_DAY = /^load_date=(\d{4}-\d{2}-\d{2})$/;

/** The first and the last day that were loaded, as day numbers. @param {string} lake */
export async function loadedDays(lake) {
  const folder = join(lake, 'clean', 'members');
  const names = await readdir(folder).catch(() => []);
  const days = names.flatMap((name) => LOADED_DAY.exec(name)?.[1] ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    throw new UsageError(`${folder} holds no day: load the lake first (project/run.mjs, or generate and load)`);
  return { first: parseDay(first), last: parseDay(last) };
}

/** A call that makes the batches of `fct_member_daily_activity` from one day to another, both included. @param {number} from @param {number} until */
export function activityCall(from, until) {
  const ends = ['--event-time-start', formatDay(from), '--event-time-end', formatDay(until + 1)];
  return ['build', '--select', 'tag:by_day', ...ends];
}

/**
 * The calls that make `fct_member_daily_activity`, in order.
 * @param {{first: number, last: number}} days the days to make
 * @param {number} [every] as many days in one call; all of them when not given
 */
export function activityCalls({ first, last }, every = last - first + 1) {
  const calls = [];
  for (let day = first; day <= last; day += every) calls.push(activityCall(day, Math.min(last, day + every - 1)));
  return calls;
}

/** All days of activity of a lake. @param {{first: number, last: number}} loaded */
export function activityDays({ first, last }) {
  return { first: first - BEFORE_FIRST, last };
}

/** The calls that run the snapshot day by day, in order: what it reads first. @param {{first: number, last: number}} days */
export function snapshotCalls({ first, last }) {
  const calls = [['run', '--select', 'stg_members', 'core_member_deliveries']];
  for (let day = first; day <= last; day++)
    calls.push(['build', '--select', 'member_snapshot', '--vars', `{as_of_date: ${formatDay(day)}}`]);
  return calls;
}
