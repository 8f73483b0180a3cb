import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { invoke, openProject, type RunEvent } from '../../src/index.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const profile = (more: object = {}): string =>
  JSON.stringify({
    case: {
      target: 'dev',
      outputs: { dev: { type: 'duckdb', path: 'db.duckdb', settings: { TimeZone: 'Asia/Tokyo' }, ...more } },
    },
  });

const SHOP = {
  'profiles.yml': profile(),
  'models/totals.sql':
    "{{ config(materialized='table', indexes=[{'columns': ['id']}]) }}\nselect {{ var('v', 0) }} as v, i as id from range(5000) t(i)\n",
  'models/seen.sql': "select max(v) as v from {{ ref('totals') }}\n",
};

const files = (cwd: string) => ({ cwd, env: { HOME: cwd } });

async function rowOf(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[] | undefined> {
  return (await connection.runAndReadAll(sql)).getRows()[0];
}

it('a database that is held open is read while commands build in it', async () => {
  const cwd = makeProject(SHOP);
  const project = await openProject(files(cwd));
  const database = await project.openDatabase();
  expect(await project.invoke(['run'])).toMatchObject({ success: true });
  const reader = await database.connect<DuckDBConnection>();
  expect(await rowOf(reader, "select current_setting('TimeZone')")).toEqual(['Asia/Tokyo']);

  // A transaction that began before sees what was there then, the next one what is there now.
  const count = 'select min(v), max(v), count(*)::int from totals';
  const prepared = await reader.prepare(count);
  await reader.run('begin');
  expect(await rowOf(reader, count)).toEqual([0, 0, 5000]);
  expect(await project.invoke(['run', '--vars', '{v: 1}'])).toMatchObject({ success: true });
  expect(await rowOf(reader, count)).toEqual([0, 0, 5000]);
  await reader.run('commit');
  expect(await rowOf(reader, 'select v from seen')).toEqual([1]);
  // `invoke` without the opened project uses it too, and statements that are prepared find the new table.
  expect(await invoke(['run', '--vars', '{v: 2}'], files(cwd))).toMatchObject({ success: true });
  expect((await prepared.runAndReadAll()).getRows()).toEqual([[2, 2, 5000]]);

  database.close();
  database.close();
  await expect(reader.run('select 1')).rejects.toThrow();
  expect(await invoke(['run'], files(cwd))).toMatchObject({ success: true });
});

it('it is one database for all who hold it, and is closed when the last of them and the command are done', async () => {
  const cwd = makeProject(SHOP);
  const project = await openProject(files(cwd));
  const [one, other] = [await project.openDatabase(), await (await openProject(files(cwd))).openDatabase()];
  await project.invoke(['run']);
  one.close();
  const reader = await other.connect<DuckDBConnection>();
  expect(await rowOf(reader, 'select count(*)::int from totals')).toEqual([5000]);

  // Closed in the middle of a command: the command goes on, and two at once are refused as without a holder.
  let second: ReturnType<typeof invoke> | undefined;
  const onEvent = (event: RunEvent): void => {
    if (event.info.name !== 'LogStartLine' || second) return;
    other.close();
    second = invoke(['run', '--select', 'totals', '--target-path', 'elsewhere'], files(cwd));
  };
  const first = await project.invoke(['run', '--vars', '{v: 3}'], { onEvent });
  expect(first).toMatchObject({ success: true, results: [{ status: 'success' }, { status: 'success' }] });
  expect(await second).toMatchObject({ exitCode: 2, error: { code: 'database-locked' } });
  const again = await project.openDatabase();
  expect(await rowOf(await again.connect<DuckDBConnection>(), 'select v from seen')).toEqual([3]);
  again.close();
});

it('a command with other settings of the database is refused, another file is opened as ever', async () => {
  const cwd = makeProject(SHOP);
  const project = await openProject(files(cwd));
  const database = await project.openDatabase();
  writeFiles(cwd, { 'profiles.yml': profile({ settings: { TimeZone: 'UTC' } }) });
  const refused = await invoke(['run'], files(cwd));
  expect(refused).toMatchObject({ exitCode: 2, error: { code: 'database-locked' } });
  expect(refused.error?.message).toContain('held open in this process with other settings');
  writeFiles(cwd, { 'profiles.yml': profile({ path: 'other.duckdb' }) });
  expect(await invoke(['run'], files(cwd))).toMatchObject({ success: true });
  database.close();
});

it('what keeps it from being opened is a DbtError', async () => {
  const cwd = makeProject(SHOP);
  writeFileSync(join(cwd, 'db.duckdb'), 'no database, but long enough to be read as one '.repeat(300));
  const project = await openProject(files(cwd));
  await expect(project.openDatabase()).rejects.toMatchObject({ code: 'database-corrupt' });
});
