import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PyDateTime, parseIsoDateTime, UTC } from '../../src/jinja/values.js';
import { type BatchSize, batchesOf } from '../../src/runner/microbatch/windows.js';

interface Recorded {
  readonly size: BatchSize;
  readonly begin: string;
  readonly lookback: number;
  readonly incremental: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly now: string;
  readonly count: number;
  readonly batches: readonly (readonly [string, string])[];
}

const { cases } = JSON.parse(readFileSync(new URL('../cases/batches/recorded.json', import.meta.url), 'utf8')) as {
  cases: readonly Recorded[];
};

function utc(text: string): PyDateTime {
  const { year, month, day, hour, minute, second, microsecond } = parseIsoDateTime(text);
  return new PyDateTime(year, month, day, hour, minute, second, microsecond, UTC);
}

it('the batches of a run are those of dbt', () => {
  expect(cases.length).toBeGreaterThan(100);
  for (const { size, begin, lookback, incremental, from, to, now, count, batches } of cases) {
    const made = batchesOf({
      size,
      begin: parseIsoDateTime(begin),
      lookback,
      incremental,
      from: from === null ? null : utc(from),
      to: to === null ? null : utc(to),
      now: utc(now),
    }).map(({ start, end }) => [start.isoformat(), end.isoformat()]);
    const shown = made.length <= 8 ? made : [...made.slice(0, 2), ...made.slice(-2)];
    expect({ size, begin, now, count: made.length, batches: shown }).toEqual({ size, begin, now, count, batches });
  }
});
