import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
// biome-ignore-start lint/suspicious/noTsIgnore: plain modules of the flagship, whose types are their JSDoc
// @ts-ignore
import { publish } from '../../project/serve/published/publish.mjs';
// @ts-ignore
import { openSnapshot, withSnapshot } from '../../project/serve/published/reader.mjs';
// @ts-ignore
import { currentVersion, serve, versionsIn } from '../../project/serve/published/versions.mjs';
// @ts-ignore
import { expectedOf, readUntil } from '../../project/serve/soak-reads.mjs';
// @ts-ignore
import { LOOKUPS } from '../../project/serve/tables.mjs';
// biome-ignore-end lint/suspicious/noTsIgnore: see above
import { openProject } from '../../src/index.ts';
import { makeProject } from '../helpers/project.js';
import { ROOT, script, temporaryFolder } from './support.ts';

const ROWS = 3000;
const LAYOUTS = [
  { name: 'by_client', order_by: ['client_id', 'transaction_id'] },
  { name: 'by_day', order_by: ['transaction_date', 'mcc', 'transaction_id'] },
];
const COLUMNS = (version: string): string => `
  i::bigint as transaction_id, (i % 50)::integer as client_id, (5000 + i % 7)::integer as mcc,
  date '2019-01-01' + (i // 100)::integer as transaction_date, date_trunc('month', transaction_date)::date as transaction_month,
  (i / 4)::decimal(12, 2) as amount, ${version}::integer as served_version`;

/** What publishes the table that a connection has. */
const publishing = (connection: DuckDBConnection, folder: string, more: object = {}) =>
  publish({
    connection,
    table: 'revenue.enriched_transactions',
    folder,
    layouts: LAYOUTS,
    keys: ['client_id', 'transaction_date', 'mcc'],
    rowsAFile: ROWS,
    rowGroupSize: 2048,
    retention: { keep: 2, keepMinutes: 0 },
    ...more,
  });

async function memory(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  onTestFinished(() => instance.closeSync());
  return instance.connect();
}

