import type { DuckDBInstance } from '@duckdb/node-api';
import { DbtError } from '../../diagnostics/errors.js';
import { alreadyOpen, realPath } from './file-claims.js';

/** What an instance is opened by. */
export interface InstancePlace {
  /** The absolute path of the file; another path as it is written. */
  readonly file: string;
  readonly isFile: boolean;
  /** The profile's settings that it was opened with, and the directory that its relative paths are relative to. */
  readonly settings: string;
}

/** An instance that a program keeps open, whatever invocations come and go. */
export class HeldInstance {
  readonly instance: DuckDBInstance;
  readonly settings: string;
  readonly #file: string;
  readonly #end: () => void;
  #holders = 1;
  #borrowed = false;

  /** @param end Closes the instance; called when nobody has it any more. */
  constructor(instance: DuckDBInstance, { file, settings }: InstancePlace, end: () => void) {
    this.instance = instance;
    this.settings = settings;
    this.#file = file;
    this.#end = end;
  }

  /** One more holder; what comes back ends its hold. */
  hold(): () => void {
    this.#holders += 1;
    return this.release();
  }

  /** Ends the hold of the one that opened it. */
  release(): () => void {
    return once(() => {
      this.#holders -= 1;
      this.#endIfLeft();
    });
  }

  /**
   * For one invocation at a time, as without a holder: two could build the same model at once.
   *
   * @throws DbtError `database-locked` when another one has it.
   */
  borrow(): () => void {
    if (this.#borrowed) throw alreadyOpen(this.#file);
    this.#borrowed = true;
    return once(() => {
      this.#borrowed = false;
      this.#endIfLeft();
    });
  }

  #endIfLeft(): void {
    if (this.#holders === 0 && !this.#borrowed) this.#end();
  }
}

const HELD = new Map<string, HeldInstance>();

/** Lets invocations that need this file use an instance that is open. */
export function keepInstance(place: InstancePlace, instance: DuckDBInstance, close: () => void): HeldInstance {
  const name = nameOf(place);
  const held = new HeldInstance(instance, place, () => {
    HELD.delete(name);
    close();
  });
  HELD.set(name, held);
  return held;
}

/**
 * The instance that a program of this process holds, if it does.
 *
 * @throws DbtError `database-locked` when it was opened with other settings: DuckDB has one instance of a file, with one set of them.
 */
export function heldInstance(place: InstancePlace): HeldInstance | undefined {
  const held = HELD.get(nameOf(place));
  if (held === undefined || held.settings === place.settings) return held;
  throw new DbtError(
    'database-locked',
    `The database file ${place.file} is held open in this process with other settings`,
    {
      hint: 'Options, settings, extensions, secrets and attached databases of the profile, and the working directory, must be those with which openDatabase() was called.',
    },
  );
}

/** What is no file is not shared by its name alone. */
function nameOf({ file, isFile, settings }: InstancePlace): string {
  return isFile ? realPath(file) : `${file}\n${settings}`;
}

function once(step: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    step();
  };
}
