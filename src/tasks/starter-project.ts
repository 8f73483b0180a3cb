import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { STARTER } from '../builtin/index.js';
import { DbtError } from '../diagnostics/errors.js';

/** Directories that a project has besides, and that are empty at first. */
const EMPTY = ['analyses', 'snapshots'];

/**
 * Makes a directory with the starter project, all of it or nothing. Returns where the starter is.
 *
 * @throws DbtError `init-refused` when the directory can't be made.
 */
export function writeStarter(directory: string, names: { readonly name: string; readonly profile: string }): string {
  const aside = join(dirname(directory), `.${basename(directory)}.${process.pid}.tmp`);
  try {
    mkdirSync(aside);
    for (const entry of readdirSync(STARTER, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const from = join(entry.parentPath, entry.name);
      const to = join(aside, relative(STARTER, from).replace(/gitignore$/, '.gitignore'));
      mkdirSync(dirname(to), { recursive: true });
      const text = readFileSync(from, 'utf8').replaceAll('__name__', names.name);
      writeFileSync(to, text.replaceAll('__profile__', names.profile));
    }
    for (const name of EMPTY) {
      mkdirSync(join(aside, name));
      writeFileSync(join(aside, name, '.gitkeep'), '');
    }
    renameSync(aside, directory);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw new DbtError('init-refused', `Can't make the project in ${directory}: ${(error as Error).message}`, {
      hint: 'Is the directory writable, and is the disk full?',
      cause: error,
    });
  }
  return STARTER;
}
