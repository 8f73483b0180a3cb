import type { RunEvent, Sink } from '../event.js';
import { UNSCRUBBED } from '../secrets.js';

/**
 * Gives every event, whatever its level, to a listener of the API. Data that hold a secret are given as a copy without
 * it, as the logs have them.
 */
export function callbackSink(listener: (event: RunEvent) => void, scrub: (text: string) => string): Sink {
  const clean = ({ data, info }: RunEvent): RunEvent => {
    const text = JSON.stringify(data);
    const scrubbed = scrub(text);
    return scrubbed === text ? ({ data, info } as RunEvent) : ({ data: JSON.parse(scrubbed), info } as RunEvent);
  };
  return {
    write: (emitted) => listener(scrub === UNSCRUBBED ? emitted.event : clean(emitted.event)),
    close: () => {},
  };
}
