import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';
import { makeDirectory } from '../util/make-directory.js';

/**
 * Writes a file so that a reader sees the old or the new content, never a part: written aside, then renamed. Makes the
 * directory. Throws a DbtError `artifact-unwritable`.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const directory = dirname(path);
  const aside = join(directory, `.${randomBytes(6).toString('hex')}.tmp`);
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
}
