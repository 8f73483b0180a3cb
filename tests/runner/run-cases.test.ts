import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ExpectedStep, normalize, RunCase } from './run-case.js';

const root = new URL('../cases/run/', import.meta.url);
const names = readdirSync(root).filter((name) => existsSync(new URL(`${name}/case.json`, root)));

describe('runs of projects, as recorded from dbt', () => {
  it('has the cases', () => {
    expect(names.length).toBeGreaterThanOrEqual(15);
  });

  it.each(names)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}/expected.json`, root), 'utf8')) as {
      steps: ExpectedStep[];
    };
    const run = new RunCase(new URL(`${name}/`, root));
    try {
      for (const [i, step] of run.spec.steps.entries()) {
        const actual = await run.step(step);
        const want = expected.steps[i] as ExpectedStep;
        const where = `step ${i + 1}: ${step.command.join(' ')}`;
        const unordered = step.unordered ?? (run.spec.threads ?? 1) > 1;
        const differs = step.deviates ?? {};
        expect({ where, ...normalize(actual, unordered, differs, step.squeezed) }).toEqual({
          where,
          ...normalize(want, unordered, differs, step.squeezed),
        });
      }
    } finally {
      await run.close();
    }
  });
});
