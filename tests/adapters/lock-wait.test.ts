import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { whenFree } from '../../src/adapters/duckdb/lock-wait.js';

const folder = mkdtempSync(join(tmpdir(), 'tsdbt-lock-'));
const file = join(folder, 'db.duckdb');
afterAll(() => rmSync(folder, { recursive: true }));

const half = () => new Error(`IO Error: The file "${file}" exists, but it is not a valid DuckDB database file!`);

/** What becomes of an attempt that fails for so many times. */
async function attempts(failures: number): Promise<number> {
  let count = 0;
  await whenFree('db.duckdb', file, {}, async () => {
    count += 1;
    if (count <= failures) throw half();
  });
  return count;
}

it('a database that another process has just begun to make is tried again', async () => {
  writeFileSync(file, Buffer.alloc(4096));
  expect(await attempts(2)).toBe(3);
});

it('an old file, or one of a database’s size, that is no database is an error at once', async () => {
  writeFileSync(file, 'no database');
  utimesSync(file, 1, 1);
  await expect(attempts(1)).rejects.toThrow('not a valid');
  writeFileSync(file, Buffer.alloc(20_000));
  await expect(attempts(1)).rejects.toThrow('not a valid');
});

it('the wait for it ends with the invocation', async () => {
  writeFileSync(file, Buffer.alloc(4096));
  const controller = new AbortController();
  const waiting = whenFree('db.duckdb', file, { signal: controller.signal }, () => Promise.reject(half()));
  controller.abort();
  await expect(waiting).rejects.toThrow('Interrupted');
});
