import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeProject, temporaryDirectory, writeFiles } from '../helpers/project.js';
import { artifacts, ask, relations, root, shell, statuses, tsdbt } from './tsdbt.js';

const ONE = { 'models/a.sql': 'select 1 as id' };
const FULL = existsSync('/dev/full');

describe('what can not be written', () => {
  it('a file where target/ should be is an error with a hint', () => {
    const done = tsdbt(['run'], makeProject({ ...ONE, target: 'a file' }));
    expect(done.status).toBe(2);
    expect(done.stdout).toContain('error[artifact-unwritable]');
    expect(done.stdout).toContain('--target-path');
  });

  it('a file where logs/ should be is an error on stderr', () => {
    const done = tsdbt(['run'], makeProject({ ...ONE, logs: 'a file' }));
    expect(done).toMatchObject({ status: 2, stdout: '' });
    expect(done.stderr).toContain('error[log-unwritable]');
  });

  // Node's own recursive mkdir never comes back from there.
  it.skipIf(!existsSync('/proc/self')).each([
    ['--target-path', 'artifact-unwritable'],
    ['--log-path', 'log-unwritable'],
  ])('%s in a place that takes no directories does not hang', (option, code) => {
    const done = tsdbt(['run', option, '/proc/none/at/all'], makeProject(ONE));
    expect(done.status).toBe(2);
    expect(done.stdout + done.stderr).toContain(`error[${code}]`);
  });

  it('results that can not be written are told after the summary', () => {
    const project = makeProject({ ...ONE, 'target/run_results.json/in-the-way': '' });
    const done = tsdbt(['run'], project);
    expect(done.status).toBe(2);
    expect(done.stdout).toMatch(/Done\. PASS=1 [\s\S]*error\[artifact-unwritable\].*run_results\.json/);
    expect(existsSync(join(project, 'target/manifest.json'))).toBe(true);
  });

  it.skipIf(!FULL)('a log on a full disk does not stop the run', () => {
    const project = makeProject(ONE);
    mkdirSync(join(project, 'logs'));
    symlinkSync('/dev/full', join(project, 'logs/dbt.log'));
    expect(tsdbt(['run'], project)).toMatchObject({ status: 0, stderr: '' });
  });

  it.skipIf(!FULL)(
    'a full disk behind stdout is told on stderr, the run is completed, the status is not 0',
    async () => {
      const project = makeProject(ONE);
      const done = shell('$TSDBT run > /dev/full', project);
      expect(done.status).toBe(2);
      expect(done.stderr).toMatch(/^error: can't write to standard output: ENOSPC[^\n]*\n$/);
      expect(statuses(project)).toEqual({ 'model.demo.a': 'success' });
    },
  );
});

describe('what can not be read', () => {
  const failing: readonly [string, string, { readonly [path: string]: string }, number, readonly string[]][] = [
    [
      'a corrupt Parquet file',
      'run',
      { 'models/a.sql': "select * from read_parquet('bad.parquet')", 'bad.parquet': 'PAR1 no PAR1' },
      1,
      ['bad.parquet', '--> models/a.sql:1:15'],
    ],
    ['a seed without a line', 'seed', { 'seeds/s.csv': '' }, 1, ['error[seed-invalid]', '--> seeds/s.csv:1:1']],
    [
      'a model that is not UTF-8',
      'run',
      { 'models/a.sql': 'BYTES' },
      2,
      ['error[file-unreadable]', 'models/a.sql', 'UTF-8'],
    ],
    [
      'a seed that is not UTF-8',
      'seed',
      { 'seeds/s.csv': 'BYTES' },
      2,
      ['error[file-unreadable]', 'seeds/s.csv', 'UTF-8'],
    ],
    ['a dbt_project.yml that is not UTF-8', 'ls', { 'dbt_project.yml': 'BYTES' }, 2, ['dbt_project.yml', 'UTF-8']],
  ];
  it.each(failing)('%s', (_name, command, files, status, says) => {
    const project = makeProject(files);
    for (const [path, text] of Object.entries(files)) {
      if (text === 'BYTES') writeFileSync(join(project, path), Buffer.from([0x69, 0x64, 0x0a, 0xff, 0xfe, 0x0a]));
    }
    const done = tsdbt([command], project);
    expect(done.status, done.stdout).toBe(status);
    for (const text of says) expect(done.stdout).toContain(text);
    expect(done.stdout).not.toContain('bug of tsdbt');
  });

  it('an empty model file is no model, as in dbt', () => {
    const done = tsdbt(['run'], makeProject({ 'models/a.sql': '' }));
    expect(done.status).toBe(0);
    expect(done.stdout).toContain('Nothing to do.');
  });

  it('a seed file that is gone when it is to be loaded', () => {
    const project = makeProject({
      'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: case\n",
      'seeds/s.csv': 'id\n1\n',
      'gone.cjs': `const fs = require('node:fs');
        const emit = process.stdout.write.bind(process.stdout);
        process.stdout.write = (text, ...more) => {
          if (String(text).includes('START seed')) fs.rmSync('seeds/s.csv');
          return emit(text, ...more);
        };`,
    });
    const done = tsdbt(['seed'], project, { node: ['--require', join(project, 'gone.cjs')] });
    expect(done.status).toBe(1);
    expect(done.stdout).toContain('error[file-unreadable]');
  });
});

describe('odd files and places', () => {
  const bom = '\uFEFF';
  const windows = (text: string) => `${bom}${text.replaceAll('\n', '\r\n')}`;

  it('byte order marks, CRLF, blanks and other letters in every name', async () => {
    const project = join(temporaryDirectory(), 'mein Projekt é 日本');
    const files = {
      'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: case\n",
      'profiles.yml': "case:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: 'daten bank é.duckdb'}\n",
      'seeds/größe.csv': 'id,name\n1,x\n2,é\n',
      'models/sub dir/modèle.sql': "{{ config(materialized='table') }}\nselect * -- c\nfrom {{ ref('größe') }}\n",
      'models/s.yml':
        'version: 2\nmodels:\n  - name: modèle\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n',
      'macros/m.sql': '{% macro one() %}\n1\n{% endmacro %}\n',
      'tests/t.sql': "select * from {{ ref('modèle') }} where {{ one() }} = 2\n",
    };
    writeFiles(project, Object.fromEntries(Object.entries(files).map(([path, text]) => [path, windows(text)])));
    const done = tsdbt(['build'], project);
    expect(done.stdout).toContain('Done. PASS=5 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=5');
    expect(await ask(join(project, 'daten bank é.duckdb'), 'select name from modèle order by id')).toEqual(['x', 'é']);
    // The mark is no part of the first column's name.
    expect(await ask(join(project, 'daten bank é.duckdb'), 'select min(id) from größe')).toEqual([1]);
  });

  it('a project behind a symbolic link', async () => {
    const project = makeProject(ONE);
    const link = join(dirname(project), 'link');
    symlinkSync(project, link);
    expect(tsdbt(['run'], link).status).toBe(0);
    expect(tsdbt(['run', '--project-dir', link, '--profiles-dir', link], project).status).toBe(0);
    expect(await relations(join(realpathSync(link), 'db.duckdb'))).toEqual(['a']);
  });

  // Tried with dbt 1.11: `run`, `build` and `seed` don't change into the project's directory.
  it('with --project-dir, relative paths of profile and SQL are those of the working directory', async () => {
    const project = makeProject({
      'seeds/s.csv': 'id\n1\n',
      'models/out.sql': "{{ config(materialized='external', location='out.csv') }} select id from {{ ref('s') }}",
      'models/in.sql': "select count(*) as id from read_csv('in.csv')",
      'in.csv': 'id\n1\n2\n',
    });
    const elsewhere = temporaryDirectory();
    writeFileSync(join(elsewhere, 'in.csv'), 'id\n1\n2\n3\n');
    const done = tsdbt(['build', '--project-dir', project, '--profiles-dir', project], elsewhere);
    expect(done.status, done.stdout).toBe(0);
    expect(existsSync(join(project, 'db.duckdb'))).toBe(false);
    expect(readFileSync(join(elsewhere, 'out.csv'), 'utf8')).toContain('1');
    expect(artifacts(project)).toContain('run_results.json');
    expect(existsSync(join(elsewhere, 'target'))).toBe(false);
    expect(existsSync(join(elsewhere, 'logs'))).toBe(false);
    expect(await relations(join(elsewhere, 'db.duckdb'))).toEqual(['in', 'out', 's']);
  });

  it('invoke({ cwd }) means the same without changing the directory of the process', () => {
    const project = makeProject({
      'models/out.sql': "{{ config(materialized='external', location='out.csv') }} select * from read_csv('in.csv')",
      'in.csv': 'id\n1\n',
    });
    const elsewhere = temporaryDirectory();
    writeFileSync(
      join(elsewhere, 'run.mjs'),
      `import { invoke } from ${JSON.stringify(join(root, 'dist/index.js'))};
       const before = { cwd: process.cwd(), env: JSON.stringify(process.env), code: process.exitCode };
       const cwd = process.argv[2];
       const { exitCode } = await invoke(['run'], { cwd, env: { HOME: cwd } });
       const after = { cwd: process.cwd(), env: JSON.stringify(process.env), code: process.exitCode };
       console.log(exitCode, JSON.stringify(before) === JSON.stringify(after), process.listenerCount('SIGINT'));`,
    );
    const done = shell(`${process.execPath} run.mjs '${project}'`, elsewhere);
    expect(done).toMatchObject({ stdout: '0 true 0\n', stderr: '' });
    expect(existsSync(join(project, 'out.csv'))).toBe(true);
    expect(existsSync(join(project, 'db.duckdb'))).toBe(true);
    expect(existsSync(join(elsewhere, 'out.csv'))).toBe(false);
  });
});
