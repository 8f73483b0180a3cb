import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DbtError, invoke, type RunEvent } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

const small = {
  'seeds/people.csv': 'id,name\n1,ann\n2,bob\n',
  'models/stg.sql': "select * from {{ ref('people') }}",
  'models/top.sql': "{{ config(materialized='table') }} select count(*) as n from {{ ref('stg') }}",
  'models/schema.yml':
    'models:\n  - name: stg\n    description: People\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n',
};

describe('invoke', () => {
  it('returns results, manifest and typed events, prints nothing, and leaves the process as it was', async () => {
    const cwd = makeProject(small);
    const before = { cwd: process.cwd(), env: { ...process.env }, listeners: process.listenerCount('SIGINT') };
    const events: RunEvent[] = [];
    const result = await invoke(['build'], { cwd, env: { HOME: cwd }, onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({ success: true, exitCode: 0 });
    expect(
      Object.fromEntries(result.results.map((r) => [r.unique_id.split('.').slice(0, 3).join('.'), r.status])),
    ).toEqual({
      'seed.demo.people': 'success',
      'model.demo.stg': 'success',
      'test.demo.not_null_stg_id': 'pass',
      'test.demo.unique_stg_id': 'pass',
      'model.demo.top': 'success',
    });
    expect(result.manifest?.nodes['model.demo.stg']).toMatchObject({ compiled: true });
    const done = events.find((event) => event.info.name === 'StatsLine');
    if (done?.info.name === 'StatsLine') expect((done.data as { stats: { pass: number } }).stats.pass).toBe(5);
    expect(new Set(events.map((event) => event.info.invocation_id)).size).toBe(1);
    expect({ cwd: process.cwd(), env: { ...process.env }, listeners: process.listenerCount('SIGINT') }).toEqual(before);
  });

  it('can run side by side', async () => {
    const projects = Array.from({ length: 3 }, () => makeProject(small));
    const results = await Promise.all(projects.map((cwd) => invoke(['build'], { cwd, env: { HOME: cwd } })));
    expect(results.map((r) => [r.exitCode, r.results.length])).toEqual([
      [0, 5],
      [0, 5],
      [0, 5],
    ]);
  });

  it('returns errors, told as events', async () => {
    const cwd = makeProject({ 'models/a.sql': "select * from {{ ref('stgg') }}", 'models/stg.sql': 'select 1 as a' });
    const stdout = new MemoryOutput();
    const result = await invoke(['run'], { cwd, env: { HOME: cwd }, stdout });
    expect(result).toMatchObject({ success: false, exitCode: 2, results: [] });
    expect(result.error).toBeInstanceOf(DbtError);
    expect(stdout.text).toContain('Encountered an error:\nerror[');
    expect(stdout.text).toContain('--> models/a.sql:1:');
    expect(stdout.text).toContain("Did you mean 'stg'?");
  });

  it('can be cancelled before it begins (interrupted)', async () => {
    const cwd = makeProject(small);
    const stdout = new MemoryOutput();
    const result = await invoke(['build'], { cwd, env: { HOME: cwd }, stdout, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ success: false, exitCode: 2, error: { code: 'interrupted' } });
    expect(new Set(result.results.map((r) => r.status))).toEqual(new Set(['skipped']));
    expect(stdout.text).toContain('Exited because of keyboard interrupt');
  });
});

describe('artifacts of commands', () => {
  it('have the environment that is asked for, and docs leave the results of the build alone', async () => {
    const cwd = makeProject(small);
    const run = (...args: string[]) => invoke(args, { cwd, env: { HOME: cwd, DBT_ENV_CUSTOM_ENV_CI: 'yes' } });
    expect((await run('build')).exitCode).toBe(0);
    const built = readFileSync(join(cwd, 'target/run_results.json'), 'utf8');
    expect((await run('docs')).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'target/run_results.json'), 'utf8')).toBe(built);
    for (const name of ['manifest.json', 'run_results.json', 'catalog.json'] as const) {
      expect(json(cwd, 'target', name)).toMatchObject({ metadata: { env: { CI: 'yes' } } });
    }
    expect(json(cwd, 'target/manifest.json')).toMatchObject({ nodes: { 'model.demo.top': { compiled: true } } });
    expect(json(cwd, 'target/catalog.json')).toMatchObject({
      nodes: { 'model.demo.top': { metadata: { type: 'BASE TABLE' }, columns: { n: { type: 'BIGINT', index: 1 } } } },
    });
    expect(json(cwd, 'target/run_results.json')).toMatchObject({
      args: { which: 'build', invocation_command: 'tsdbt build' },
    });
    expect(readFileSync(join(cwd, 'target/index.html'), 'utf8')).toContain('stg');
    expect(readdirSync(join(cwd, 'target')).filter((f) => f.endsWith('.tmp'))).toEqual([]);
  });

  it('are written when nodes fail, and when the project does not parse', async () => {
    const cwd = makeProject({ 'models/a.sql': 'select nothing' });
    const run = (...args: string[]) => invoke(args, { cwd, env: { HOME: cwd } });
    expect((await run('run')).exitCode).toBe(1);
    expect(json(cwd, 'target/run_results.json')).toMatchObject({ results: [{ status: 'error' }] });
    expect(existsSync(join(cwd, 'target/manifest.json'))).toBe(true);
    expect((await run('run', '-s', 'foo:bar')).exitCode).toBe(2);
  });

  it('are not written with --no-write-json', async () => {
    const cwd = makeProject(small);
    await invoke(['build', '--no-write-json'], { cwd, env: { HOME: cwd } });
    expect(readdirSync(join(cwd, 'target')).sort()).toEqual(['compiled', 'partial_parse.tsdbt', 'run']);
  });

  it('go where --target-path says', async () => {
    const cwd = makeProject(small);
    await invoke(['parse', '--target-path', 'elsewhere'], { cwd, env: { HOME: cwd } });
    expect(existsSync(join(cwd, 'elsewhere/manifest.json'))).toBe(true);
    expect(existsSync(join(cwd, 'target'))).toBe(false);
  });
});

