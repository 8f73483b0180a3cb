import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { artifacts, ask, relations } from '../binary/tsdbt.js';
import { makeProject } from '../helpers/project.js';
import { withMounts } from './mounted.js';

const TABLE = "{{ config(materialized='table') }} ";
const profile = (settings: object): string =>
  JSON.stringify({
    case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'disk/db.duckdb', ...settings } } },
  });
const ROWS = "select range as id, hash(range) as h from range({{ var('n', 1000) }})";

it('the disk of the database: what was there stays, the error says so, and with room again retry completes', async () => {
  const project = makeProject({
    'profiles.yml': profile({}),
    'models/a.sql': TABLE + ROWS,
    'models/after.sql': "select count(*) as n from {{ ref('a') }}",
    'disk/readme': '',
  });
  const { first, full, between, retry } = withMounts(
    project,
    `mount -t tmpfs -o size=4m tmpfs disk
     run first build
     run full build --vars '{n: 1000000}'
     run between show --inline "select count(*) as n from {{ ref('a') }}" --output json --target-path elsewhere
     mount -o remount,size=200m disk
     run retry retry
     ls -A disk > left
     mkdir kept; cp disk/db.duckdb kept/`,
  );
  expect(first?.status).toBe(0);
  expect(full?.status).toBe(1);
  expect(full?.output).toContain('error[disk-full]');
  expect(full?.output).toContain('No space left on device');
  expect(full?.output).toContain('hint: Make room');
  expect(full?.output).toMatch(/SKIP relation main\.after/);
  expect(full?.output).not.toContain('bug of tsdbt');
  expect(between?.output).toContain('"n": 1000');
  expect(retry?.status, retry?.output).toBe(0);
  expect(await ask(join(project, 'kept/db.duckdb'), 'select n from after')).toEqual([1000000]);
  expect(await relations(join(project, 'kept/db.duckdb'))).toEqual(['a', 'after']);
  expect(readFileSync(join(project, 'left'), 'utf8')).toBe('db.duckdb\n');
});

it('the disk of an external model: the old file stays whole, nothing is left beside it', () => {
  const external = "{{ config(materialized='external', location='out/rows.parquet') }} ";
  const project = makeProject({ 'models/rows.sql': external + ROWS, 'out/readme': '' });
  const { full, between, again } = withMounts(
    project,
    `mount -t tmpfs -o size=1m tmpfs out
     run first run
     run full run --vars '{n: 1000000}'
     ls -A out > left
     run between show --inline "select count(*) as n from {{ ref('rows') }}" --output json
     mount -o remount,size=100m out
     run again run --vars '{n: 1000000}'`,
  );
  expect(full?.status).toBe(1);
  expect(full?.output).toContain('error[disk-full]');
  expect(full?.output).toContain('--> models/rows.sql:1:1');
  expect(between?.output).toContain('"n": 1000');
  expect(readFileSync(join(project, 'left'), 'utf8')).toBe('rows.parquet\n');
  expect(again?.status, again?.output).toBe(0);
});

it('the disk of what does not fit into memory', () => {
  const sorted = `${TABLE}select hash(range)::varchar as id from range(3000000) order by 1`;
  const project = makeProject({
    'profiles.yml': profile({ settings: { memory_limit: '30MB', temp_directory: 'spill' } }),
    'models/a.sql': sorted,
    'disk/readme': '',
    'spill/readme': '',
  });
  const { full } = withMounts(project, `mount -t tmpfs -o size=1m tmpfs spill; run full run`);
  expect(full?.status).toBe(1);
  expect(full?.output).toMatch(/error\[(disk-full|out-of-memory)\]/);
  expect(full?.output).toContain('temp_directory');
});

it('the disk of target/: told at the end of the run, with status 2 and no half of a file', () => {
  const models = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`models/m${i}.sql`, 'select 1 as id']));
  const project = makeProject({ ...models, 'target/readme': '' });
  const { full, again } = withMounts(
    project,
    `mount -t tmpfs -o size=300k tmpfs target
     run full run
     mkdir seen; cp -r target/. seen
     mount -o remount,size=100m target
     run again run
     mkdir seen2; cp -r target seen2`,
  );
  expect(full?.status).toBe(2);
  expect(full?.output).toContain('error[artifact-unwritable]');
  expect(full?.output).toContain('ENOSPC');
  expect(full?.output).toContain('hint: Check the permissions and the free space');
  expect(full?.output).not.toContain('bug of tsdbt');
  expect(again?.status, again?.output).toBe(0);
  expect(artifacts(join(project, 'seen2'))).toContain('manifest.json');
});

it('the disk of logs/ does not stop a run', () => {
  const project = makeProject({ 'models/a.sql': 'select 1 as id', 'logs/readme': '' });
  const { full } = withMounts(
    project,
    `mount -t tmpfs -o size=16k tmpfs logs
     run full run`,
  );
  expect(full?.status, full?.output).toBe(0);
});
