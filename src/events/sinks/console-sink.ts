import type { Emitted, Sink } from '../event.js';
import type { EventLevel, Paint } from '../level.js';
import { debugLine, infoLine, isPrint, passes } from './text-line.js';

/** What text is written to: a stream, or the caller of the API. */
export interface TextOutput {
  write(text: string): unknown;
}

export interface ConsoleSinkOptions {
  readonly output: TextOutput;
  readonly threshold: EventLevel;
  readonly format: 'text' | 'debug';
  readonly paint: Paint;
}

/** dbt's plain lines, one write an event, never a cursor code. */
export function consoleSink(options: ConsoleSinkOptions): Sink {
  const { output, threshold, format, paint } = options;
  return {
    write(emitted: Emitted): void {
      if (!passes(emitted, threshold) || (emitted.superseded && format === 'text')) return;
      const line = format === 'debug' && !isPrint(emitted) ? debugLine(emitted, paint) : infoLine(emitted, paint);
      output.write(`${line}\n`);
    },
    close(): void {},
  };
}
