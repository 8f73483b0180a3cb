import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject, temporaryDirectory, writeFiles } from '../helpers/project.js';
import { runDeps } from './run-deps.js';

describe('deps with local packages', () => {
  test('links packages and theirs, and keeps what they are linked to', async () => {
    const files = {
      'packages.yml': 'packages:\n  - local: other\n',
      'other/dbt_project.yml': 'name: other\n',
      'other/packages.yml': 'packages:\n  - local: third/x\n',
      'third/x/dbt_project.yml': 'name: third\n',
    };
    const { project, exitCode } = await runDeps(files);
    expect(exitCode).toBe(0);
    expect(readlinkSync(join(project, 'dbt_packages/third'))).toBe(join(project, 'third/x'));
    const again = await runDeps(project);
    expect(again.output).not.toContain('Updating lock file');
    expect(existsSync(join(project, 'other/dbt_project.yml'))).toBe(true);
    expect(lstatSync(join(project, 'dbt_packages/other')).isSymbolicLink()).toBe(true);
  });

  test('without packages says so and leaves an empty directory', async () => {
    const { project, output } = await runDeps({});
    expect(output.match(/No packages were found/g)).toHaveLength(1);
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual([]);
    expect(existsSync(join(project, 'package-lock.yml'))).toBe(false);
  });

  test('packages that ask for each other end', async () => {
    const { output, exitCode, project } = await runDeps({
      'packages.yml': 'packages:\n  - local: a\n',
      'a/dbt_project.yml': 'name: a\n',
      'a/packages.yml': 'packages:\n  - local: b\n',
      'b/dbt_project.yml': 'name: b\n',
      'b/packages.yml': 'packages:\n  - local: a\n',
    });
    expect(exitCode, output).toBe(0);
    expect(readdirSync(join(project, 'dbt_packages'))).toEqual(['a', 'b']);
  });

  test('a mistake in the packages.yml of a package is told at its place', async () => {
    const { output, exitCode } = await runDeps({
      'packages.yml': 'packages:\n  - local: a\n',
      'a/dbt_project.yml': 'name: a\n',
      'a/packages.yml': 'packages:\n  - local: nowhere\n',
    });
    expect(exitCode).toBe(2);
    expect(output).toContain('a/packages.yml:2:5');
  });

  test.each(['..', '.'])('never replaces a directory that holds the project: %s', async (path) => {
    const { project, output, exitCode } = await runDeps({
      'dbt_project.yml': `name: main\nprofile: demo\npackages-install-path: ${path}\n`,
      'packages.yml': 'packages: []\n',
    });
    expect(exitCode).toBe(2);
    expect(output).toContain('[packages-install-path]');
    expect(existsSync(join(project, 'dbt_project.yml'))).toBe(true);
  });

  test('a place that can not be written is told as such', async () => {
    const files = { 'packages.yml': 'packages:\n  - local: a\n', 'a/dbt_project.yml': 'name: a\n' };
    const project = 'name: main\nprofile: demo\npackages-install-path: file.txt/x\n';
    const below = await runDeps({ ...files, 'dbt_project.yml': project, 'file.txt': '' });
    expect(below.exitCode).toBe(2);
    expect(below.output).toContain('[packages-unwritable]');
    const lock = await runDeps({ ...files, 'package-lock.yml/x': '' });
    expect(lock.exitCode).toBe(2);
    expect(lock.output).toContain('[packages-unwritable]');
    expect(readdirSync(lock.project).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a packages-install-path that is a link becomes a directory; what it led to stays', async () => {
    const elsewhere = temporaryDirectory();
    writeFiles(elsewhere, { 'precious.txt': 'x' });
    const project = makeProject({ 'packages.yml': 'packages:\n  - local: a\n', 'a/dbt_project.yml': 'name: a\n' });
    symlinkSync(elsewhere, join(project, 'dbt_packages'));
    expect((await runDeps(project)).exitCode).toBe(0);
    expect(lstatSync(join(project, 'dbt_packages')).isSymbolicLink()).toBe(false);
    expect(readdirSync(elsewhere)).toEqual(['precious.txt']);
  });

  test('removes what a killed run has left, not what another run is writing', async () => {
    const project = makeProject({ 'packages.yml': 'packages:\n  - local: a\n', 'a/dbt_project.yml': 'name: a\n' });
    const dead = '.dbt_packages-deps-999999999-abc';
    const fresh = '.dbt_packages-deps-999999998-abc';
    const running = `.dbt_packages-deps-${process.pid}-abc`;
    const [old, now] = [new Date(Date.now() - 7_200_000), new Date()];
    for (const [name, time] of [
      [dead, old],
      [fresh, now],
      [running, old],
    ] as const) {
      writeFiles(project, { [`${name}/x`]: '' });
      utimesSync(join(project, name), time, time);
    }
    expect((await runDeps(project)).exitCode).toBe(0);
    const left = readdirSync(project).filter((name) => name.startsWith('.dbt_packages'));
    expect(left.sort()).toEqual([fresh, running].sort());
  });

  test('renders packages.yml with the environment', async () => {
    const { project, output } = await runDeps(
      {
        'packages.yml': 'packages:\n  - local: "{{ env_var(\'DIR\') }}"\n',
        'größe x/dbt_project.yml': 'name: other\n',
      },
      { env: { DIR: 'größe x' } },
    );
    expect(output).toContain('Installing größe x');
    expect(readFileSync(join(project, 'package-lock.yml'), 'utf8')).toContain('local: "gr\\xF6\\xDFe x"');
  });

  test('a variable that is not there is told at its place', async () => {
    const { output, exitCode } = await runDeps({ 'packages.yml': 'packages:\n  - local: "{{ env_var(\'NOPE\') }}"\n' });
    expect(exitCode).toBe(2);
    expect(output).toContain('[env-var-missing]');
    expect(output).toContain('packages.yml:2:');
  });
});
