import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const files = { 'models/a.sql': 'select 1 as a', 'models/b.sql': "select nothing from {{ ref('a') }}" };

it('says that there is nothing to retry (retry-impossible)', async () => {
  const cwd = makeProject(files);
  const run = (...args: string[]) => invoke(args, { cwd, env: { HOME: cwd } });
  expect(await run('retry')).toMatchObject({ exitCode: 2, error: { code: 'retry-impossible' } });
  await run('show', '-s', 'a');
  const shown = await run('retry');
  expect(shown).toMatchObject({ exitCode: 2, error: { code: 'retry-impossible' } });
  expect(shown.error?.message).toContain("of 'show', which can't be retried");
});

it("retries results that dbt wrote, with dbt's arguments", async () => {
  const cwd = makeProject(files);
  const run = (...args: string[]) => invoke(args, { cwd, env: { HOME: cwd } });
  await run('run', '--vars', '{x: 1}');
  const path = join(cwd, 'target/run_results.json');
  const results = JSON.parse(readFileSync(path, 'utf8')) as { args: { [name: string]: unknown } };
  results.args = {
    which: 'run',
    invocation_command: 'dbt run',
    select: [],
    exclude: [],
    vars: { column: 'a' },
    target_path: '/elsewhere/target',
    log_path: '/elsewhere/logs',
    profiles_dir: '/elsewhere',
    project_dir: '/elsewhere',
    quiet: false,
    warn_error_options: { error: [], warn: [], silence: [] },
    indirect_selection: 'eager',
    require_resource_names_without_spaces: true,
  };
  writeFileSync(path, JSON.stringify(results));
  writeFiles(cwd, { 'models/b.sql': "select {{ var('column') }} from {{ ref('a') }}" });
  const retried = await run('retry');
  expect(retried.results.map((r) => [r.unique_id, r.status])).toEqual([['model.demo.b', 'success']]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ args: { which: 'run', vars: { column: 'a' } } });
});
