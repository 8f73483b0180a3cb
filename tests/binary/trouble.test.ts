import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { makeProject, temporaryDirectory, withoutCleanUp } from '../helpers/project.js';
import { ask, type Done, relations, tsdbt } from './tsdbt.js';

const TABLE = "{{ config(materialized='table') }} ";
const good = withoutCleanUp(() => temporaryDirectory());

const instance = await DuckDBInstance.create(join(good, 'db.duckdb'));
const connection = await instance.connect();
await connection.run('create table kept as select range as id, hash(range) as h from range(300000)');
await connection.run('checkpoint');
await connection.run(`copy kept to '${join(good, 'rows.parquet')}'`);
connection.closeSync();
instance.closeSync();

/** DuckDB's checksum of a block: of each eight bytes, with the first eight left for the sum. */
function sealed(block: Buffer): Buffer {
  let sum = 5381n;
  for (let i = 8; i < block.length; i += 8)
    sum ^= (block.readBigUInt64LE(i) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
  block.writeBigUInt64LE(sum & 0xffffffffffffffffn, 0);
  return block;
}

/** A database file with the storage version of a DuckDB to come. */
function ofTheFuture(file: Buffer): Buffer {
  const header = Buffer.from(file.subarray(0, 4096));
  const before = Buffer.from(header);
  if (!sealed(before).equals(header)) throw new Error('DuckDB has another checksum now');
  header.writeBigUInt64LE(9999n, 12);
  return Buffer.concat([sealed(header), file.subarray(4096)]);
}

/** Runs a model over a project with one file beside it that is not as it should be. */
function runWith(
  name: string,
  file: Buffer | string | null,
  sql: string,
  settings: object = {},
): Done & { root: string } {
  const root = makeProject({
    'profiles.yml': JSON.stringify({
      case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'db.duckdb', ...settings } } },
    }),
    'models/first.sql': `${TABLE}select 1 as id`,
    'models/reads.sql': `${TABLE}-- depends_on: {{ ref('first') }}\n${sql}`,
    'models/after.sql': "select * from {{ ref('reads') }}",
  });
  if (file !== null) writeFileSync(join(root, name), file);
  return { ...tsdbt(['run'], root), root };
}

const parquet = (): Buffer => readFileSync(join(good, 'rows.parquet'));
const overwritten = (file: Buffer): Buffer => Buffer.from(file).fill(0x77, 1000, 5000);

describe('a data file', () => {
  it.each<readonly [string, string, Buffer | string | null, string, string]>([
    ['Parquet that was cut off', 'in.parquet', parquet().subarray(0, 40_000), 'data-file-invalid', 'in.parquet'],
    ['Parquet of no byte', 'in.parquet', '', 'data-file-invalid', 'too small to be a Parquet file'],
    ['Parquet with other bytes within', 'in.parquet', overwritten(parquet()), 'data-file-invalid', 'in.parquet'],
    ['Parquet that is not there', 'in.parquet', null, 'data-file-missing', "called: 'in.parquet'"],
    ['CSV with a wrong value far below', 'in.csv', csv(), 'data-file-invalid', 'CSV Error on Line: 30002'],
    ['CSV that is none', 'in.csv', Buffer.from([0, 1, 2, 255, 254, 10, 13]), 'data-file-invalid', 'in.csv'],
    ['JSON that was cut off', 'in.json', '[{"id":1},{"id":', 'data-file-invalid', 'Malformed JSON in file "in.json"'],
  ])('%s', async (_what, name, file, code, says) => {
    const done = runWith(name, file, `select * from '${name}'`);
    expect(done.status).toBe(1);
    expect(done.stdout).toContain(`error[${code}]`);
    expect(done.stdout).toContain(says);
    expect(done.stdout).toMatch(/--> models\/reads\.sql:[12]:\d+/);
    expect(done.stdout).toContain('hint: ');
    expect(done.stdout).toContain('Done. PASS=1 WARN=0 ERROR=1 SKIP=1');
    expect(await relations(join(done.root, 'db.duckdb'))).toEqual(['first']);
  });
});

