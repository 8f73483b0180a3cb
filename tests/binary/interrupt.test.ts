import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { artifacts, ask, ENDLESS, Running, relations, root, statuses, tsdbt } from './tsdbt.js';

const TABLE = "{{ config(materialized='table') }} ";

/** A project that was built once, and in which `slow` doesn't end any more. */
function slowProject(): string {
  const project = makeProject({
    'models/a.sql': `${TABLE}select 1 as id`,
    'models/slow.sql': `${TABLE}-- depends_on: {{ ref('a') }}\nselect 7 as id`,
    'models/after.sql': "select * from {{ ref('slow') }}",
  });
  expect(tsdbt(['run'], project).status).toBe(0);
  writeFileSync(join(project, 'models/slow.sql'), `${TABLE}-- depends_on: {{ ref('a') }}\n${ENDLESS}`);
  return project;
}

describe.each([
  // dbt ends with 2 on Ctrl-C; SIGTERM ends it by the signal, of which a shell makes 143.
  ['SIGINT', 2],
  ['SIGTERM', 143],
] as const)('%s in the middle of a statement', (signal, status) => {
  it('cancels it, says what was not done, writes the artifacts and leaves the old tables', async () => {
    const project = slowProject();
    const run = new Running(['run'], project);
    await run.says('START sql table model main.slow');
    run.child.kill(signal);
    const done = await run.done;
    expect(done.status).toBe(status);
    expect(done.stderr).toBe('');
    expect(done.stdout).toContain('Exited because of keyboard interrupt');
    expect(done.stdout).toMatch(/SKIP relation main\.after/);
    expect(done.stdout).toContain('Done. PASS=1 WARN=0 ERROR=0 SKIP=2 NO-OP=0 TOTAL=3');
    expect(statuses(project)).toEqual({
      'model.demo.a': 'success',
      'model.demo.slow': 'skipped',
      'model.demo.after': 'skipped',
    });
    expect(artifacts(project)).toContain('manifest.json');
    const file = join(project, 'db.duckdb');
    expect(await relations(file)).toEqual(['a', 'after', 'slow']);
    expect(await ask(file, 'select id from after')).toEqual([7]);
  });
});

it('SIGINT cancels the statements of all threads', async () => {
  const names = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `m${n}`);
  const project = makeProject(Object.fromEntries(names.map((n) => [`models/${n}.sql`, `${TABLE}${ENDLESS}`])));
  const run = new Running(['run', '--threads', '8'], project);
  // At once: some statements run by then, some are on their way to DuckDB, some are not sent.
  await run.says('8 of 8 START');
  run.child.kill('SIGINT');
  expect((await run.done).status).toBe(2);
  expect(new Set(Object.values(statuses(project)))).toEqual(new Set(['skipped']));
  expect(await relations(join(project, 'db.duckdb'))).toEqual([]);
});

it.each(['on-run-start', 'on-run-end'])('SIGINT cancels the hook of %s', async (kind) => {
  const project = makeProject({
    'dbt_project.yml': `name: demo\nversion: '1.0'\nprofile: case\n${kind}: "${ENDLESS}"\n`,
    'models/a.sql': 'select 1 as id',
  });
  const run = new Running(['run'], project);
  await run.says('1 of 1 START hook');
  run.child.kill('SIGINT');
  const done = await run.done;
  expect(done.status).toBe(2);
  expect(done.stdout).toContain('Exited because of keyboard interrupt');
  expect(statuses(project)['model.demo.a']).toBe(kind === 'on-run-start' ? 'skipped' : 'success');
});

it('a second signal ends at once what does not let itself be cancelled', async () => {
  const project = makeProject({
    'models/slow.sql': `${TABLE}${ENDLESS}`,
    'deaf.cjs': `require(${JSON.stringify(join(root, 'node_modules/@duckdb/node-api'))}).DuckDBConnection.prototype.interrupt = () => {};`,
  });
  const run = new Running(['run'], project, { node: ['--require', join(project, 'deaf.cjs')] });
  await run.says('START sql table model main.slow');
  run.child.kill('SIGINT');
  await run.says('CANCEL query model.demo.slow');
  run.child.kill('SIGINT');
  expect((await run.done).status).toBe(130);
  expect(await relations(join(project, 'db.duckdb'))).toEqual([]);
});

/** A template that would be rendered for hours. */
const ENDLESS_LOOP =
  '{% for a in range(100000) %}{% for b in range(100000) %}{% set c = a * b %}{% endfor %}{% endfor %}';

// dbt ends such a loop with status 2 and a traceback.
it.each(['SIGINT', 'SIGTERM'] as const)('%s while a template is rendered that does not end', async (signal) => {
  const project = makeProject({ 'models/a.sql': `${ENDLESS_LOOP}select 1 as id` });
  const run = new Running(['run'], project);
  await run.says('Registered adapter');
  run.child.kill(signal);
  expect(await run.done).toMatchObject({ status: null, signal, stderr: '' });
  expect(existsSync(join(project, 'target'))).toBe(false);
});

it('SIGINT ends a loop of a template in the middle of a run', async () => {
  const project = makeProject({
    'models/a.sql': `{% if execute %}${ENDLESS_LOOP}{% endif %}select 1 as id`,
    'models/b.sql': `${TABLE}select 1 as id -- {{ ref('a') }}`,
  });
  const run = new Running(['run'], project);
  await run.says('START sql view model main.a');
  run.child.kill('SIGINT');
  const done = await run.done;
  expect(done).toMatchObject({ status: 2, stderr: '' });
  expect(done.stdout).toContain('Done. PASS=0 WARN=0 ERROR=0 SKIP=2 NO-OP=0 TOTAL=2');
  expect(await relations(join(project, 'db.duckdb'))).toEqual([]);
});

it('an interrupted run leaves nothing behind, and retry builds what it did not', async () => {
  const project = slowProject();
  const run = new Running(['run'], project);
  await run.says('START sql table model main.slow');
  run.child.kill('SIGINT');
  expect((await run.done).status).toBe(2);
  expect(readdirSync(join(project, 'target')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  writeFileSync(join(project, 'models/slow.sql'), `${TABLE}select 8 as id`);
  const retry = tsdbt(['retry'], project);
  expect(retry.stdout).toContain('Done. PASS=2 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=2');
  expect(await ask(join(project, 'db.duckdb'), 'select id from after')).toEqual([8]);
  expect(await relations(join(project, 'db.duckdb'))).toEqual(['a', 'after', 'slow']);
});

it('SIGINT ends a TypeScript model that waits for what never comes, and leaves the old table', async () => {
  const project = makeProject({ 'models/waits.ts': 'export const model = () => [{ id: 7 }];\n' });
  expect(tsdbt(['run'], project).status).toBe(0);
  writeFileSync(
    join(project, 'models/waits.ts'),
    "export async function* model({ log }) {\n  yield { id: 8 };\n  log('waiting', { info: true });\n  await new Promise(() => {});\n}\n",
  );
  const run = new Running(['run'], project);
  await run.says('waiting');
  run.child.kill('SIGINT');
  const done = await run.done;
  expect([done.status, done.stderr]).toEqual([2, '']);
  expect(done.stdout).toContain('Exited because of keyboard interrupt');
  expect(statuses(project)).toEqual({ 'model.demo.waits': 'skipped' });
  const file = join(project, 'db.duckdb');
  expect(await relations(file)).toEqual(['waits']);
  expect(await ask(file, 'select id from waits')).toEqual([7]);
});
