import type { ConsoleOutput } from './invoke-types.js';

/** A standard stream that never throws, whatever becomes of its other end. */
export interface StandardOutput {
  readonly output: ConsoleOutput;
  /** What kept the output from being written, a reader that went away (`tsdbt ls | head -1`) left out. */
  readonly failure: Error | null;
}

/** Wraps stdout or stderr: a disk that is full or a pipe without a reader must not end a run in the middle. */
export function standardOutput(stream: NodeJS.WriteStream): StandardOutput {
  let failure: Error | null = null;
  const note = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') failure ??= error;
  };
  stream.on('error', note);
  const output: ConsoleOutput = {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
    write(text: string): void {
      try {
        stream.write(text);
      } catch (error) {
        // A file is written synchronously, and throws.
        note(error as NodeJS.ErrnoException);
      }
    },
    on: (event, listener) => stream.on(event, listener),
    off: (event, listener) => stream.off(event, listener),
  };
  return {
    output,
    get failure() {
      return failure;
    },
  };
}
