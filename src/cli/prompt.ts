import { createInterface } from 'node:readline';
import { DbtError } from '../diagnostics/errors.js';
import type { Ask } from '../tasks/task.js';
import type { ConsoleOutput, Input } from './invoke-types.js';

export interface Prompter {
  readonly ask: Ask;
  /** Lets go of the input. */
  close(): void;
}

/**
 * Asks on the console and reads answers line by line. Nothing is read before something is asked. At the end of the input,
 * or without one, the answer is null. Throws `interrupted` when the signal comes first.
 */
export function prompter(input: Input | undefined, output: ConsoleOutput | undefined, signal: AbortSignal): Prompter {
  let lines: AsyncIterator<string> | undefined;
  let close = (): void => {};
  const read = async (): Promise<string | null> => {
    if (!input) return null;
    if (!lines) {
      // A terminal edits its line by itself, and sends Ctrl-C as a signal.
      const reader = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
      lines = reader[Symbol.asyncIterator]();
      close = () => reader.close();
    }
    const next = await lines.next();
    return next.done ? null : next.value;
  };
  const ask: Ask = async (question, { hidden = false } = {}) => {
    output?.write(question);
    const answer = hidden && input?.isTTY && input.setRawMode ? readHidden(input) : read();
    const given = await orAborted(answer, signal);
    // What is not echoed has no line end either.
    if (hidden && input?.isTTY) output?.write('\n');
    return given;
  };
  return { ask, close: () => close() };
}

function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(interrupted());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const interrupted = (): DbtError => new DbtError('interrupted', 'The command was interrupted.');

const ENTER = /[\r\n]/;
const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\u0008', '\u007f'];

/** A line that the terminal does not show. */
function readHidden(input: Input): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = (end: () => void): void => {
      input.off('data', onData);
      input.setRawMode?.(false);
      input.pause();
      end();
    };
    const onData = (data: Buffer | string): void => {
      for (const char of String(data)) {
        if (ENTER.test(char)) done(() => resolve(text));
        else if (char === CTRL_D) done(() => resolve(text === '' ? null : text));
        else if (char === CTRL_C) done(() => reject(interrupted()));
        else {
          text = char === BACKSPACE || char === DELETE ? text.slice(0, -1) : text + char;
          continue;
        }
        return;
      }
    };
    input.setRawMode?.(true);
    input.on('data', onData);
    input.resume();
  });
}
