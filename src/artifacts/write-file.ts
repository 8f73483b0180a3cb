import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';
import { makeDirectory } from '../util/make-directory.js';

/** Milliseconds after which a file that another machine was writing is taken for left behind. */
const FORGOTTEN = 60 * 60 * 1000;
const HOST = hostname().replaceAll(/[^\w-]/g, '-') || 'host';

/**
 * Writes a file so that a reader sees the old or the new content, never a part: written aside, then renamed. Makes the
 * directory, and removes what a killed process was writing of this file. Throws a DbtError `artifact-unwritable`.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const directory = dirname(path);
  const aside = join(directory, `${asidePrefix(path)}${HOST}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    makeDirectory(directory);
    await writeFile(aside, content);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw new DbtError('artifact-unwritable', `Can't write ${path}: ${(error as Error).message}`, {
      hint: 'Check the permissions and the free space of the target directory, or choose another with --target-path.',
      cause: error,
    });
  }
  removeLeftBehind(path);
}

const asidePrefix = (path: string): string => `.${basename(path)}.`;

/** Files of that name beside it whose writer is no more. That some can't be removed harms nobody. */
function removeLeftBehind(path: string): void {
  const directory = dirname(path);
  const prefix = asidePrefix(path);
  try {
    for (const name of readdirSync(directory)) {
      if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
      const [host, pid] = name.slice(prefix.length).split('.');
      const file = join(directory, name);
      const gone = host === HOST ? !isAlive(Number(pid)) : Date.now() - statSync(file).mtimeMs > FORGOTTEN;
      if (gone) rmSync(file, { force: true });
    }
  } catch {
    // Nor does a directory that can't be listed.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
