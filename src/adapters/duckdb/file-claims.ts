import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DbtError } from '../../diagnostics/errors.js';

/**
 * The database files that this process has open, and how. The system's locks are a process's: a second instance of
 * DuckDB in the same process would get them, and the two would write over each other.
 */
const CLAIMED = new Map<string, { readers: number; writer: boolean }>();

/**
 * Notes that a database file is opened, and gives what ends that. A file that is only read may be opened several times.
 *
 * @throws DbtError `database-locked` when this process has it open already.
 */
export function claimFile(path: string, readOnly: boolean): () => void {
  const file = realPath(path);
  const held = CLAIMED.get(file) ?? { readers: 0, writer: false };
  if (held.writer || (held.readers > 0 && !readOnly)) {
    throw alreadyOpen(path);
  }
  if (readOnly) held.readers += 1;
  else held.writer = true;
  CLAIMED.set(file, held);
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    if (readOnly) held.readers -= 1;
    else held.writer = false;
    if (held.readers === 0) CLAIMED.delete(file);
  };
}

/** The error of a second invocation that needs a file. */
export function alreadyOpen(path: string): DbtError {
  return new DbtError('database-locked', `The database file ${path} is open in this process already`, {
    hint: 'Another invocation has it: await that one first, or let this one wait with --lock-timeout SECONDS.',
  });
}

/** One name for a file, also when it is not there yet. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const directory = dirname(path);
    return directory === path ? path : join(realPath(directory), basename(path));
  }
}
