import { readFileSync, statSync } from 'node:fs';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import type { AdapterHooks } from '../base/adapter.js';

/** Milliseconds between two attempts to open a file that is in use. */
const AGAIN = 100;
/** Milliseconds in which another process that makes the file writes its headers. */
const MAKING = 2000;
/** Bytes of the headers, which a file has as soon as it is made. */
const HEADERS = 3 * 4096;
/** A command line is shown up to so many characters. */
const SHOWN = 120;

/** Whether an error says that another process, or another invocation in this one, has a database file open. */
export function isLockError(error: unknown): boolean {
  if (isDbtError(error)) return error.code === 'database-locked';
  return error instanceof Error && error.message.includes('Could not set lock on file');
}

/** Whether an error says that the file is no database, because another process has just begun to make it. */
function isBeingMade(error: unknown, file: string): boolean {
  if (!(error instanceof Error) || !/not a valid DuckDB database file|Could not read enough bytes/.test(error.message))
    return false;
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.size < HEADERS && Date.now() - found.mtimeMs < MAKING;
}

/** Who has the file open by what DuckDB's message says: the process's id, and its command where the system tells it. */
export function holderOf(message: string): string {
  const pid = /\(PID (\d+)\)/.exec(message)?.[1];
  if (pid === undefined) return 'Another process';
  const command = commandOf(pid) ?? /lock is held in (\S+) \(PID/.exec(message)?.[1];
  return `Process ${pid}${command === undefined ? '' : ` (${command})`}`;
}

function commandOf(pid: string): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return words === '' ? undefined : words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  } catch {
    // Not Linux, or it has ended.
    return undefined;
  }
}

/**
 * Does what needs a database file for itself; while the file is in use elsewhere, again and again for `lockTimeout`
 * seconds, and tells once that it waits. A file that another process is making is tried again until it is made.
 *
 * @param shown The file as it is named in the profile.
 * @param file Absolute.
 * @throws DbtError `interrupted` when it is cancelled meanwhile, and what `attempt` threw last.
 */
export async function whenFree<T>(
  shown: string,
  file: string,
  { lockTimeout, signal, onWait }: AdapterHooks,
  attempt: () => Promise<T>,
): Promise<T> {
  const seconds = lockTimeout ?? 0;
  const until = performance.now() + seconds * 1000;
  for (let told = false; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (isBeingMade(error, file)) {
        await pause(AGAIN, signal);
        continue;
      }
      const left = until - performance.now();
      if (!isLockError(error) || left <= 0) throw error;
      const { message } = error as Error;
      const holder = isDbtError(error) ? 'Another invocation of this process' : holderOf(message);
      if (!told) onWait?.(`Waiting up to ${seconds} seconds for ${shown}: ${holder} has it open`);
      told = true;
      await pause(Math.min(AGAIN, left), signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new DbtError('interrupted', 'Interrupted while the database file was in use elsewhere.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
