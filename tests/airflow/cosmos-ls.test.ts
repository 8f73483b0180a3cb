import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Part } from './part.ts';
import { type Airflow, airflow, twice } from './support.ts';

let flagship: Airflow;

beforeAll(() => {
  flagship = airflow();
  flagship.script('generate/main.mjs', '--system', 'customer_risk', '--scale', 'tiny');
  flagship.script('load/main.mjs', '--system', 'customer_risk');
}, 300_000);
afterAll(() => flagship?.remove());

describe('the models of the risk platform, drawn from what tsdbt ls lists', () => {
  it('stop where a test fails: what stands on the model is not run, everything else is', () => {
    const copy = flagship.copyOfProject();
    flagship.edit(copy, 'models/customer_risk/staging/stg_products.sql', twice);
    const run = flagship.test('customer_risk_models', {}, copy);
    const part = new Part(flagship.manifest, 'customer_risk');
    expect(run.status).not.toBe(0);
    expect(run.state).toBe('failed');
    expect(part.ids.length).toBeGreaterThan(25);
    expect(Object.keys(run.tasks).sort()).toEqual(part.allTasks);
    const broken = 'model.tsdbt_flagship.stg_products';
    const behind = part.withDescendants(broken);
    expect(behind.size).toBeGreaterThan(10);
    const expected: Record<string, string> = {};
    for (const id of part.ids) {
      const { make, test } = part.tasks(id);
      const isBehind = id !== broken && behind.has(id);
      expected[make] = isBehind ? 'upstream_failed' : 'success';
      if (test) expected[test] = isBehind ? 'upstream_failed' : id === broken ? 'failed' : 'success';
    }
    for (const test of part.testsOfSeveral) {
      const waits = part.testedNodes(test).some((id) => behind.has(id));
      expected[part.taskOfTest(test)] = waits ? 'upstream_failed' : 'success';
    }
    expect(run.tasks).toEqual(expected);
    expect(run.output).toContain('unique_stg_products_product_id');
  }, 600_000);
});
