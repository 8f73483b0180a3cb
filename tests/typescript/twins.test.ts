import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExpectedStep, RunCase } from '../runner/run-case.js';

const directory = new URL('../cases/typescript/twins/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', directory), 'utf8')) as {
  readonly steps: readonly ExpectedStep[];
};

type Relations = { readonly [name: string]: unknown };

/** dbt leaves the temporary relation of an incremental Python model behind. Rows have no order. */
function kept(relations: Relations): Relations {
  const sorted = (relation: unknown): unknown => {
    const { rows, ...rest } = relation as { readonly rows: readonly unknown[] };
    return { ...rest, rows: rows.map((row) => JSON.stringify(row)).sort() };
  };
  const own = Object.entries(relations).filter(([name]) => !name.includes('__dbt_tmp'));
  return Object.fromEntries(own.map(([name, relation]) => [name, sorted(relation)]));
}

function shownOf(step: ExpectedStep) {
  return {
    exit: step.exit,
    statuses: Object.fromEntries(
      (step.results ?? []).map(({ unique_id: id, status, failures }) => [id, [status, failures]]),
    ),
    relations: kept(step.relations),
    nodes: Object.fromEntries(
      Object.entries(step.nodes ?? {}).map(([id, node]) => {
        const {
          compiled_path: _compiled,
          build_path: _build,
          extra_ctes_injected: _ctes,
          compiled: _done,
          ...rest
        } = node;
        const { nodes } = rest['depends_on'] as { readonly nodes: readonly string[] };
        return [id, { ...rest, depends_on: nodes }];
      }),
    ),
  };
}

/**
 * Each model of the case is written in Python and in TypeScript, one beside the other. dbt was recorded with both there: it looks at the
 * Python files only. Here the TypeScript files take their place.
 */
describe('TypeScript models beside their twins in Python, as recorded from dbt', () => {
  it('come to the same manifest, statuses and rows', async () => {
    const run = new RunCase(directory);
    try {
      const models = join(run.project, 'models');
      for (const name of readdirSync(models)) if (name.endsWith('.py')) rmSync(join(models, name));
      for (const [i, step] of run.spec.steps.entries()) {
        const where = `step ${i + 1}: ${step.command.join(' ')}`;
        const actual = await run.step(step);
        expect({ where, ...shownOf(actual) }).toEqual({ where, ...shownOf(expected.steps[i] as ExpectedStep) });
      }
    } finally {
      await run.close();
    }
  });
});
