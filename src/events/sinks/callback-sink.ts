import type { RunEvent, Sink } from '../event.js';

/** Gives every event, whatever its level, to a listener of the API. */
export function callbackSink(listener: (event: RunEvent) => void): Sink {
  return {
    write: (emitted) => listener(emitted.event),
    close: () => {},
  };
}
