import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exceptionName, withRetries } from '../../src/adapters/duckdb/retry.js';

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../cases/adapters/outputs.recorded.json'), 'utf8'),
) as { readonly exceptions: { readonly [sql: string]: readonly [name: string, message: string] } };

describe('names of retryable_exceptions', () => {
  it.each(Object.entries(recorded.exceptions))('%s', (_sql, [name, message]) => {
    expect(exceptionName(new Error(message))).toBe(name);
  });

  it('of what is no error of DuckDB there is none', () => {
    expect(exceptionName(new Error('socket hang up'))).toBeNull();
  });
});

describe('retries', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Fails with the given messages in turn, then succeeds; says how often it was called. */
  function failing(...messages: string[]): { readonly work: () => Promise<number>; readonly count: () => number } {
    let calls = 0;
    const work = async (): Promise<number> => {
      const message = messages[calls++];
      if (message !== undefined) throw new Error(message);
      return calls;
    };
    return { work, count: () => calls };
  }

  it('wait 1, 2, 4 … seconds and stop after so many attempts', async () => {
    vi.useFakeTimers();
    const { work, count } = failing('IO Error: a', 'IO Error: b', 'IO Error: c');
    const outcome = expect(withRetries({ exceptions: ['IOException'] }, 3, work)).rejects.toThrow('IO Error: c');
    await vi.advanceTimersByTimeAsync(999);
    expect(count()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(count()).toBe(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(count()).toBe(3);
    await outcome;
  });

  it('are for the named exceptions alone', async () => {
    vi.useFakeTimers();
    const { work, count } = failing('HTTP Error: 503', 'Catalog Error: no table');
    const outcome = expect(withRetries({ exceptions: ['HTTPException'] }, 5, work)).rejects.toThrow('Catalog Error');
    await vi.advanceTimersByTimeAsync(1000);
    await outcome;
    expect(count()).toBe(2);
  });

  it('end with success', async () => {
    vi.useFakeTimers();
    const outcome = withRetries({ exceptions: ['IOException'] }, 2, failing('IO Error: lock').work);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await outcome).toBe(2);
  });
});
