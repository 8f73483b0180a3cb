import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/adapters/duckdb/database.js';
import type { Session } from '../../src/adapters/duckdb/session.js';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { credentials, withDatabase } from './helpers.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tsdbt-duckdb-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function failure(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string | undefined }> {
  try {
    await promise;
  } catch (error) {
    if (isDbtError(error)) return { code: error.code, message: error.message, hint: error.diagnostic.hint };
    throw error;
  }
  throw new Error('it did not fail');
}

const rows = async (session: Session, sql: string): Promise<readonly (readonly unknown[])[]> =>
  (await session.execute(sql, { fetch: true })).rows;

describe('a session of DuckDB', () => {
  it('runs several statements and gives the result of the last', () =>
    withDatabase({}, async (session) => {
      expect(await rows(session, 'create table t (a int); insert into t values (1), (2); select * from t')).toEqual([
        [1],
        [2],
      ]);
      expect(await session.execute('-- nothing\n;')).toEqual({ response: { _message: 'OK' }, columns: [], rows: [] });
    }));

  it('reads no more rows than asked for', () =>
    withDatabase({}, async (session) => {
      const result = await session.execute('select a from range(5000) t(a)', { fetch: true, limit: 3 });
      expect(result.rows).toEqual([[0], [1], [2]]);
      expect((await session.execute('select 1')).rows).toEqual([]);
    }));

  it('binds values', () =>
    withDatabase({}, async (session) => {
      await session.execute('create table t (a int, b varchar, c boolean)');
      await session.execute('insert into t values (?, ?, ?), (?, ?, ?)', {
        bindings: [1, "it's", true, null, null, false],
      });
      expect(await rows(session, 'select * from t')).toEqual([
        [1, "it's", true],
        [null, null, false],
      ]);
    }));

  it('rolls back when it is given back, and serves the next', () =>
    withDatabase({}, async (session, database) => {
      await session.begin();
      await session.execute('create table t as select 1 as a');
      await session.release();
      const next = await database.session('next');
      expect(next).toBe(session);
      expect((await failure(next.execute('select * from t'))).code).toBe('database-error');
    }));

  it('ends a transaction that DuckDB has given up', () =>
    withDatabase({}, async (session) => {
      await session.begin();
      await session.execute('create table t (a int primary key)');
      await session.execute('insert into t values (1)');
      await failure(session.execute('insert into t values (1)'));
      await session.rollback();
      expect(session.inTransaction).toBe(false);
      await session.rollback();
      await session.commit();
      expect(await rows(session, 'select 1')).toEqual([[1]]);
    }));

  it("gives the engine's words for an error, its line among them", async () => {
    const error = await withDatabase({}, (session) => failure(session.execute('select\n  nope\nfrom (select 1) t')));
    expect(error.code).toBe('database-error');
    expect(error.message).toContain('Binder Error: Referenced column "nope" not found');
    expect(error.message).toContain('LINE 2:   nope');
  });

  it('says which extension is missing, without looking for it on the network', async () => {
    const error = await withDatabase({ config_options: { extension_directory: join(dir, 'none') } }, (session) =>
      failure(session.execute("select * from 's3://bucket/x.parquet'")),
    );
    expect(error.code).toBe('extension-missing');
    expect(error.hint).toContain("'httpfs'");
  });

  it('can be cancelled', () =>
    withDatabase({}, async (session, database) => {
      const endless = failure(session.execute('select count(*) from range(100000000000) a, range(100000) b'));
      await new Promise((done) => setTimeout(done, 50));
      expect(database.cancelAll()).toEqual(['test']);
      expect((await endless).code).toBe('interrupted');
      expect(await rows(session, 'select 1')).toEqual([[1]]);
    }));
});

describe('a table that is swapped', () => {
  it('is the old one or the new one to every reader, never missing', async () => {
    await withDatabase({ path: join(dir, 'swap.duckdb') }, async (writer, database) => {
      await writer.execute('create table t as select 0 as version from range(1000)');
      const reader = await database.session('reader');
      let done = false;
      const seen = new Set<unknown>();
      const reading = (async () => {
        while (!done) {
          const found = await rows(reader, 'select version, count(*) from t group by version');
          expect(found).toHaveLength(1);
          expect(found[0]?.[1]).toBe(1000);
          seen.add(found[0]?.[0]);
        }
      })();
      for (let version = 1; version <= 20; version++) {
        await writer.begin();
        await writer.execute(`create table t__dbt_tmp as (select ${version} as version from range(1000))`);
        await writer.execute('alter table t rename to t__dbt_backup');
        await writer.execute('alter table t__dbt_tmp rename to t');
        await writer.commit();
        await writer.execute('drop table if exists t__dbt_backup cascade');
      }
      done = true;
      await reading;
      expect(seen.size).toBeGreaterThan(1);
    });
  });
});

