import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import type { RunEvent } from '../events/event.js';
import type { TextOutput } from '../events/sinks/console-sink.js';
import type { Terminal } from '../events/sinks/live-sink.js';

/** What answers are read from: a terminal, a file, a pipe. */
export type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
};

/** Where the console's lines go: a stream that may be a terminal, or anything with `write`. */
export type ConsoleOutput = TextOutput & Partial<Terminal> & { readonly isTTY?: boolean };

/** Options of {@link invoke}; nothing of the process is used but what is given here. */
export interface InvokeOptions {
  /** The working directory; the process's own without it. It is not changed. */
  readonly cwd?: string;
  /** Environment variables; the process's own without it. They are read once and not changed. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Gets every event, whatever the log level. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Cancels: running queries are interrupted, the rest is skipped. */
  readonly signal?: AbortSignal;
  /** Called when the command begins what `signal` would have to end in order; it comes after the project is read. */
  readonly onCancellable?: () => void;
  /** Where the console's lines go; nowhere without it. */
  readonly stdout?: ConsoleOutput | ((text: string) => void);
  /** What answers to questions (`init`) are read from; without it there are none. */
  readonly stdin?: Input;
  /** Where errors of the command line go; to `stdout` without it. */
  readonly stderr?: TextOutput & { readonly isTTY?: boolean };
  /** What the artifacts name as the command. */
  readonly command?: string;
}

/** How a command ended. */
export interface InvokeResult {
  readonly success: boolean;
  /** dbt's: 0 is success, 1 is a failure with results, 2 is an error without. */
  readonly exitCode: 0 | 1 | 2;
  readonly results: readonly RunResult[];
  readonly manifest?: Manifest;
  /** A `DbtError` for what the user can do something about, anything else is a bug of tsdbt. */
  readonly error?: Error;
}

/** A function is an output too. */
export function outputOf(stdout: InvokeOptions['stdout']): ConsoleOutput | undefined {
  return typeof stdout === 'function' ? { write: stdout } : stdout;
}
