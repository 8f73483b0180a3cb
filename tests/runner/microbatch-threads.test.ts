import { afterEach, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

const MICROBATCH = `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='moment', batch_size='day', begin='2026-11-01') }}
select timestamp '2026-11-01' as moment
`;

it.each([
  [4, ['m1', 'm2', 'z', 'm3']],
  [3, ['m1', 'z', 'm2', 'm3']],
])(
  'of %i threads half are for microbatch models, as in dbt; what else is ready does not wait for them',
  async (threads, started) => {
    project = new Project(
      {
        'models/m1.sql': MICROBATCH,
        'models/m2.sql': MICROBATCH,
        'models/m3.sql': MICROBATCH,
        'models/z.sql': 'select 1 as id\n',
      },
      { threads },
    );
    const order: string[] = [];
    const running = new Set<string>();
    let most = 0;
    const result = await project.run(['run', '--event-time-start', '2026-11-01', '--event-time-end', '2026-11-04'], {
      onEvent: ({ info, data }) => {
        const name = (data as { node_info?: { node_name: string } }).node_info?.node_name ?? '';
        if (info.name === 'LogStartLine') {
          order.push(name);
          if (name !== 'z') running.add(name);
          most = Math.max(most, running.size);
        } else if (info.name === 'LogModelResult') running.delete(name);
      },
    });
    expect(result.exitCode, result.output).toBe(0);
    expect(order).toEqual(started);
    expect(most).toBe(Math.floor(threads / 2));
  },
);
