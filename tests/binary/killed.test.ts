import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { artifacts, ask, ENDLESS, Running, relations, tsdbt } from './tsdbt.js';

const TABLE = "{{ config(materialized='table') }} ";
const FILE = 'db.duckdb';

/** Three tables and a seed, of one version. */
function version(n: number): { readonly [path: string]: string } {
  return {
    'seeds/s.csv': `id\n${n}\n`,
    'models/a.sql': `${TABLE}select id, ${n} as v from {{ ref('s') }}`,
    'models/b.sql': `${TABLE}select a.id, ${n} as v from {{ ref('a') }} a, range(100000)`,
    'models/c.sql': `${TABLE}select count(*) as id, ${n} as v from {{ ref('b') }}`,
  };
}

/** Each relation is of the old or of the new version, none is missing or mixed. */
async function expectWhole(project: string): Promise<void> {
  const file = join(project, FILE);
  expect(await relations(file)).toEqual(['a', 'b', 'c', 's']);
  for (const name of ['a', 'b', 'c']) {
    const versions = await ask(file, `select distinct v from ${name}`);
    expect(versions, name).toHaveLength(1);
    expect([1, 2], name).toContain(versions[0]);
  }
  expect([[1], [2]]).toContainEqual(await ask(file, 'select id from s'));
  expect(artifacts(project)).toEqual(
    expect.arrayContaining(['graph_summary.json', 'manifest.json', 'run_results.json', 'semantic_manifest.json']),
  );
}

it('SIGKILL at any moment of a build leaves a database and artifacts that are whole', async () => {
  const project = makeProject(version(1));
  expect(tsdbt(['build'], project).status).toBe(0);
  const moments = ['Registered adapter', 'Found 3 models', '1 of 4 START', '3 of 4 START', '4 of 4 START', 'Done.'];
  for (const [i, moment] of moments.entries()) {
    for (const [path, text] of Object.entries(version((i % 2) + 1))) writeFileSync(join(project, path), text);
    const build = new Running(['build'], project);
    await build.says(moment);
    build.child.kill('SIGKILL');
    const { signal, status } = await build.done;
    // After the last line it may have been faster.
    if (status === null) expect(signal).toBe('SIGKILL');
    await expectWhole(project);
  }
  expect(tsdbt(['build'], project)).toMatchObject({ status: 0, stderr: '' });
  await expectWhole(project);
});

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
