import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { holderOf, isLockError } from './lock-wait.js';
import { troubleOf } from './troubles.js';

/** What DuckDB threw, as a user's error with the engine's own words. */
export function engineError(error: unknown): DbtError {
  if (error instanceof DbtError) return error;
  const message = messageOf(error);
  if (message.startsWith('INTERRUPT Error')) {
    return new DbtError('interrupted', message, {
      cause: error,
      hint: 'The run was cancelled while this statement ran.',
    });
  }
  if (isLockError(error))
    return lockError(error, /Could not set lock on file "([^"]+)"/.exec(message)?.[1] ?? 'the file');
  const extension = missingExtension(message);
  if (extension) {
    return new DbtError('extension-missing', message, {
      cause: error,
      hint: `tsdbt installs no extension by itself. Put '${extension}' under \`extensions\` in the profile, or install it once: duckdb -c "INSTALL ${extension}".`,
    });
  }
  const trouble = troubleOf(message);
  if (trouble) return new DbtError(trouble.code, message, { cause: error, hint: trouble.hint });
  const hint = candidates(message);
  return new DbtError('database-error', message, { cause: error, ...(hint ? { hint } : {}) });
}

/** DuckDB's own proposals for a misspelt name, as a hint. */
function candidates(message: string): string | undefined {
  const listed = /^Candidate bindings: (.+)$/m.exec(message)?.[1];
  const names = listed
    ? [...listed.matchAll(/"([^"]+)"/g)].map((m) => m[1])
    : [/^Did you mean "([^"]+)"\??$/m.exec(message)?.[1]].filter((n) => n !== undefined);
  return names.length > 0
    ? `Did you mean ${names
        .slice(0, 3)
        .map((n) => `'${n}'`)
        .join(' or ')}?`
    : undefined;
}

function lockError(error: unknown, path: string): DbtError {
  const message = messageOf(error);
  return new DbtError('database-locked', message, {
    cause: error,
    hint: `${holderOf(message)} has ${path} open: close it there (another run, a notebook, a SQL client) and try again, or wait for it with --lock-timeout SECONDS.`,
  });
}

/** What went wrong when the database file at `path` was opened. */
export function openError(error: unknown, path: string, cwd: string): DbtError {
  if (isDbtError(error)) return error;
  if (isLockError(error)) return lockError(error, path);
  const message = messageOf(error);
  const trouble = troubleOf(message);
  if (trouble) return new DbtError(trouble.code, message, { cause: error, hint: trouble.hint });
  const directory = dirname(resolve(cwd, path));
  const hint = existsSync(directory)
    ? `The file is ${resolve(cwd, path)}: 'path' of the profile, from the working directory.`
    : `The directory ${directory} does not exist: create it, or correct 'path' in the profile.`;
  return new DbtError('database-unreachable', message, { cause: error, hint });
}

/** The name of the extension that a message misses. */
function missingExtension(message: string): string | undefined {
  return (
    /automatically (?:install|load) the required extension '([\w-]+)'/.exec(message)?.[1] ??
    /Extension "[^"]*?([\w-]+)\.duckdb_extension" not found/.exec(message)?.[1] ??
    /Failed to download extension "([\w-]+)"/.exec(message)?.[1] ??
    /It exists in the "?([\w-]+)"? extension/.exec(message)?.[1] ??
    /it exists in the ([\w-]+) extension/.exec(message)?.[1]
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
