import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { PROJECT_FILE } from '../config/project-file.js';
import { DbtError } from '../diagnostics/errors.js';
import { makeDirectory } from '../util/make-directory.js';

/**
 * A directory beside the packages-install-path in which everything is fetched and put together; at the end it takes the
 * place of what was installed. State: whether it has been made.
 */
export class WorkDirectory {
  #path: string | undefined;
  #count = 0;

  /** @param installPath The packages-install-path, absolute. */
  constructor(readonly installPath: string) {}

  /** A path below the work directory that is not taken. */
  next(prefix: string): string {
    this.#count += 1;
    return join(this.#directory(), `${prefix}-${this.#count}`);
  }

  /** The directory of the packages that will be installed. */
  get packages(): string {
    const path = join(this.#directory(), 'packages');
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Puts `packages` in the place of what is installed. If that fails, what was installed is there again. */
  publish(): void {
    const fresh = this.packages;
    const aside = join(this.#directory(), 'before');
    const had = lstatSync(this.installPath, { throwIfNoEntry: false }) !== undefined;
    try {
      if (had) renameSync(this.installPath, aside);
      renameSync(fresh, this.installPath);
    } catch (error) {
      if (had && existsSync(aside) && !existsSync(this.installPath)) renameSync(aside, this.installPath);
      throw unwritable(this.installPath, error);
    }
  }

  /** Removes it with all that is left in it. */
  remove(): void {
    if (this.#path !== undefined) removeTree(this.#path);
    this.#path = undefined;
  }

  #directory(): string {
    if (this.#path !== undefined) return this.#path;
    const parent = dirname(this.installPath);
    const prefix = `.${basename(this.installPath)}-deps-`;
    try {
      makeDirectory(parent);
      removeAbandoned(parent, prefix);
      this.#path = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
    } catch (error) {
      throw unwritable(parent, error);
    }
    return this.#path;
  }
}

/** What must not be replaced: a directory that holds the project. Throws `packages-install-path`. */
export function checkInstallPath(installPath: string, root: string): void {
  const inside = relative(installPath, root);
  if (inside !== '' && (inside === '..' || inside.startsWith(`..${sep}`))) return;
  throw new DbtError('packages-install-path', `The packages-install-path ${installPath} holds the project itself`, {
    span: { file: PROJECT_FILE, line: 1, column: 1 },
    hint: 'Its content is replaced by deps: give a directory of its own, e.g. dbt_packages.',
  });
}

const HOUR = 3_600_000;

/** What a killed run has left: its process is gone, and nothing was written there for an hour. */
function removeAbandoned(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    const path = join(parent, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > HOUR && !isRunning(pid)) removeTree(path);
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes a tree; of a link only the link. */
export function removeTree(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) unlinkSync(path);
  else rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

function unwritable(path: string, cause: unknown): DbtError {
  return new DbtError('packages-unwritable', `Can't write ${path}: ${(cause as Error).message}`, {
    hint: 'Check the permissions and the free space. What was installed before is still there.',
    cause,
  });
}
