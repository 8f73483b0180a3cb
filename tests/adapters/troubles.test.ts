import { describe, expect, it } from 'vitest';
import { engineError, openError } from '../../src/adapters/duckdb/engine-error.js';

describe('what is wrong besides the SQL is known by its own code', () => {
  // What DuckDB 1.5.5 says; files and disks of that kind are in tests/binary/trouble.test.ts and tests/system/.
  it.each([
    ['IO Error: Could not write file "/data/db.duckdb": No space left on device', 'disk-full'],
    [
      'TransactionContext Error: Failed to commit: Could not write file "/d/db.duckdb.wal": Disk quota exceeded',
      'disk-full',
    ],
    [
      'Out of Memory Error: failed to offload data block of size 256.0 KiB (960.0 KiB/976.5 KiB used).',
      'out-of-memory',
    ],
    [
      'FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be restarted prior to being used again.',
      'database-invalidated',
    ],
    ['IO Error: The file "/d/x.db" exists, but it is not a valid DuckDB database file!', 'database-corrupt'],
    ['IO Error: No files found that match the pattern "in/*.parquet"', 'data-file-missing'],
    ['IO Error: Cannot open file "/d/out.csv": Read-only file system', 'file-access'],
    ['Binder Error: Referenced column "ID" not found in FROM clause!', 'database-error'],
  ])('%s', (message, code) => {
    const error = engineError(new Error(message));
    expect([error.code, error.message]).toEqual([code, message]);
    if (code !== 'database-error') expect(error.diagnostic.hint).toBeTruthy();
  });

  it('names the file or the pattern', () => {
    const hint = (message: string): string | undefined => openError(new Error(message), 'x.db', '/d').diagnostic.hint;
    expect(hint('IO Error: The file "/d/x.db" exists, but it is not a valid DuckDB database file!')).toContain(
      'If /d/x.db is no database',
    );
    expect(hint('IO Error: No files found that match the pattern "in/*.parquet"')).toContain("'in/*.parquet'");
  });
});
