#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { type StandardOutput, standardOutput } from './standard-output.js';

// A pattern of a template that would go back and forth without end, such as `(a+)+$`, is matched by V8's other engine then,
// which does not. Ctrl-C could not end it.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/** What a shell says of a process that a signal ended. */
const BY_SIGNAL: { readonly [signal: string]: number } = { SIGINT: 130, SIGTERM: 143 };

const stdout = standardOutput(process.stdout);
const stderr = standardOutput(process.stderr);
let bugs = 0;

/** The command line: arguments in, exit status out. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && ['--version', '-v', '-V'].includes(args[0] ?? '')) {
    const { versionText } = await import('./version.js');
    stdout.output.write(versionText());
    return 0;
  }
  const { invoke } = await import('./invoke.js');
  const controller = new AbortController();
  let first: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    // The first asks the run to end and to say what it did not do, the second ends it.
    if (first !== undefined) {
      if (process.stdout.isTTY) stdout.output.write('\u001b[?25h');
      process.exit(BY_SIGNAL[signal]);
    }
    first = signal;
    controller.abort(signal);
  };
  const result = await invoke(args, {
    signal: controller.signal,
    // Before that, the signals do what they do to any process.
    onCancellable: () => {
      if (process.listenerCount('SIGINT') > 0) return;
      process.on('SIGINT', onSignal);
      process.on('SIGTERM', onSignal);
    },
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: process.stdin,
    command: ['tsdbt', ...args].join(' '),
  });
  // dbt ends with 2 on Ctrl-C, and SIGTERM ends it by the signal.
  return first === 'SIGTERM' && result.exitCode !== 0 ? (BY_SIGNAL[first] ?? 1) : result.exitCode;
}

/** Ends once everything is written: a pipe takes its time. */
function end(status: number): void {
  const unwritten = failureOf(stdout);
  if (unwritten) stderr.output.write(`error: can't write to standard output: ${unwritten}\n`);
  const exit = (): never => process.exit(status === 0 && (bugs > 0 || failureOf(stdout)) ? 2 : status);
  // Node tells of rejections that nobody handled before the next turn.
  setImmediate(() => whenWritten(process.stdout, () => whenWritten(process.stderr, exit)));
}

function failureOf({ failure }: StandardOutput): string | undefined {
  return failure?.message;
}

function whenWritten(stream: NodeJS.WriteStream, done: () => void): void {
  try {
    stream.write('', done);
  } catch {
    done();
  }
}

function onBug(error: unknown): void {
  bugs += 1;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.output.write(`\nThis is a bug of tsdbt. Please report it with the text below and logs/dbt.log.\n${text}\n`);
  end(2);
}

process.on('uncaughtException', onBug);
process.on('unhandledRejection', onBug);
main(process.argv.slice(2)).then(end, onBug);
