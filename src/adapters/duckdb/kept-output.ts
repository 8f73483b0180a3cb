import { constants, cpSync, existsSync, renameSync, rmSync } from 'node:fs';

/** What an external model is about to write over, until its transaction is committed. */
export interface KeptOutput {
  /** The build failed: the old files are put back; without any, the new ones go. */
  restore(): void;
  /** The build is committed: the old files are not needed any more. */
  forget(): void;
}

/**
 * Keeps a copy of a file or a directory beside it, as `<path>.tsdbt_kept`; a clone where the file system has such.
 * A copy that a killed process left is replaced.
 *
 * @param path Absolute.
 */
export function keepOutput(path: string): KeptOutput {
  const kept = `${path}.tsdbt_kept`;
  const remove = (what: string): void => rmSync(what, { recursive: true, force: true });
  remove(kept);
  const there = existsSync(path);
  if (there) cpSync(path, kept, { recursive: true, mode: constants.COPYFILE_FICLONE, preserveTimestamps: true });
  return {
    restore: () => {
      remove(path);
      if (there) renameSync(kept, path);
    },
    forget: () => remove(kept),
  };
}
