import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

const SLOW = 'select count(*) as n from range(1000000) a, range(1000000) b where a.range * b.range = 7\n';

describe('an interrupted run', () => {
  it('cancels what runs, skips the rest and says so', async () => {
    project = new Project({
      'models/a.sql': 'select 1 as id\n',
      'models/b_slow.sql': `{{ config(materialized='table') }}\n-- depends_on: {{ ref('a') }}\n${SLOW}`,
      'models/c.sql': "select * from {{ ref('b_slow') }}\n",
    });
    const controller = new AbortController();
    const begun = performance.now();
    const result = await project.run(['run'], {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.info.name === 'LogStartLine' && event.info.msg.includes('b_slow')) {
          setTimeout(() => controller.abort(), 200);
        }
      },
    });
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(result.exitCode).not.toBe(0);
    expect(result.output).toContain('CANCEL');
    const { readFileSync } = await import('node:fs');
    const written = JSON.parse(readFileSync(`${project.root}/target/run_results.json`, 'utf8')) as {
      results: { unique_id: string; status: string }[];
    };
    expect(written.results.map((r) => [r.unique_id, r.status])).toEqual([
      ['model.shop.a', 'success'],
      ['model.shop.b_slow', 'skipped'],
      ['model.shop.c', 'skipped'],
    ]);
  });

  it('keeps the batches of a microbatch model that were built; retry runs the others', async () => {
    project = new Project({
      'models/days.sql':
        "{{ config(event_time='day') }}\nselect timestamp '2026-11-01' + i * interval 1 day as day from range(5) t(i)\n",
      'models/daily.sql':
        "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2026-11-01') }}\nselect day from {{ ref('days') }}\n",
    });
    const controller = new AbortController();
    const command = ['run', '--event-time-start', '2026-11-01', '--event-time-end', '2026-11-06'];
    const result = await project.run(command, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.info.name === 'LogBatchResult' && event.info.msg.includes('2026-11-02')) controller.abort();
      },
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.output).not.toContain('START batch 2026-11-03');
    const [, model] = result.results;
    expect([model?.status, model?.message]).toEqual(['partial success', 'PARTIAL SUCCESS (2/5)']);
    const again = await project.run(['retry']);
    expect(again.output).not.toContain('START batch 2026-11-02');
    expect(again.output).toContain('Batch 3 of 3 OK created batch 2026-11-05');
    expect(again.exitCode).toBe(0);
  });

  it('starts nothing when it is cancelled before it begins', async () => {
    project = new Project({ 'models/a.sql': 'select 1 as id\n' });
    const controller = new AbortController();
    controller.abort();
    const result = await project.run(['run'], { signal: controller.signal });
    expect(result.exitCode).not.toBe(0);
  });

  it('cancels what runs when another node fails with --fail-fast', async () => {
    project = new Project(
      {
        'models/bad.sql': 'select count(*) / 0 as x, nope from range(10)\n',
        'models/slow.sql': `{{ config(materialized='table') }}\n${SLOW}`,
      },
      { threads: 2 },
    );
    const begun = performance.now();
    const result = await project.run(['run', '--fail-fast']);
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(Object.fromEntries(result.results.map((r) => [r.unique_id, [r.status, r.message?.split('\n')[0]]]))).toEqual(
      {
        'model.shop.bad': ['error', 'Runtime Error in model bad (models/bad.sql)'],
        'model.shop.slow': ['skipped', 'Skipping due to fail_fast'],
      },
    );
  });
});