async function withTable(version = 1, rows = ROWS): Promise<DuckDBConnection> {
  const connection = await memory();
  await connection.run(
    `create schema if not exists revenue; create or replace table revenue.enriched_transactions as select ${COLUMNS(`${version}`)} from range(${rows}) t(i)`,
  );
  return connection;
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

/** Rows and versions of what is served. */
const served = async (folder: string) => {
  const connection = await memory();
  return withSnapshot(folder, async (snapshot: { version: string; relation(): string }) => [
    snapshot.version,
    ...((
      await rowsOf(
        connection,
        `select count(*)::int, min(served_version), max(served_version) from ${snapshot.relation()}`,
      )
    )[0] ?? []),
  ]);
};

/** A script in a process of its own that publishes, and has `statements` in its `onStep`. */
function publisher(folder: string, statements: string): string {
  const path = join(folder, '..', 'publisher.mjs');
  writeFileSync(
    path,
    `import { DuckDBInstance } from ${JSON.stringify(join(ROOT, 'node_modules/@duckdb/node-api/lib/index.js'))};
    import { publish } from ${JSON.stringify(join(ROOT, 'project/serve/published/publish.mjs'))};
    const api = DuckDBInstance.create ? DuckDBInstance : DuckDBInstance.default;
    const connection = await (await api.create(':memory:')).connect();
    await connection.run(\`create schema revenue; create table revenue.enriched_transactions as select ${COLUMNS('2')} from range(${ROWS}) t(i)\`);
    const onStep = (step) => { ${statements} };
    const { version } = await publish({
      connection, onStep, table: 'revenue.enriched_transactions', folder: ${JSON.stringify(folder)}, layouts: ${JSON.stringify(LAYOUTS.slice(0, 1))},
      keys: ['client_id'], rowsAFile: 1500, rowGroupSize: 2048, retention: { keep: 1, keepMinutes: 0 },
    });
    console.log(version);`,
  );
  return path;
}

test('in ten refreshes no reader finds anything but one whole version: on a connection of the writer, and in another process', async () => {
  const cwd = makeProject({
    'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: case\nmodels: { +schema: revenue }\n",
    'macros/schema.sql': '{% macro generate_schema_name(custom, node) %}{{ custom }}{% endmacro %}',
    'models/enriched_transactions.sql': `{{ config(materialized='table') }}\nselect ${COLUMNS("{{ var('served_version', 0) }}")} from range(${ROWS}) t(i)`,
  });
  const folder = join(cwd, 'published');
  const project = await openProject({ cwd, env: { HOME: cwd } });
  const database = await project.openDatabase();
  const refresh = async (version: number): Promise<void> => {
    expect(await project.invoke(['run', '--vars', `{served_version: ${version}}`])).toMatchObject({ success: true });
  };
  await refresh(1);
  const own = await database.connect<DuckDBConnection>();
  await publishing(own, folder);
  const expected = await expectedOf(own, 'revenue.enriched_transactions');
  const child = fork(join(ROOT, 'project/serve/soak-reader.mjs'), [folder]);
  expect((await once(child, 'message'))[0]).toBe('ready');
  let isOver = false;
  const connection = await database.connect<DuckDBConnection>();
  const begin = async () => ({ relation: 'revenue.enriched_transactions', connection, done: async () => {} });
  const inside = readUntil(expected, begin, () => isOver);
  for (let version = 2; version <= 11; version++) {
    await refresh(version);
    await publishing(own, folder);
  }
  isOver = true;
  const answer = once(child, 'message');
  child.send('stop');
  for (const reads of [await inside, (await answer)[0]]) {
    expect(reads).toMatchObject({ wrong: [], wrongCount: 0 });
    expect(reads.reads).toBeGreaterThan(10);
    expect(reads.versions.length).toBeGreaterThan(1);
  }
  expect(await served(folder)).toEqual(['v00000011', ROWS, 11, 11]);
  expect(await versionsIn(folder)).toHaveLength(2);
  database.close();
}, 120_000);

test('a read that finds two versions, too few rows or an error is told', async () => {
  const connection = await withTable();
  const expected = await expectedOf(connection, 'revenue.enriched_transactions');
  const damage = [
    'update revenue.enriched_transactions set served_version = 2 where transaction_id < 10',
    'delete from revenue.enriched_transactions where transaction_id = 5',
    'drop table revenue.enriched_transactions',
  ];
  const found: string[] = [];
  for (const statement of damage) {
    await connection.run(statement);
    let reads = 0;
    const begin = async () => ({ relation: 'revenue.enriched_transactions', connection, done: async () => {} });
    const { wrong, wrongCount } = await readUntil(expected, begin, () => reads++ > 0);
    expect(wrongCount).toBe(1);
    found.push(...wrong);
  }
  expect(found).toEqual([
    expect.stringContaining('versions 1, 2 and 2'),
    expect.stringContaining(`rows ${ROWS - 1}`),
    expect.stringContaining('does not exist'),
  ]);
});

describe('what is published', () => {
  test('is the table, in files of which a look-up reads few', async () => {
    const folder = join(temporaryFolder(), 'published');
    const connection = await withTable();
    const outcome = await publishing(connection, folder, { rowsAFile: 700 });
    expect(outcome).toMatchObject({ version: 'v00000001', rows: ROWS, files: 10, removed: [], held: [] });
    const all = 'select * from revenue.enriched_transactions';
    const snapshot = await openSnapshot(folder);
    onTestFinished(() => snapshot.release());
    const difference = `select count(*)::int from (${all} except all select * from ${snapshot.relation()})`;
    expect(await rowsOf(connection, difference)).toEqual([[0]]);
    expect(new Set(Object.values(snapshot.manifest.checksums)).size).toBe(1);
    const asked = [
      LOOKUPS.client({ client_id: 7 }),
      LOOKUPS.client_month({ client_id: 7, month: '2019-01' }),
      LOOKUPS.mcc_day({ mcc: 5003, day: '2019-01-20' }),
      LOOKUPS.client({ client_id: 999 }),
    ];
    const counts: unknown[] = [];
    for (const { where, keys } of asked) {
      const relation = snapshot.relation(keys);
      const rows = `${all} where ${where}`;
      const [[missing] = []] = await rowsOf(
        connection,
        `select count(*)::int from (${rows} except all select * from ${relation} where ${where})`,
      );
      const [[count] = []] = await rowsOf(connection, `select count(*)::int from ${relation} where ${where}`);
      counts.push([missing, count, /\/(by_\w+)\//.exec(relation)?.[1], relation.match(/\.parquet/g)?.length]);
    }
    expect(counts).toEqual([
      [0, 60, 'by_client', 1],
      [0, 60, 'by_client', 1],
      [0, 15, 'by_day', 1],
      [0, 0, 'by_client', 1],
    ]);
  });

  test('stays while a reader holds it, and for as long as it is to be kept', async () => {
    const folder = join(temporaryFolder(), 'published');
    const connection = await withTable();
    const only = { retention: { keep: 1, keepMinutes: 0 } };
    await publishing(connection, folder, only);
    const snapshot = await openSnapshot(folder);
    expect(await publishing(connection, folder, only)).toMatchObject({ held: ['v00000001'], removed: [] });
    expect(await rowsOf(connection, `select count(*)::int from ${snapshot.relation()}`)).toEqual([[ROWS]]);
    await snapshot.release();
    const hour = { retention: { keep: 1, keepMinutes: 60 } };
    expect(await publishing(connection, folder, hour)).toMatchObject({ held: [], removed: [] });
    expect(await versionsIn(folder)).toEqual(['v00000001', 'v00000002', 'v00000003']);
    const past = Date.now() / 1000 - 7200;
    utimesSync(join(folder, 'v00000002', 'manifest.json'), past, past);
    expect(await publishing(connection, folder, hour)).toMatchObject({ removed: ['v00000001'] });
    expect(await publishing(connection, folder)).toMatchObject({ removed: ['v00000002', 'v00000003'] });
  });

  test('is not held by a reader that is gone', async () => {
    const folder = join(temporaryFolder(), 'published');
    const connection = await withTable();
    await publishing(connection, folder);
    const reader = spawnSync(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { openSnapshot } from ${JSON.stringify(join(ROOT, 'project/serve/published/reader.mjs'))};
      await openSnapshot(${JSON.stringify(folder)});
      process.kill(process.pid, 'SIGKILL');`,
    ]);
    expect(reader.signal).toBe('SIGKILL');
    expect(readdirSync(join(folder, 'leases', 'v00000001'))).toHaveLength(1);
    const only = { retention: { keep: 1, keepMinutes: 0 } };
    expect(await publishing(connection, folder, only)).toMatchObject({ held: [], removed: ['v00000001'] });
  });

  test('a reader that comes when its version is about to be removed takes the next one', async () => {
    const folder = join(temporaryFolder(), 'published');
    const connection = await withTable();
    await publishing(connection, folder);
    await publishing(connection, folder);
    await serve(folder, 'v00000001');
    writeFileSync(join(folder, 'v00000001', '.retired'), '');
    const opening = openSnapshot(folder);
    await serve(folder, 'v00000002');
    const snapshot = await opening;
    expect(snapshot.version).toBe('v00000002');
    await snapshot.release();
    expect(readdirSync(join(folder, 'leases', 'v00000001'))).toEqual([]);
  });

  test('is what it was when there is nothing to publish', async () => {
    const folder = join(temporaryFolder(), 'published');
    await expect(openSnapshot(folder)).rejects.toThrow('Nothing is published');
    const connection = await withTable();
    await publishing(connection, folder);
    await connection.run('delete from revenue.enriched_transactions');
    await expect(publishing(connection, folder)).rejects.toThrow('has no rows: what is published stays as it is');
    await connection.run('drop table revenue.enriched_transactions');
    await expect(publishing(connection, folder)).rejects.toThrow('is not there: build it first');
    expect(await served(folder)).toEqual(['v00000001', ROWS, 1, 1]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.aside'))).toEqual([]);
  });
});

describe('a publisher', () => {
  test.each(['file', 'check', 'rename', 'switch', 'remove'])(
    'that is killed at the step %s leaves the old version or the new one, and nothing to clean up by hand',
    async (at) => {
      const folder = join(temporaryFolder(), 'published');
      const connection = await withTable();
      await publishing(connection, folder);
      const path = publisher(folder, `if (step === '${at}') process.kill(process.pid, 'SIGKILL');`);
      const killed = spawnSync(process.execPath, [path], { encoding: 'utf8' });
      expect(killed.signal, killed.stderr).toBe('SIGKILL');
      expect(await served(folder)).toEqual(at === 'remove' ? ['v00000002', ROWS, 2, 2] : ['v00000001', ROWS, 1, 1]);
      const { version } = await publishing(connection, folder, { retention: { keep: 1, keepMinutes: 0 } });
      expect(await currentVersion(folder)).toBe(version);
      expect(readdirSync(folder).sort()).toEqual(['.publisher.lock', 'current.json', 'leases', version]);
    },
  );

  test('is the only one', async () => {
    const folder = join(temporaryFolder(), 'published');
    const connection = await withTable();
    const path = publisher(
      folder,
      "if (step === 'check') { process.stdout.write('checking'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }",
    );
    const first = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(first.stdout, 'data');
    await expect(publishing(connection, folder)).rejects.toThrow(`Process ${first.pid} is publishing into`);
    first.kill('SIGKILL');
    await once(first, 'exit');
    // Which of the two comes first is the file system's to say.
    const twice = await Promise.allSettled([publishing(connection, folder), publishing(connection, folder)]);
    expect(twice.filter((done) => done.status === 'fulfilled').map((done) => done.value.version)).toEqual([
      'v00000001',
    ]);
    const refused: unknown[] = twice.flatMap((done) => (done.status === 'rejected' ? [done.reason] : []));
    expect(refused).toEqual([
      expect.objectContaining({ message: expect.stringContaining('This process is publishing into') }),
    ]);
  });
});

describe('the scripts', () => {
  async function lake(): Promise<string> {
    const folder = temporaryFolder();
    const instance = await DuckDBInstance.create(join(folder, 'warehouse.duckdb'));
    const connection = await instance.connect();
    await connection.run(
      `create schema revenue; create table revenue.enriched_transactions as select ${COLUMNS('1')} from range(${ROWS}) t(i);
      create view revenue.enriched_transactions_by_day as from revenue.enriched_transactions`,
    );
    connection.closeSync();
    instance.closeSync();
    return folder;
  }

  test('lookups.mjs tells how long each look-up takes, and fails over the limit', async () => {
    const folder = await lake();
    const options = ['--lake', folder, '--count', '10'];
    const done = script('serve/lookups.mjs', ...options, '--limit', '60000');
    expect(done, done.err).toMatchObject({ status: 0, err: '' });
    const lines = done.out.split('\n');
    expect(lines[0]).toContain('3,000 rows; milliseconds');
    expect(lines[1]?.split(/ {2,}/)).toEqual(['look_up', 'keys', 'rows, mean', 'rows, most', 'p50', 'p95', 'max']);
    expect(lines.slice(2, 5).map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ['one client', '10', '60', '60'],
      ['one client and month', '10', '60', '60'],
      ['one mcc and day', '10', expect.stringMatching(/^1[45]$/), '15'],
    ]);
    const slow = script('serve/lookups.mjs', ...options, '--limit', '0.0001');
    expect(slow.status).toBe(1);
    expect(slow.err).toMatch(/one client: 95 of 100 within [\d.]+ ms, more than the limit of 0.0001 ms/);

    const connection = await (await DuckDBInstance.create(join(folder, 'warehouse.duckdb'))).connect();
    const held = script('serve/lookups.mjs', ...options);
    expect(held.status).toBe(2);
    expect(held.err).toContain(`Process ${process.pid} has `);
    expect(script('serve/lookups.mjs', ...options, '--published').err).toContain('Nothing is published');
    await publishing(connection, join(folder, 'revenue_operations/published/enriched_transactions'));
    const published = script('serve/lookups.mjs', ...options, '--published', '--limit', '60000');
    expect(published, published.err).toMatchObject({ status: 0, err: '' });
    expect(published.out).toContain('one mcc and day       10');
    connection.closeSync();
  });

  test('a wrong command line is said so', () => {
    const folder = temporaryFolder();
    const statuses = [
      ['serve/lookups.mjs', '--lake', folder],
      ['serve/publish.mjs', '--lake', folder],
      ['serve/server.mjs', '--lake', folder],
      ['serve/soak.mjs', '--lake', folder],
      ['serve/lookups.mjs', '--count', 'many'],
      ['serve/publish.mjs', '--keep', '0'],
      ['serve/server.mjs', 'now'],
      ['serve/soak.mjs', '--readers', '0', '--processes', '0'],
    ].map(([path = '', ...args]) => script(path, ...args));
    expect(statuses.map(({ status }) => status)).toEqual(Array(8).fill(2));
    for (const { err } of statuses.slice(0, 4)) expect(err).toContain('warehouse.duckdb is not there');
    expect(statuses[4]?.err).toContain("--count must be a number of at least 1, not 'many'");
    expect(statuses[5]?.err).toContain("--keep must be a number of at least 1, not '0'");
    expect(statuses[6]?.err).toContain('unexpected: now');
    expect(statuses[7]?.err).toContain('--readers or --processes must be at least 1');
  });
});
