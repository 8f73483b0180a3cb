import type { Emitted, Sink } from '../event.js';
import { PLAIN } from '../paint.js';
import type { TextOutput } from './console-sink.js';

/** Writes annotations for GitHub, each a line of its own, and nothing else. */
export function annotationSink(output: TextOutput): Sink {
  return {
    write(emitted: Emitted): void {
      if (emitted.event.info.name === 'CiAnnotation') output.write(`${emitted.render(PLAIN)}\n`);
    },
    close(): void {},
  };
}