describe('opening a database', () => {
  it('takes a path from the project, and makes the file', async () => {
    const count = await withDatabase(
      { path: 'x.duckdb' },
      (session) => rows(session, 'select current_database()'),
      dir,
    );
    expect(count).toEqual([['x']]);
  });

  it('reads files by a path from the project', async () => {
    await writeFile(join(dir, 'file.csv'), 'a\n1\n');
    const found = await withDatabase({}, (session) => rows(session, "select * from 'file.csv'"), dir);
    expect(found).toEqual([[1]]);
  });

  it('applies settings to every session', () =>
    withDatabase(
      { settings: { memory_limit: '100MB', temp_directory: join(dir, 'tmp') } },
      async (_session, database) => {
        const second = await database.session('second');
        expect(await rows(second, "select current_setting('memory_limit'), current_setting('temp_directory')")).toEqual(
          [['95.3 MiB', join(dir, 'tmp')]],
        );
      },
    ));

  it('attaches databases and makes secrets', () =>
    withDatabase(
      {
        attach: [{ path: join(dir, 'other.db'), alias: 'o' }],
        secrets: [{ type: 's3', name: 'q', key_id: 'k', secret: 's' }],
        config_options: { extension_directory: join(dir, 'e') },
      },
      async (session) => {
        await session.execute('create table o.t as select 1 as a');
        expect(await rows(session, 'select * from o.t')).toEqual([[1]]);
      },
    ).catch((error: unknown) => {
      // Secrets of type s3 come with httpfs, which may not be here: then the message says so.
      expect(isDbtError(error) && error.code).toBe('extension-missing');
    }));

  it('shows no secret when one can not be made', async () => {
    const wrong = { type: 'http', bearer_token: 'to"k\'en', 'extra name': 'hush', more: { Key: 'silent' } };
    const error = await failure(Database.open(credentials({ secrets: [wrong] }), dir));
    expect(error.message).toContain("extra name '*****'");
    expect(JSON.stringify(error)).not.toMatch(/hush|silent|k''?en/);
  });

  it('says that the directory is missing', async () => {
    const error = await failure(Database.open(credentials({ path: 'no/such/x.duckdb' }), dir));
    expect(error.code).toBe('database-unreachable');
    expect(error.hint).toContain(`The directory ${join(dir, 'no', 'such')} does not exist`);
  });

  it('says who has the file', async () => {
    const path = join(dir, 'locked.duckdb');
    const script = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => { globalThis.i = await DuckDBInstance.create(${JSON.stringify(path)}); await i.connect(); console.log('open'); setInterval(() => {}, 1000); });`;
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise<void>((ready) => holder.stdout.once('data', () => ready()));
      const error = await failure(Database.open(credentials({ path }), dir));
      expect(error.code).toBe('database-locked');
      expect(error.hint).toContain(`Process ${holder.pid} (`);
    } finally {
      holder.kill();
    }
  });

  it('says which extension can not be had', async () => {
    const error = await failure(
      Database.open(
        credentials({ extensions: ['no_such_extension'], config_options: { extension_directory: join(dir, 'none') } }),
        dir,
      ),
    );
    expect(error.code).toBe('extension-missing');
    expect(error.message).toContain("The extension 'no_such_extension' is not installed");
  });

  it('says that a setting is unknown', async () => {
    const error = await failure(Database.open(credentials({ settings: { no_such: 1 } }), dir));
    expect(error.message).toContain('unrecognized configuration parameter "no_such"');
  });
});

describe('the profile', () => {
  it('has the defaults of dbt-duckdb', () => {
    const c = credentials();
    expect([c.path, c.database, c.schema, c.threads, c.external_root, c.disable_transactions]).toEqual([
      ':memory:',
      'memory',
      'main',
      1,
      '.',
      false,
    ]);
  });

  it.each([
    [{ schema: 5 }, "5 is not of type 'string'"],
    [{ schema: null }, "None is not of type 'string'"],
    [{ threads: 'abc' }, "'abc' is not of type 'integer'"],
    [{ disable_transactions: 'maybe' }, "'maybe' is not of type 'boolean'"],
    [{ extensions: 'httpfs' }, "'httpfs' is not of type 'array'"],
    [{ settings: ['a'] }, "['a'] is not of type 'object'"],
    [{ attach: [{ alias: 'x' }] }, 'has no path'],
    [{ attach: [{ path: 'a.db', bogus: 1 }] }, "'bogus' is no setting of 'attach'"],
    [{ attach: [{ path: 'a.db', type: 'sqlite', options: { type: 'sqlite' } }] }, "['type'] specified in both"],
    [{ database: 'nope' }, "the 'database' property must be set to 'memory' to match the 'path'"],
    [{ secrets: [{ name: 'x' }] }, 'has no type'],
    [{ use_credential_provider: 'gcs' }, 'Unsupported value for use_credential_provider'],
    [{ module_paths: ['x'] }, "'module_paths' is not supported"],
    [{ plugins: [{ module: 'excel' }] }, "'plugins' is not supported"],
    [{ path: '' }, 'Unable to determine target database name'],
  ])('%o is refused', (output, message) => {
    expect(() => credentials(output)).toThrow(message);
  });

  it('takes an attached database for the target, and keeps what it does not know', () => {
    const c = credentials({ attach: [{ path: 'a.db', alias: 'other' }], database: 'other', colour: 'red' });
    expect(c.database).toBe('other');
    expect(c['colour']).toBe('red');
  });
});
