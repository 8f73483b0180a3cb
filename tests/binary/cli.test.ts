import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'dist/cli/main.js');
const SLOW = `select sum(a.range * b.range) as c from range(10000000) a, range(10000000) b`;

interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tsdbt(args: readonly string[], cwd: string): Done {
  const env = { PATH: process.env['PATH'], HOME: cwd };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function ended(child: ChildProcess): Promise<Done> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => (stdout += data));
  child.stderr?.on('data', (data) => (stderr += data));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, stdout, stderr };
}

beforeAll(() => {
  if (!existsSync(bin)) throw new Error('there is no dist: npm run build first');
});

describe('the binary', () => {
  it('ends with patterns that go back and forth without end', () => {
    const cwd = makeProject({
      'models/a.sql': "select {{ modules.re.search('^(a+)+$', 'a' * 40 ~ 'b') is none }} as x",
      'models/b.sql': "select {{ modules.re.fullmatch('(a|aa)+', 'a' * 60 ~ 'b') is none }} as x",
    });
    const env = { PATH: process.env['PATH'], HOME: cwd };
    const done = spawnSync(process.execPath, [bin, 'parse'], { cwd, env, encoding: 'utf8', timeout: 60_000 });
    expect(done.status, done.stdout + done.stderr).toBe(0);
  });

  it('prints its version and the dbt that it presents', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const done = tsdbt(['--version'], root);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toMatch(new RegExp(`^tsdbt ${version.replaceAll('.', '\\.')}\\n {2}presents dbt 1\\.11\\.`));
  });

  it('tells a wrong command line on stderr, with status 2', () => {
    const done = tsdbt(['run', '--treads'], root);
    expect(done.status).toBe(2);
    expect(done.stdout).toBe('');
    expect(done.stderr).toContain("error[cli-usage]: unknown option '--treads'");
    expect(done.stderr).toContain("Did you mean '--threads'?");
  });

  it('ends with 0, 1 and 2 as dbt does', () => {
    const project = makeProject({ 'models/a.sql': 'select 1 as a' });
    expect(tsdbt(['run'], project)).toMatchObject({ status: 0, stderr: '' });
    const failing = makeProject({ 'models/a.sql': 'select nothing' });
    expect(tsdbt(['run'], failing).status).toBe(1);
    const broken = makeProject({ 'models/a.sql': "select * from {{ ref('nosuch') }}" });
    expect(tsdbt(['run'], broken).status).toBe(2);
  });

  it('survives a reader that goes away', async () => {
    const project = makeProject(
      Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`models/m${i}.sql`, 'select 1 as a'])),
    );
    const line = `'${process.execPath}' '${bin}' ls | head -1; echo "\${PIPESTATUS[0]}"`;
    const done = spawnSync('bash', ['-c', line], { cwd: project, encoding: 'utf8' });
    expect(done.stderr).toBe('');
    expect(done.stdout.trim().split('\n').at(-1)).toBe('0');
  });

  it('loads no DuckDB for --help, ls and parse', () => {
    const project = makeProject({ 'models/a.sql': 'select 1 as a' });
    const script = `
      import Module from 'node:module';
      import { invoke } from ${JSON.stringify(join(root, 'dist/index.js'))};
      for (const args of [['--help'], ['ls'], ['parse']]) {
        const { exitCode } = await invoke(args);
        const loaded = Object.keys(Module._cache).some((file) => file.includes('duckdb'));
        console.log(args[0], exitCode, loaded);
      }`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: project, encoding: 'utf8' });
    expect(done.stdout).toBe('--help 0 false\nls 0 false\nparse 0 false\n');
  });

  it('on Ctrl-C cancels the query, says what was not done, and ends with 2', async () => {
    const project = makeProject({
      'models/slow.sql': `{{ config(materialized='table') }} ${SLOW}`,
      'models/after.sql': "select * from {{ ref('slow') }}",
    });
    const child = spawn(process.execPath, [bin, 'run'], { cwd: project });
    child.stdout.on('data', (data) => {
      if (String(data).includes('START sql table model main.slow')) setTimeout(() => child.kill('SIGINT'), 300);
    });
    const done = await ended(child);
    expect(done.status).toBe(2);
    expect(done.stdout).toContain('CANCEL query model.demo.slow');
    expect(done.stdout).toContain('Exited because of keyboard interrupt');
    const { results } = JSON.parse(readFileSync(join(project, 'target/run_results.json'), 'utf8')) as {
      results: { unique_id: string; status: string }[];
    };
    expect(Object.fromEntries(results.map((r) => [r.unique_id, r.status]))).toMatchObject({
      'model.demo.after': 'skipped',
    });
  });
});
