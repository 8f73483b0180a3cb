import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { bin, Running, shell, statuses, tsdbt } from './tsdbt.js';

const ESCAPE = '\u001b';
const ONE = { 'models/a.sql': 'select 1 as id' };
const BAD_AND_GOOD = { 'models/bad.sql': 'select nope', 'models/good.sql': 'select 1 as id' };

describe('lines for a pipe', () => {
  it('have no codes but when colours are asked for', () => {
    const project = makeProject(ONE);
    expect(tsdbt(['run'], project).stdout).not.toContain(ESCAPE);
    const colored = tsdbt(['run', '--use-colors'], project, { env: { NO_COLOR: '1' } }).stdout;
    expect(colored).toContain(`${ESCAPE}[32mOK${ESCAPE}[39m`);
    // Colours only: nothing that moves or hides the cursor.
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).not.toContain(ESCAPE);
    expect(tsdbt(['run', '--no-use-colors'], project, { env: { FORCE_COLOR: '1' } }).stdout).not.toContain(ESCAPE);
    expect(readFileSync(join(project, 'logs/dbt.log'), 'utf8')).not.toContain(ESCAPE);
  });

  it('are objects with --log-format json, each whole, errors too', () => {
    const { status, stdout, stderr } = tsdbt(['run', '--log-format', 'json'], makeProject(BAD_AND_GOOD));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { data: object; info: object });
    for (const { data, info } of events) {
      expect(Object.keys(info).sort()).toEqual([
        'category',
        'code',
        'extra',
        'invocation_id',
        'level',
        'msg',
        'name',
        'pid',
        'thread',
        'ts',
      ]);
      expect(typeof data).toBe('object');
    }
  });

  it('are errors only with --quiet and --log-level error, and everything with --log-level debug', () => {
    const project = makeProject(BAD_AND_GOOD);
    for (const less of [['--quiet'], ['--log-level', 'error']]) {
      const { stdout } = tsdbt(['run', ...less], project);
      expect(stdout).toContain('Failure in model bad');
      expect(stdout).not.toContain('good');
    }
    expect(tsdbt(['run', '--log-level', 'none'], project)).toMatchObject({ status: 1, stdout: '' });
    expect(tsdbt(['run', '--log-level', 'debug'], project).stdout).toContain('create view');
  });

  it('a reader that goes away, or a stream that is closed, changes nothing', () => {
    const project = makeProject(ONE);
    // `true` reads nothing: each write finds no reader.
    expect(shell('{ $TSDBT run; echo $? >&2; } | true', project)).toMatchObject({ stderr: '0\n' });
    expect(statuses(project)).toEqual({ 'model.demo.a': 'success' });
    expect(shell('$TSDBT run >&- 2>&- <&-', project)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

it('logs/dbt.log has what the console leaves out, and rolls over', () => {
  const project = makeProject(ONE);
  tsdbt(['run'], project);
  const log = readFileSync(join(project, 'logs/dbt.log'), 'utf8');
  expect(log).toMatch(/^=+ \d\d:\d\d:\d\d\.\d{6} \| [0-9a-f-]{36} =+$/m);
  expect(log).toContain('create view');
  expect(log).toContain('1 of 1 OK created sql view model main.a');
  for (const _ of [1, 2]) tsdbt(['ls', '--log-file-max-bytes', '100'], project);
  expect(readdirSync(join(project, 'logs')).sort()).toEqual(expect.arrayContaining(['dbt.log', 'dbt.log.1']));
});

it('starts without DuckDB where it needs none', () => {
  const project = makeProject({
    ...ONE,
    'no-duckdb.cjs': `const Module = require('node:module');
      const load = Module._load;
      Module._load = (name, ...more) => {
        if (name.includes('duckdb') && name.includes('node-')) throw new Error('DuckDB was loaded');
        return load(name, ...more);
      };`,
  });
  const node = ['--require', join(project, 'no-duckdb.cjs')];
  for (const args of [
    ['--version'],
    ['--help'],
    ['run', '--help'],
    ['ls'],
    ['parse'],
    ['docs', 'lineage'],
    ['clean'],
    ['nosuch'],
  ]) {
    const done = tsdbt(args, project, { node });
    expect(done.status, `${args.join(' ')}: ${done.stdout}${done.stderr}`).toBe(args[0] === 'nosuch' ? 2 : 0);
  }
  // The guard works.
  expect(tsdbt(['run'], project, { node }).stdout).toContain('DuckDB was loaded');
});

describe('a bug of tsdbt', () => {
  const broken = (how: string) => {
    const project = makeProject({ ...ONE, 'bug.cjs': how });
    return tsdbt(['ls'], project, { node: ['--require', join(project, 'bug.cjs')] });
  };

  // Once the command is under way: before, the binary's handlers are not there.
  const later = (what: string) => `const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text, ...more) => {
      if (String(text).includes('Registered adapter')) process.nextTick(() => { ${what} });
      return write(text, ...more);
    };`;

  it.each([
    ['thrown outside of the command', later("throw new TypeError('boom')")],
    ['a rejection that nobody handles', later("Promise.reject(new TypeError('boom'))")],
    [
      'thrown while the command works',
      "require('node:path').relative = () => { throw new TypeError('boom'); }; require('node:module').syncBuiltinESMExports();",
    ],
  ])('is reported as one, with status 2: %s', (_name, how) => {
    const done = broken(how);
    expect(done.status).toBe(2);
    const text = done.stdout + done.stderr;
    expect(text).toContain('This is a bug of tsdbt');
    expect(text).toContain('boom');
  });
});

describe('the documentation', () => {
  it('`docs` alone says where to open it; `docs serve` is for this machine only and ends on Ctrl-C', async () => {
    const project = makeProject(ONE);
    const docs = tsdbt(['docs'], project);
    expect(docs.status).toBe(0);
    const index = join(project, 'target/index.html');
    expect(docs.stdout).toContain(index);
    expect(existsSync(index)).toBe(true);

    const serve = new Running(['docs', 'serve', '--port', '0', '--no-browser'], project);
    await serve.says('http://localhost:');
    const port = Number(/http:\/\/localhost:(\d+)/.exec(serve.stdout)?.[1]);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    // Another address of the same machine is not listened on.
    const other = await new Promise((done) => {
      const socket = connect({ port, host: '127.0.0.2' }, () => done('connected'));
      socket.on('error', () => done('refused'));
    });
    expect(other).toBe('refused');
    serve.child.kill('SIGINT');
    expect(await serve.done).toMatchObject({ status: 0, stderr: '' });
  });

  it('a port that is taken is an error', async () => {
    const project = makeProject({ ...ONE, 'target/index.html': '' });
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const done = tsdbt(['docs', 'serve', '--port', String(port)], project);
    taken.close();
    expect(done.status).toBe(2);
    expect(done.stdout).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(done.stdout).toContain('--port');
  });
});

describe('flags, as dbt takes them', () => {
  it('--fail-fast, --threads, a selection of nothing', () => {
    const project = makeProject(BAD_AND_GOOD);
    expect(tsdbt(['run', '--fail-fast', '--threads', '1'], project).status).toBe(1);
    expect(statuses(project)).toEqual({ 'model.demo.bad': 'error', 'model.demo.good': 'skipped' });
    expect(tsdbt(['run', '--threads', '8'], project).stdout).toContain('Concurrency: 8 threads');
    // dbt fails here too, in Python's thread pool.
    expect(tsdbt(['run', '--threads', '0'], project).status).toBe(2);
    const none = tsdbt(['run', '--select', 'nosuch'], project);
    expect(none.status).toBe(0);
    expect(none.stdout).toContain("The selection criterion 'nosuch' does not match any enabled nodes");
  });

  it('what is wrong on the command line or in DBT_ variables has status 2', () => {
    const project = makeProject(ONE);
    for (const args of [
      ['--vars', '{a'],
      ['--vars', 'abc'],
      ['--target', 'nosuch'],
    ]) {
      const done = tsdbt(['run', ...args], project);
      expect(done.status, args.join(' ')).toBe(2);
      expect(done.stdout + done.stderr).toContain('hint: ');
    }
    expect(tsdbt(['run', '--threads', 'x'], project).status).toBe(2);
    expect(tsdbt(['run'], project, { env: { DBT_LOG_FORMAT: 'nosuch' } }).status).toBe(2);
    expect(tsdbt(['run'], project, { env: { DBT_QUIET: '1' } })).toMatchObject({ status: 0, stdout: '' });
    expect(tsdbt(['run'], project, { env: { DBT_TARGET: 'nosuch' } }).status).toBe(2);
  });
});

it('--version takes no longer than Node itself and a little', () => {
  const time = (args: string[]) => {
    const times = [1, 2, 3].map(() => {
      const begun = performance.now();
      spawnSync(process.execPath, args);
      return performance.now() - begun;
    });
    return Math.min(...times);
  };
  expect(time([bin, '--version'])).toBeLessThan(time(['-e', '0']) * 3 + 200);
});
