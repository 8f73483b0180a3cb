import { isAbsolute, resolve } from 'node:path';
import type { Flags } from '../contracts/flags.js';
import type { EventBus } from '../events/event-bus.js';
import type { EventLevel } from '../events/level.js';
import { COLORED, PLAIN, wantsColors } from '../events/paint.js';
import { consoleSink } from '../events/sinks/console-sink.js';
import { FileSink } from '../events/sinks/file-sink.js';
import { jsonSink } from '../events/sinks/json-sink.js';
import { LiveSink, type Terminal } from '../events/sinks/live-sink.js';
import type { ConsoleOutput } from './invoke-types.js';

export interface SinkSettings {
  readonly flags: Flags;
  readonly env: { readonly [name: string]: string | undefined };
  readonly logLevelFile: EventLevel | 'none';
  readonly maxBytes: number;
  /** No log file: the command writes nothing. */
  readonly withoutFile?: boolean;
  /** The directory that a relative `log_path` is relative to. */
  readonly root: string;
  readonly output: ConsoleOutput | null;
}

/** Whether a person watches: a terminal that can move its cursor, outside of CI, with the plain format asked for. */
export function isInteractive({ flags, env, output }: SinkSettings): boolean {
  return (
    output?.isTTY === true &&
    env['TERM'] !== 'dumb' &&
    !env['CI'] &&
    !flags.quiet &&
    !flags.debug &&
    (flags.log_format === 'default' || flags.log_format === 'text') &&
    (flags.log_level === 'info' || flags.log_level === 'warn')
  );
}

/** Adds the console and the log file to the bus, as the flags say. */
export function addSinks(bus: EventBus, settings: SinkSettings): void {
  const { flags, env, output } = settings;
  if (output && flags.log_level !== 'none') {
    const threshold = consoleThreshold(flags, flags.log_level);
    const paint = wantsColors(flags.use_colors, env, output.isTTY === true) ? COLORED : PLAIN;
    if (flags.log_format === 'json') bus.addSink(jsonSink(output, threshold, bus.scrub));
    else if (isInteractive(settings)) bus.addSink(new LiveSink({ terminal: output as Terminal, threshold, paint }));
    else {
      const format = flags.log_format === 'debug' ? 'debug' : 'text';
      bus.addSink(consoleSink({ output, threshold, format, paint }));
    }
  }
  if (settings.logLevelFile === 'none' || settings.withoutFile) return;
  const directory = flags.log_path ?? 'logs';
  bus.addSink(
    new FileSink({
      path: resolve(isAbsolute(directory) ? directory : resolve(settings.root, directory), 'dbt.log'),
      threshold: flags.debug ? 'debug' : settings.logLevelFile,
      format: flags.log_format_file === 'default' ? 'debug' : flags.log_format_file,
      maxBytes: settings.maxBytes,
      scrub: bus.scrub,
    }),
  );
}

/** `docs lineage` prints a document: nothing but errors goes with it. */
function consoleThreshold(flags: Flags, level: EventLevel): EventLevel {
  if (flags.quiet || (flags.which === 'lineage' && !flags.debug)) return 'error';
  return flags.debug ? 'debug' : level;
}
