#!/usr/bin/env node

const INTERRUPTED = 130;

/** The command line: arguments in, exit status out. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && ['--version', '-v', '-V'].includes(args[0] ?? '')) {
    const { versionText } = await import('./version.js');
    process.stdout.write(versionText());
    return 0;
  }
  const { invoke } = await import('./invoke.js');
  const controller = new AbortController();
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    // The first asks the run to end and to say what it did not do, the second ends it.
    if (signals > 1) {
      if (process.stdout.isTTY) process.stdout.write('\u001b[?25h');
      process.exit(INTERRUPTED);
    }
    controller.abort(signal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const result = await invoke(args, {
    signal: controller.signal,
    stdout: process.stdout,
    stderr: process.stderr,
    command: ['tsdbt', ...args].join(' '),
  });
  return result.exitCode;
}

/** Ends once everything is written: a pipe takes its time. */
function end(status: number): void {
  process.exitCode = status;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
}

// A reader that went away (`tsdbt ls | head -1`) is no reason to stop or to complain.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function onBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\nThis is a bug of tsdbt. Please report it with the text below and logs/dbt.log.\n${text}\n`);
  end(2);
}

process.on('uncaughtException', onBug);
process.on('unhandledRejection', onBug);
main(process.argv.slice(2)).then(end, onBug);
