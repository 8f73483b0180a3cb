import type { Emitted, Sink } from '../event.js';
import type { EventLevel } from '../level.js';
import type { TextOutput } from './console-sink.js';
import { passes } from './text-line.js';

/** One event as dbt's JSON line `{"data": …, "info": …}`. */
export function jsonLine(emitted: Emitted, scrub: (text: string) => string): string {
  return scrub(JSON.stringify(emitted.event));
}

/** JSON lines, for machines: no colours, secrets scrubbed. */
export function jsonSink(output: TextOutput, threshold: EventLevel, scrub: (text: string) => string): Sink {
  return {
    write(emitted: Emitted): void {
      if (passes(emitted, threshold)) output.write(`${jsonLine(emitted, scrub)}\n`);
    },
    close(): void {},
  };
}
