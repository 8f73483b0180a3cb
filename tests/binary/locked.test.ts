import { expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { ENDLESS, Running, tsdbt } from './tsdbt.js';

const TABLE = "{{ config(materialized='table') }} ";

it('a second run on a database file that is open fails at once and says who has it', async () => {
  const project = makeProject({ 'models/slow.sql': `${TABLE}${ENDLESS}`, 'models/other.sql': 'select 1 as id' });
  const first = new Running(['run', '--select', 'slow'], project);
  await first.says('START sql table model main.slow');
  const begun = performance.now();
  const second = tsdbt(['run', '--select', 'other', '--target-path', 'elsewhere'], project);
  expect(performance.now() - begun).toBeLessThan(10_000);
  // dbt's status when the database can't be opened: an error without results.
  expect(second.status).toBe(2);
  expect(second.stdout).toContain('error[database-locked]');
  expect(second.stdout).toContain(`hint: Process ${first.child.pid} has db.duckdb open`);
  expect(second.stdout).not.toContain('bug of tsdbt');
  first.child.kill('SIGINT');
  expect((await first.done).status).toBe(2);
  expect(tsdbt(['run', '--select', 'other'], project).status).toBe(0);
});
