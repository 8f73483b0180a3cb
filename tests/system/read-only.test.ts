import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from '../helpers/project.js';
import { withMounts } from './mounted.js';

const ONE = {
  'profiles.yml': JSON.stringify({
    case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'data/db.duckdb' } } },
  }),
  'models/a.sql': "{{ config(materialized='table') }} select 1 as id",
  'models/out.sql': "{{ config(materialized='external', location='out/out.csv') }} select 1 as id",
  'data/readme': '',
  'logs/readme': '',
  'out/readme': '',
  'target/readme': '',
};
/** Root may write anywhere but to what is mounted for reading. */
const readOnly = (directory: string): string => `mount --bind ${directory} ${directory}
  mount -o remount,ro,bind ${directory}`;

it.each([
  ['target', 2, ['error[artifact-unwritable]', 'EROFS', '--target-path']],
  ['logs', 2, ['error[log-unwritable]', 'EROFS', 'hint: ']],
  ['data', 2, ['error[file-access]', 'Read-only file system', 'hint: Check the permissions']],
  ['out', 1, ['error[file-access]', 'Read-only file system', '--> models/out.sql:1:1']],
] as const)('%s/ can not be written', (directory, status, says) => {
  const project = makeProject(ONE);
  const { done } = withMounts(project, `${readOnly(directory)}\nrun done run`);
  expect(done?.status, done?.output).toBe(status);
  for (const text of says) expect(done?.output).toContain(text);
  expect(done?.output).not.toContain('bug of tsdbt');
});

it('a database that is mounted for reading is read with access_mode, and a write to it is refused', () => {
  const reading = {
    ...JSON.parse(ONE['profiles.yml']).case.outputs.dev,
    config_options: { access_mode: 'read_only' },
  };
  const project = makeProject({
    ...ONE,
    'profiles.yml': JSON.stringify({
      case: { target: 'dev', outputs: { dev: JSON.parse(ONE['profiles.yml']).case.outputs.dev, reading } },
    }),
  });
  const { show, write } = withMounts(
    project,
    `run first run
     ${readOnly('data')}
     run show show --target reading --inline "select count(*) as n from {{ ref('a') }}" --output json
     run write run --target reading --select a`,
  );
  expect(show?.status, show?.output).toBe(0);
  expect(show?.output).toContain('"n": 1');
  expect(write?.status).not.toBe(0);
  expect(write?.output).toContain('read-only mode');
});

it('a project that is mounted for reading is built elsewhere', () => {
  const project = makeProject(ONE);
  const { done } = withMounts(
    project,
    `mkdir /tmp/elsewhere-$$; mount -t tmpfs tmpfs /tmp/elsewhere-$$; here=$(pwd); cd /tmp/elsewhere-$$; mkdir data out
     mount --bind $here $here; mount -o remount,ro,bind $here
     run done run --project-dir $here --profiles-dir $here --target-path /tmp/elsewhere-$$/target --log-path /tmp/elsewhere-$$/logs
     mount -o remount,rw,bind $here; cp ran-done.* $here; ls data target > $here/seen; cd $here; umount /tmp/elsewhere-$$; rmdir /tmp/elsewhere-$$`,
  );
  expect(done?.status, done?.output).toBe(0);
  expect(existsSync(join(project, 'data/db.duckdb'))).toBe(false);
});
