// Runs what is made day by day over a range of days; it stops at the first failure, with its status.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { activityCalls, activityDays, LOOKBACK, loadedDays, snapshotCalls } from './days.mjs';
import { formatDay, parseDay } from './generate/calendar.mjs';
import { lakeFolder, ROOT, readArguments, runScript, UsageError } from './generate/options.mjs';

const HELP = `Makes again, for a range of days, what is made day by day.

  node project/backfill.mjs activity [options]    fct_member_daily_activity: a batch a day (microbatch)
  node project/backfill.mjs snapshot [options]    member_snapshot: one run a day, each knowing the deliveries up to its day

  --from, --until <day>   default: all days of the lake
  --recent                activity: the last day and the ${LOOKBACK} before it, in which rows still come late
  --every <n>             activity: as many days in one run, default all of them
  --lake <folder>         default project/lake, or FLAGSHIP_LAKE
  --dbt <command>         what runs: by default this repository's dist/cli/main.js; real dbt does too

A batch that failed leaves the others as they are: mend what it fails of, and let 'retry' of the same command run it alone.
`;

/** @param {string | undefined} given @param {string} name @param {number} otherwise */
function dayOf(given, name, otherwise) {
  if (given === undefined) return otherwise;
  try {
    return parseDay(given);
  } catch {
    throw new UsageError(`--${name} must be a date like 2025-01-31, not '${given}'`);
  }
}

await runScript(async () => {
  const { values, positionals } = readArguments(
    {
      from: { type: 'string' },
      until: { type: 'string' },
      recent: { type: 'boolean' },
      every: { type: 'string' },
      lake: { type: 'string' },
      dbt: { type: 'string' },
    },
    HELP,
  );
  const [what, ...more] = positionals;
  if ((what !== 'activity' && what !== 'snapshot') || more.length > 0)
    throw new UsageError(`say what is to be made: activity or snapshot, not '${positionals.join(' ')}'`);
  if (what === 'snapshot' && (values.every !== undefined || values.recent))
    throw new UsageError('--every and --recent are for activity: a snapshot has one run a day');
  const every = values.every === undefined ? undefined : Number(values.every);
  if (every !== undefined && !(Number.isSafeInteger(every) && every > 0))
    throw new UsageError(`--every must be a number of days, not '${values.every}'`);

  const lake = lakeFolder(values.lake);
  const loaded = await loadedDays(lake);
  const last = dayOf(values.until, 'until', loaded.last);
  const all = what === 'activity' ? activityDays(loaded) : loaded;
  const first = dayOf(values.from, 'from', values.recent ? last - LOOKBACK : all.first);
  if (first > last) throw new UsageError(`there is no day from ${formatDay(first)} to ${formatDay(last)}`);
  const days = { first, last };

  const env = { ...process.env };
  if (values.lake) {
    env.FLAGSHIP_LAKE = lake;
    env.FLAGSHIP_DATABASE ??= join(lake, 'warehouse.duckdb');
  }
  const [command = '', ...args] = values.dbt
    ? values.dbt.trim().split(/\s+/)
    : [process.execPath, join(ROOT, 'dist', 'cli', 'main.js')];
  if (!values.dbt && !existsSync(args[0] ?? ''))
    throw new UsageError(`${args[0]} is not there: npm run build makes it`);

  for (const call of what === 'activity' ? activityCalls(days, every) : snapshotCalls(days)) {
    process.stdout.write(`\n== ${call.join(' ')}\n`);
    const done = spawnSync(command, [...args, ...call], { cwd: ROOT, env, stdio: 'inherit' });
    if (done.error) process.stderr.write(`can't run ${command}: ${done.error.message}\n`);
    const status = done.error ? 127 : (done.status ?? 128 + (done.signal ? constants.signals[done.signal] : 0));
    if (status !== 0) {
      process.exitCode = status;
      return;
    }
  }
});
