import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { invoke } from '../../src/index.js';
import { runDeps } from './run-deps.js';

const module = (name: string, version: string, more: object = {}): string => JSON.stringify({ name, version, ...more });

const PKG = 'node_modules/@acme/dbt-money';
const FILES = {
  'package.json': '{"name": "demo", "private": true}',
  [`${PKG}/package.json`]: module('@acme/dbt-money', '1.4.2', { exports: { './x': './x.js' } }),
  [`${PKG}/dbt_project.yml`]: "name: money\nversion: '1.4.2'\n",
  [`${PKG}/macros/cents.sql`]: '{% macro cents(x) %}({{ x }} / 100){% endmacro %}\n',
};
const packages = (text: string): { 'packages.yml': string } => ({ 'packages.yml': `packages:\n${text}` });

describe('npm packages', () => {
  test('are linked from node_modules, and their macros are there', async () => {
    const { project, output, exitCode } = await runDeps({
      ...FILES,
      ...packages('  - npm: "@acme/dbt-money"\n'),
      'models/a.sql': 'select {{ money.cents(150) }} as euros',
    });
    expect(exitCode, output).toBe(0);
    expect(output).toContain('Installing @acme/dbt-money');
    expect(output).toContain('Installed from npm (version 1.4.2)');
    expect(lstatSync(join(project, 'dbt_packages/money')).isSymbolicLink()).toBe(true);
    expect(realpathSync(join(project, 'dbt_packages/money'))).toBe(join(project, PKG));
    const lock = readFileSync(join(project, 'package-lock.yml'), 'utf8');
    expect(lock).toContain("packages:\n  - name: money\n    npm: '@acme/dbt-money'\nsha1_hash: ");
    const run = await invoke(['run'], { cwd: project, env: { HOME: project }, stdout: () => {} });
    expect(run.exitCode).toBe(0);
    // From the lock.
    const again = await runDeps(project);
    expect(again.exitCode, again.output).toBe(0);
    expect(again.output).not.toContain('Updating lock file');
  });

  test.each([
    ['1.4.2', 0],
    ['^1.2.0', 0],
    ['~1.4.0', 0],
    ['>=1.0.0', 0],
    ['^1.5.0', 2],
    ['~1.3.0', 2],
    ['^0.4.2', 2],
    ['1.4.1', 2],
    ['latest', 2],
  ])('version %s is a check', async (version, status) => {
    const { output, exitCode } = await runDeps({
      ...FILES,
      ...packages(`  - npm: "@acme/dbt-money"\n    version: "${version}"\n`),
    });
    expect(exitCode, output).toBe(status);
    if (status === 2) {
      expect(output).toContain('[package-version]');
      expect(output).toContain('packages.yml:2:5');
    }
  });

  test('the check holds when the lock is used, after npm has updated', async () => {
    const { project } = await runDeps({
      ...FILES,
      ...packages('  - npm: "@acme/dbt-money"\n    version: [">=1.0.0", "<2.0.0"]\n'),
    });
    expect(readFileSync(join(project, 'package-lock.yml'), 'utf8')).toContain(
      "    version:\n      - '>=1.0.0'\n      - <2.0.0\n",
    );
    const { output, exitCode } = await runDeps(project, {
      files: { [`${PKG}/package.json`]: module('@acme/dbt-money', '2.0.0') },
    });
    expect(exitCode).toBe(2);
    expect(output).toContain('node_modules has @acme/dbt-money 2.0.0, which is not in the range <2.0.0');
  });

  test('are looked for as Node does: above the project, and below the package that asks', async () => {
    const { project, output, exitCode } = await runDeps({
      ...packages('  - npm: dbt-outer\n'),
      'node_modules/dbt-outer/package.json': module('dbt-outer', '1.0.0'),
      'node_modules/dbt-outer/dbt_project.yml': 'name: outer\n',
      'node_modules/dbt-outer/packages.yml': 'packages:\n  - npm: dbt-inner\n    version: "2.0.0"\n  - local: near\n',
      'node_modules/dbt-outer/node_modules/dbt-inner/package.json': module('dbt-inner', '2.0.0'),
      'node_modules/dbt-outer/node_modules/dbt-inner/dbt_project.yml': 'name: inner\n',
      'near/dbt_project.yml': 'name: near\n',
    });
    expect(exitCode, output).toBe(0);
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['inner', 'near', 'outer']);
    const again = await runDeps(project);
    expect(again.exitCode, again.output).toBe(0);
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['inner', 'near', 'outer']);
  });

  test.each([
    ['that is not installed', '  - npm: dbt-nope\n', 'npm-missing', "hint: Install it first: 'npm install dbt-nope'."],
    ['that is no dbt package', '  - npm: plain\n', 'project-missing', 'is there, but is no dbt package'],
    ['whose name is a path', '  - npm: ../../etc\n', 'packages-invalid', 'packages.yml:2:5'],
    ['with a key of another kind', '  - npm: plain\n    revision: x\n', 'packages-invalid', 'packages.yml:3:5'],
  ])('one %s', async (_, text, code, said) => {
    const { output, exitCode } = await runDeps({
      ...FILES,
      ...packages(text),
      'node_modules/plain/package.json': module('plain', '1.0.0'),
    });
    expect(exitCode).toBe(2);
    expect(output).toContain(`[${code}]`);
    expect(output).toContain(said);
  });
});