describe('the log file', () => {
  it('has the SQL, and no secrets', async () => {
    const cwd = makeProject({ ...small, 'models/says.sql': "select 1 as a {{ log('hunter2!', info=true) }}" });
    const stdout = new MemoryOutput();
    await invoke(['build'], { cwd, env: { HOME: cwd, DBT_ENV_SECRET_PASSWORD: 'hunter2!' }, stdout });
    const log = readFileSync(join(cwd, 'logs/dbt.log'), 'utf8');
    expect(log).toMatch(/^\n\n={30} \d\d:\d\d:\d\d\.\d{6} \| [0-9a-f-]{36} ={30}\n/);
    expect(log).toContain('count(*) as n');
    expect(log).toContain('*****');
    expect(stdout.text).toContain('*****');
    expect(log + stdout.text).not.toContain('hunter2!');
  });

  it('is left out with --log-level-file none, is elsewhere with --log-path', async () => {
    const cwd = makeProject(small);
    await invoke(['parse', '--log-level-file', 'none'], { cwd, env: { HOME: cwd } });
    expect(existsSync(join(cwd, 'logs'))).toBe(false);
    await invoke(['parse', '--log-path', 'other'], { cwd, env: { HOME: cwd } });
    expect(statSync(join(cwd, 'other/dbt.log')).size).toBeGreaterThan(100);
  });
});

describe('clean', () => {
  it('refuses sources and what is outside (clean-refused)', async () => {
    const yml = (targets: string): string => `name: demo\nversion: '1.0'\nprofile: case\nclean-targets: ${targets}\n`;
    const cwd = makeProject({ ...small, 'dbt_project.yml': yml('[models]') });
    expect(await invoke(['clean'], { cwd, env: { HOME: cwd } })).toMatchObject({
      exitCode: 2,
      error: { code: 'clean-refused' },
    });
    writeFiles(cwd, { 'dbt_project.yml': yml('[../elsewhere]') });
    expect(await invoke(['clean'], { cwd, env: { HOME: cwd } })).toMatchObject({
      exitCode: 2,
      error: { code: 'clean-refused' },
    });
    expect((await invoke(['clean', '--no-clean-project-files-only'], { cwd, env: { HOME: cwd } })).exitCode).toBe(0);
    expect(existsSync(join(cwd, 'models/stg.sql'))).toBe(true);
  });
});

describe('docs', () => {
  it('lineage is printed as text, Mermaid and JSON, without tests', async () => {
    const cwd = makeProject(small);
    const print = async (...args: string[]): Promise<string> => {
      const stdout = new MemoryOutput();
      expect((await invoke(['docs', 'lineage', ...args], { cwd, env: { HOME: cwd }, stdout })).exitCode).toBe(0);
      return stdout.text;
    };
    expect(await print()).toContain('stg');
    expect(await print()).not.toContain('unique_stg_id');
    expect(await print('-s', 'stg', '--output', 'mermaid')).toMatch(/^(flowchart|graph) /);
    expect(JSON.parse(await print('--output', 'json'))).toBeTypeOf('object');
  });

  it('serve says where it is, and ends when cancelled (docs-unservable without a site)', async () => {
    const cwd = makeProject(small);
    const nothing = await invoke(['docs', 'serve', '--port', '0'], { cwd, env: { HOME: cwd } });
    expect(nothing).toMatchObject({ exitCode: 2, error: { code: 'docs-unservable' } });
    await invoke(['docs', 'generate', '--empty-catalog'], { cwd, env: { HOME: cwd } });
    const controller = new AbortController();
    let url = '';
    const serving = invoke(['docs', 'serve', '--port', '0'], {
      cwd,
      env: { HOME: cwd },
      signal: controller.signal,
      onEvent: (event) => {
        if (event.info.name === 'ServingDocs') url = (event.data as { url: string }).url;
      },
    });
    await expect.poll(() => url).not.toBe('');
    expect(await (await fetch(url)).text()).toContain('<html');
    controller.abort();
    expect((await serving).exitCode).toBe(0);
  });
});
