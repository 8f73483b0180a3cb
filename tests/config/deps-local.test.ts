import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveFlags } from '../../src/config/flags.js';
import { loadProjectOnly } from '../../src/config/runtime-config.js';
import { type DepsEvent, installPackages } from '../../src/deps/local.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { formatSpan } from '../../src/diagnostics/span.js';

let base: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-deps-')));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(files: { readonly [path: string]: string }): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name)), { recursive: true });
    writeFileSync(join(base, name), text);
  }
}

function deps(env: { readonly [name: string]: string } = {}): { installed: readonly string[]; events: DepsEvent[] } {
  const root = join(base, 'main');
  const { flags } = resolveFlags('deps', 'dbt deps', { project_dir: root }, env, root);
  const events: DepsEvent[] = [];
  const project = loadProjectOnly(flags, env, root);
  const installed = installPackages(project, { env, cliVars: flags.vars, tell: (event) => events.push(event) });
  return { installed, events };
}

function failure(work: () => unknown): DbtError {
  try {
    work();
  } catch (error) {
    if (error instanceof DbtError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const MAIN = { 'main/dbt_project.yml': "name: main\nversion: '1.0'\nprofile: demo\n" };

describe('deps with local packages', () => {
  test('links packages and theirs, and writes the lock as dbt 1.11.16 did', () => {
    write({
      ...MAIN,
      'main/packages.yml': 'packages:\n  - local: ../other\n',
      'other/dbt_project.yml': 'name: other\n',
      'other/packages.yml': 'packages:\n  - local: ../third/x\n',
      'third/x/dbt_project.yml': 'name: third\n',
    });
    const { installed, events } = deps();
    expect(installed).toEqual(['other', 'third']);
    expect(readFileSync(join(base, 'main/package-lock.yml'), 'utf8')).toBe(
      'packages:\n  - local: ../other\n    name: other\n  - local: ../third/x\n    name: third\nsha1_hash: 5acfc34d97fa1b97197b569f9d84d132f0feb542\n',
    );
    expect(readlinkSync(join(base, 'main/dbt_packages/third'))).toBe(join(base, 'third/x'));
    expect(events.map((event) => event.name)).toEqual([
      'DepsLockUpdating',
      'DepsStartPackageInstall',
      'DepsInstallInfo',
      'DepsStartPackageInstall',
      'DepsInstallInfo',
    ]);
    // A second time from the lock; what is linked stays where it is.
    expect(deps().events.map((event) => event.name)).not.toContain('DepsLockUpdating');
    expect(existsSync(join(base, 'other/dbt_project.yml'))).toBe(true);
    expect(lstatSync(join(base, 'main/dbt_packages/other')).isSymbolicLink()).toBe(true);
  });

  test('without packages says so and leaves an empty directory', () => {
    write(MAIN);
    expect(deps().events.map((event) => event.name)).toEqual(['DepsNoPackagesFound']);
    expect(existsSync(join(base, 'main/dbt_packages'))).toBe(true);
  });

  test('refuses packages of other kinds by name', () => {
    write({ ...MAIN, 'main/packages.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n' });
    const error = failure(deps);
    expect(error.code).toBe('package-unsupported');
    expect(error.message).toContain('hub package dbt-labs/dbt_utils');
    expect(formatSpan(error.diagnostic.span ?? { file: '', line: 0, column: 0 })).toBe('packages.yml:2:5');
  });

  test('a path without project, a name twice, the name of the project', () => {
    write({ ...MAIN, 'main/packages.yml': 'packages:\n  - local: ../nowhere\n' });
    expect(failure(deps).code).toBe('project-missing');
    write({
      'main/packages.yml': 'packages:\n  - local: ../a\n  - local: ../b\n',
      'a/dbt_project.yml': 'name: same\n',
      'b/dbt_project.yml': 'name: same\n',
    });
    expect(failure(deps).code).toBe('package-duplicate');
    write({ 'b/dbt_project.yml': 'name: main\n' });
    expect(failure(deps).message).toContain("The project itself has the name 'main'");
    write({ 'b/dbt_project.yml': 'name: ../../escaped\n' });
    expect(failure(deps).code).toBe('packages-invalid');
  });

  test('never empties a directory that holds the project', () => {
    write({
      'main/dbt_project.yml': 'name: main\nprofile: demo\npackages-install-path: ..\n',
      'main/packages.yml': 'packages: []\n',
    });
    expect(failure(deps).code).toBe('packages-install-path');
    expect(existsSync(join(base, 'main/dbt_project.yml'))).toBe(true);
  });

  test('renders packages.yml with the environment', () => {
    write({
      ...MAIN,
      'main/packages.yml': 'packages:\n  - local: "../{{ env_var(\'DIR\') }}"\n',
      'größe x/dbt_project.yml': 'name: other\n',
    });
    expect(deps({ DIR: 'größe x' }).installed).toEqual(['other']);
    expect(readFileSync(join(base, 'main/package-lock.yml'), 'utf8')).toContain('local: "../gr\\xF6\\xDFe x"');
  });
});
