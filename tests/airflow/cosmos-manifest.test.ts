import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Part } from './part.ts';
import { type Airflow, airflow } from './support.ts';

let flagship: Airflow;

beforeAll(() => {
  flagship = airflow();
  flagship.script('generate/main.mjs', '--system', 'financial_analytics', '--scale', 'tiny');
  flagship.script('load/main.mjs', '--system', 'financial_analytics');
}, 300_000);
afterAll(() => flagship?.remove());

describe('the models of financial analytics, drawn from the manifest', () => {
  let run: ReturnType<Airflow['test']>;
  let part: Part;
  beforeAll(() => {
    run = flagship.test('financial_analytics_models');
    part = new Part(flagship.manifest, 'financial_analytics');
  }, 600_000);

  it('are one task each and one for the tests of each, all green', () => {
    expect(run.status, run.output.slice(-5000)).toBe(0);
    expect(run.state).toBe('success');
    expect(part.ids.filter((id) => id.startsWith('model.')).length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(run.tasks).sort()).toEqual(part.allTasks);
    expect(new Set(Object.values(run.tasks))).toEqual(new Set(['success']));
    expect(new Set(Object.values(run.pools))).toEqual(new Set(['warehouse']));
  });

  it('run after all that they stand on has been made and tested', () => {
    const at = (task: string): number => run.order.indexOf(task);
    for (const id of part.ids) {
      const own = part.tasks(id);
      for (const parent of part.parents(id).filter((one) => part.ids.includes(one))) {
        const before = part.tasks(parent);
        expect(at(own.make), `${own.make} after ${before.test ?? before.make}`).toBeGreaterThan(
          at(before.test ?? before.make),
        );
      }
    }
  });

  it('are in the warehouse, also those in TypeScript', async () => {
    const [[scored, learned]] = (await flagship.rows(
      `select (select count(*) from gold.loan_default_probability)::integer,
         (select count(*) from gold.loan_default_coefficients)::integer`,
    )) as [[number, number]];
    expect(scored).toBeGreaterThan(500);
    expect(learned).toBeGreaterThan(5);
  });

  it('are assets of Airflow, by the lineage that OpenLineage takes from the artifacts', () => {
    const models = part.ids.filter((id) => id.startsWith('model.')).map((id) => id.split('.').at(-1));
    const assets = (flagship.query('assets') as string[]).map((name) => name.split('/').at(-1));
    expect(assets.sort()).toEqual(models.sort());
  });

  it('tell what a test only warns of', async () => {
    const [[alerts]] = (await flagship.rows('select count(*)::integer from gold.high_risk_customers')) as [[number]];
    expect(alerts).toBeGreaterThan(0);
    expect(run.output).toMatch(new RegExp(`warn_high_risk_customers: Got ${alerts} results?, configured to warn if`));
  });
});
