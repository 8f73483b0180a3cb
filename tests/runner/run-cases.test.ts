import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Deviation, type ExpectedStep, normalize, RunCase, takeDeviating } from './run-case.js';

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
        const ours = normalize(actual, unordered, differs, step.squeezed, !step.without_excerpts);
        const dbts = normalize(want, unordered, differs, step.squeezed, !step.without_excerpts);
        if (isDeviation(differs)) {
          const [here, there] = [takeDeviating(ours, differs), takeDeviating(dbts, differs)];
          for (const [what, expectation] of Object.entries(differs.ours)) {
            const wanted = typeof expectation === 'string' ? expect.stringContaining(expectation) : expectation;
            expect.soft(here[what] ?? null, `${where}: ${what}`).toEqual(wanted);
            expect.soft(there[what] ?? null, `${where}: ${what} deviates no more`).not.toEqual(wanted);
          }
        }
        expect.soft({ where, ...ours }).toEqual({ where, ...dbts });
      }
    } finally {
      await run.close();
    }
  });
});

function isDeviation(deviates: object): deviates is Deviation {
  return 'of' in deviates;
}
