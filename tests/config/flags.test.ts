import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { profilesDirectory, resolveFlags } from '../../src/config/flags.js';
import { loadRuntimeConfig, projectDirectory } from '../../src/config/runtime-config.js';
import { createVarLookup } from '../../src/config/vars.js';
import type { RuntimeConfig } from '../../src/contracts/runtime-config.js';
import type { DbtError } from '../../src/diagnostics/errors.js';
import { PyDate, PyFloat } from '../../src/jinja/values.js';
import { ENGINE } from './load-case.js';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt flags ü-')));
  writeFileSync(
    join(root, 'dbt_project.yml'),
    'name: demo\nprofile: demo\nvars: {d: 2024-02-29, f: 1.0, t: 2024-02-29 01:02:03}\n',
  );
  writeFileSync(join(root, 'profiles.yml'), 'demo: {target: dev, outputs: {dev: {type: duckdb}}}\n');
  mkdirSync(join(root, 'models/staging'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const resolve = (which: Parameters<typeof resolveFlags>[0], given = {}, env = {}) =>
  resolveFlags(which, `dbt ${which}`, given, env, root).flags;

const load = (given = {}, env = {}, cwd = root): RuntimeConfig =>
  loadRuntimeConfig(resolveFlags('parse', 'dbt parse', given, env, cwd).flags, env, cwd, { plugin: () => ENGINE });

describe('flags', () => {
  test('an environment variable counts for the commands that have its option', () => {
    const env = { DBT_FULL_REFRESH: 'true', DBT_STORE_FAILURES: '1', DBT_EMPTY: 'on', DBT_HOST: '0.0.0.0' };
    expect(resolve('run', {}, env)).toMatchObject({ full_refresh: true, store_failures: null, empty: true });
    expect(resolve('test', {}, env)).toMatchObject({ full_refresh: null, store_failures: true, empty: false });
    expect(resolve('parse', {}, env)).toMatchObject({ full_refresh: null, host: '127.0.0.1' });
    expect(resolve('serve', {}, env)).toMatchObject({ host: '0.0.0.0' });
  });

  test('the command line goes first', () => {
    const env = { DBT_FAIL_FAST: 'true', DBT_RESOURCE_TYPES: 'model test' };
    expect(resolve('build', { fail_fast: false }, env)).toMatchObject({
      fail_fast: false,
      resource_types: ['model', 'test'],
    });
  });

  test('--vars are kept in a form that JSON can hold', () => {
    const given = { vars: '{a: 1.0, b: 2024-02-29, c: 9007199254740993, d: [x]}' };
    expect(JSON.parse(JSON.stringify(resolve('run', given).vars))).toEqual({
      a: 1,
      b: '2024-02-29',
      c: 9007199254740992,
      d: ['x'],
    });
    const { cli_vars } = load(given);
    expect(cli_vars['a']).toBeInstanceOf(PyFloat);
    expect(cli_vars['b']).toBeInstanceOf(PyDate);
    expect(cli_vars['c']).toBe(9007199254740993n);
  });

  test.each([
    [{ warn_error_options: '{error: [NoNodesForSelectionCriteri]}' }, 'flag-invalid', 'not a valid dbt error name'],
    [{ warn_error_options: '{warn: [NoNodesForSelectionCriteria]}' }, 'flag-invalid', '`warn` can only be specified'],
    [{ warn_error_options: '{eror: all}' }, 'flag-invalid', "unknown key 'eror'"],
    [{ warn_error_options: 'all' }, 'vars-invalid', '--warn-error-options'],
    [{ inline: 'select 1', select: ['a'] }, 'flags-conflict', 'inline: not allowed with argument select'],
  ])('%j is refused', (given, code, message) => {
    expect(() => resolve('run', given)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test('behaviour flags have their defaults', () => {
    expect(resolve('run').behavior).toMatchObject({
      require_generic_test_arguments_property: true,
      state_modified_compare_vars: false,
    });
  });
});

describe('directories', () => {
  test('the project is the nearest above, profiles.yml that of the working directory or ~/.dbt', () => {
    const below = join(root, 'models/staging');
    expect(projectDirectory({ project_dir: null }, below)).toBe(root);
    expect(projectDirectory({ project_dir: '../..' }, below)).toBe(root);
    expect(profilesDirectory(null, { HOME: '/home/x' }, root)).toBe(root);
    expect(profilesDirectory(null, { HOME: '/home/x' }, below)).toBe('/home/x/.dbt');
    expect(profilesDirectory('../..', { HOME: '/home/x' }, below)).toBe(root);
  });

  test('a profiles.yml in the project that is not looked at is hinted at', () => {
    try {
      load({}, { HOME: join(root, 'home') }, join(root, 'models'));
    } catch (error) {
      expect((error as DbtError).code).toBe('profile-missing');
      expect((error as DbtError).diagnostic.hint).toContain(`--profiles-dir ${root}`);
      return;
    }
    throw new Error('it was loaded');
  });

  test('--profiles-dir must exist', () => {
    expect(() => load({ profiles_dir: 'nowhere' })).toThrow(expect.objectContaining({ code: 'flag-invalid' }));
  });
});

describe('variables', () => {
  test('dates and floats of vars: are those of Python', () => {
    const { vars } = load().project;
    expect(vars['d']).toBeInstanceOf(PyDate);
    expect(vars['f']).toBeInstanceOf(PyFloat);
  });

  test('--vars, then the root for the package, then the root, then the package itself', () => {
    const project = {
      project_name: 'demo',
      vars: { a: 'root', b: 'root', c: 'root', pkg: { a: 'root for pkg', b: 'root for pkg' } },
    };
    const pkg = { project_name: 'pkg', vars: { c: 'own', d: 'own', e: 'own', pkg: { e: 'own for itself' } } };
    const config = { project, packages: new Map([['pkg', pkg]]), cli_vars: { a: 'cli' } } as unknown as RuntimeConfig;
    const lookup = createVarLookup(config, 'pkg');
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => lookup.get(name))).toEqual([
      'cli',
      'root for pkg',
      'root',
      'own',
      'own for itself',
      undefined,
    ]);
    expect(lookup.has('f')).toBe(false);
    expect(createVarLookup(config, 'demo').get('b')).toBe('root');
  });
});
