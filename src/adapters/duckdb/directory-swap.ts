import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { engineError } from './engine-error.js';

/** What becomes of the files that are in a directory when others are written into it. */
export type Filling = 'replace' | 'add';

/** The directory beside `directory` in which its files are written; empty. */
export function asideOf(directory: string): string {
  return join(dirname(directory), `.${basename(directory)}.tsdbt_tmp`);
}

/**
 * Puts what was written aside in the place of a directory, or its files one by one into it: a reader finds whole files only.
 *
 * @throws DbtError `disk-full`, `file-access` or `database-error` with the system's words.
 */
export function fillDirectory(directory: string, filling: Filling): void {
  const aside = asideOf(directory);
  // DuckDB makes no directory for no rows.
  if (!existsSync(aside)) return;
  try {
    if (filling === 'replace') replace(directory, aside);
    else moveInto(directory, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    throw engineError(error);
  }
}

function replace(directory: string, aside: string): void {
  const before = `${aside}_before`;
  rmSync(before, { recursive: true, force: true });
  if (existsSync(directory)) renameSync(directory, before);
  renameSync(aside, directory);
  rmSync(before, { recursive: true, force: true });
}

function moveInto(directory: string, aside: string): void {
  mkdirSync(directory, { recursive: true });
  for (const entry of readdirSync(aside, { withFileTypes: true })) {
    const [from, to] = [join(aside, entry.name), join(directory, entry.name)];
    if (entry.isDirectory()) moveInto(to, from);
    else renameSync(from, to);
  }
}