function csv(): string {
  return `id,v\n${Array.from({ length: 30_000 }, (_, i) => `${i},${i}\n`).join('')}x,y\n`;
}

describe('a database file', () => {
  const whole = (): Buffer => readFileSync(join(good, 'db.duckdb'));

  it.each<readonly [string, (file: Buffer) => Buffer, string, string]>([
    [
      'that is no database',
      () => Buffer.from('no database at all\n'.repeat(900)),
      'database-corrupt',
      'not a valid DuckDB',
    ],
    ['that was cut off', (file) => file.subarray(0, 1_000_000), 'database-corrupt', 'Could not read enough bytes'],
    ['whose header was changed', (file) => Buffer.from(file).fill(0xab, 100, 200), 'database-corrupt', 'checksum'],
    ['of a newer DuckDB', ofTheFuture, 'database-too-new', 'version number 9999'],
  ])('%s is refused and not touched', (_what, damage, code, says) => {
    const bytes = damage(whole());
    const done = runWith('db.duckdb', bytes, 'select 1 as id');
    expect(done.status).toBe(2);
    expect(done.stdout).toContain(`error[${code}]`);
    expect(done.stdout).toContain(says);
    expect(done.stdout).toContain('hint: ');
    expect(done.stdout).not.toContain('bug of tsdbt');
    expect(readFileSync(join(done.root, 'db.duckdb')).equals(bytes)).toBe(true);
  });

  it('with a damaged table: the model that reads it fails, with the place', () => {
    const bytes = whole();
    bytes.fill(0xab, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 4000);
    const done = runWith('db.duckdb', bytes, 'select sum(id) as id, sum(h) as h from kept');
    expect(done.status).toBe(1);
    expect(done.stdout).toContain('error[database-corrupt]');
    expect(done.stdout).toContain('--> models/reads.sql:1:1');
  });

  it('that is attached and is none', () => {
    const root = makeProject({
      'profiles.yml': JSON.stringify({
        case: {
          target: 'dev',
          outputs: { dev: { type: 'duckdb', path: 'db.duckdb', attach: [{ path: 'other.duckdb' }] } },
        },
      }),
      'models/a.sql': 'select 1 as id',
      'other.duckdb': 'no database at all\n'.repeat(900),
    });
    const done = tsdbt(['run'], root);
    expect(done.status).toBe(2);
    expect(done.stdout).toMatch(/error\[database-corrupt\][\s\S]*other\.duckdb[\s\S]*hint: /);
  });

  it('of which the last run left a log that was cut off is opened, or refused by name', async () => {
    const root = makeProject({ 'models/a.sql': 'select 1 as id' });
    copyFileSync(join(good, 'db.duckdb'), join(root, 'db.duckdb'));
    writeFileSync(join(root, 'db.duckdb.wal'), Buffer.alloc(500, 7));
    expect(tsdbt(['run'], root).status).toBe(0);
    expect(await ask(join(root, 'db.duckdb'), 'select count(*) from kept')).toEqual([300_000]);
    truncateSync(join(root, 'db.duckdb'), 4000);
    expect(tsdbt(['run'], root)).toMatchObject({ status: 2, stderr: '' });
  });
});

it('memory that does not suffice: the model fails with a hint, what was there stays', async () => {
  const settings = { settings: { memory_limit: '40MB', temp_directory: '' } };
  const done = runWith(
    'x',
    null,
    "select range as id, hash(range)::varchar || repeat('x', 100) as h from range(3000000) order by 2",
    settings,
  );
  expect(done.status).toBe(1);
  expect(done.stdout).toContain('error[out-of-memory]');
  expect(done.stdout).toMatch(/--> models\/reads\.sql:\d+:\d+/);
  expect(done.stdout).toContain('hint: Raise `memory_limit`');
  expect(await relations(join(done.root, 'db.duckdb'))).toEqual(['first']);
});
