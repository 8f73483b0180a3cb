import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coveragePage } from '../oracle/jinja_coverage.mjs';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/jinja-coverage.md', () => {
  it('is current: run node tests/oracle/jinja_coverage.mjs', () => {
    expect(read('docs/jinja-coverage.md')).toBe(coveragePage());
  });

  it('has a case for every row', () => {
    const rows = JSON.parse(read('tests/cases/jinja/surface.json')) as unknown[];
    const { cases } = JSON.parse(read('tests/cases/jinja/oracle.json')) as { cases: { covers: number[] }[] };
    const covered = new Set(cases.flatMap((item) => item.covers));
    expect(rows.map((_, i) => i).filter((i) => !covered.has(i))).toEqual([]);
  });
});
