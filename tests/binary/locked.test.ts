import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeProject, writeFiles } from '../helpers/project.js';
import { artifacts, type Done, ENDLESS, Running, root, shell, statuses, tsdbt } from './tsdbt.js';

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
  expect(second.stdout).toContain(`hint: Process ${first.child.pid} (`);
  expect(second.stdout).not.toContain('bug of tsdbt');
  first.child.kill('SIGINT');
  expect((await first.done).status).toBe(2);
  expect(tsdbt(['run', '--select', 'other'], project).status).toBe(0);
});

it('waits for a database file as long as it is asked to, and says for whom', async () => {
  const project = makeProject({ 'models/slow.sql': `${TABLE}${ENDLESS}`, 'models/other.sql': 'select 1 as id' });
  const first = new Running(['run', '--select', 'slow'], project);
  await first.says('START sql table model main.slow');
  const second = new Running(
    ['run', '--select', 'other', '--target-path', 'elsewhere', '--lock-timeout', '600'],
    project,
  );
  await second.says('Waiting up to 600 seconds');
  expect(second.stdout).toMatch(
    new RegExp(`for db\\.duckdb: Process ${first.child.pid} \\(.*main\\.js run --select slow\\) has it open`),
  );
  first.child.kill('SIGKILL');
  await first.done;
  expect((await second.done).status).toBe(0);
  expect(second.stdout.match(/Waiting/g)).toHaveLength(1);
});

it('ends its waiting by Ctrl-C, and when the time of the profile is over', async () => {
  const project = makeProject({
    'models/slow.sql': `${TABLE}${ENDLESS}`,
    'models/other.sql': 'select 1 as id',
    'profiles.yml': JSON.stringify({
      case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'db.duckdb', lock_timeout: 1 } } },
    }),
  });
  const first = new Running(['run', '--select', 'slow'], project);
  await first.says('START sql table model main.slow');
  const other = ['run', '--select', 'other', '--target-path', 'elsewhere'];
  const second = new Running([...other, '--lock-timeout', '600'], project);
  await second.says('Waiting up to 600 seconds');
  second.child.kill('SIGINT');
  expect((await second.done).status).toBe(2);
  expect(second.stdout).toContain('SKIP relation main.other');
  const third = tsdbt(other, project);
  expect(third.status).toBe(2);
  expect(third.stdout).toMatch(/Waiting up to 1 seconds for db\.duckdb: [\s\S]*error\[database-locked\]/);
});

it('an attached database file that is open elsewhere is told like the database itself', async () => {
  const project = makeProject({ 'models/slow.sql': `${TABLE}${ENDLESS}` });
  const first = new Running(['run'], project);
  await first.says('START sql table model main.slow');
  writeFiles(project, {
    'profiles.yml': JSON.stringify({
      case: {
        target: 'dev',
        outputs: { dev: { type: 'duckdb', path: 'own.duckdb', attach: [{ path: 'db.duckdb' }] } },
      },
    }),
  });
  const second = tsdbt(['run', '--target-path', 'elsewhere'], project);
  expect(second.status).toBe(2);
  expect(second.stdout).toContain('error[database-locked]');
  expect(second.stdout).toContain(`hint: Process ${first.child.pid} (`);
});

it('a database that a program holds open is closed to other processes, which are told its id', async () => {
  const project = makeProject({ 'models/a.sql': `${TABLE}select 1 as id` });
  writeFiles(project, {
    'hold.mjs': `import { openProject } from ${JSON.stringify(join(root, 'dist/index.js'))};
      const database = await (await openProject({ env: { HOME: process.cwd() } })).openDatabase();
      console.log('open');
      process.stdin.once('data', () => { database.close(); process.exit(0); });`,
  });
  const holder = spawn(process.execPath, ['hold.mjs'], { cwd: project });
  await once(holder.stdout, 'data');
  const other = tsdbt(['run'], project);
  expect(other.status).toBe(2);
  expect(other.stdout).toContain('error[database-locked]');
  expect(other.stdout).toContain(`hint: Process ${holder.pid} (${process.execPath} hold.mjs) has `);
  const waiting = new Running(['run', '--lock-timeout', '600'], project);
  await waiting.says('Waiting up to 600 seconds');
  holder.stdin.write('close\n');
  expect((await waiting.done).status).toBe(0);
});

describe('two invocations of one process', () => {
  const twice = (options: string): Done => {
    const project = makeProject({ 'models/a.sql': `${TABLE}select 1 as id`, 'models/b.sql': `${TABLE}select 2 as id` });
    writeFiles(project, {
      'twice.mjs': `import { invoke } from ${JSON.stringify(join(root, 'dist/index.js'))};
        const env = { HOME: process.cwd() };
        let printed = '';
        const stdout = (text) => (printed += text);
        // The second begins while the first has the database open.
        let second;
        const onEvent = (event) => {
          if (event.info.name === 'LogStartLine') second ??= invoke(['run', '--select', 'b', '--target-path', 'elsewhere', ...${options}], { env, stdout });
        };
        const first = await invoke(['run', '--select', 'a'], { env, onEvent });
        const { exitCode, error } = await second;
        console.log(first.exitCode, exitCode, error?.code);
        console.log(printed);
        const third = await invoke(['run', '--select', 'b'], { env });
        console.log(third.exitCode);`,
    });
    return shell(`${process.execPath} twice.mjs`, project);
  };

  it('do not open one database file at once: DuckDB would damage it', () => {
    const { stdout, stderr } = twice('[]');
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^0 2 database-locked\n[\s\S]*open in this process already[\s\S]*--lock-timeout[\s\S]*\n0\n$/,
    );
  });

  it('run one after the other when the second may wait', () => {
    const { stdout } = twice("['--lock-timeout', '60']");
    expect(stdout).toMatch(/^0 0 undefined\n[\s\S]*Another invocation of this process has it open[\s\S]*\n0\n$/);
  });
});

it('two runs at once on one target directory leave artifacts that are whole', async () => {
  const models = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`models/m${i}.sql`, 'select 1 as id']));
  const other = { type: 'duckdb', path: 'other.duckdb' };
  const project = makeProject({
    ...models,
    'profiles.yml': JSON.stringify({
      case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'db.duckdb' }, other } },
    }),
  });
  const runs = ['dev', 'other', 'dev', 'other'].map(
    (target) => new Running(['build', '--target', target, '--lock-timeout', '60'], project),
  );
  for (const run of runs) {
    const done = await run.done;
    expect(done, done.stdout).toMatchObject({ status: 0, stderr: '' });
  }
  expect(Object.keys(statuses(project))).toHaveLength(40);
  expect(artifacts(project)).toEqual(expect.arrayContaining(['manifest.json', 'run_results.json']));
  expect(readdirSync(join(project, 'target')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
