import type { EventName } from '../events/catalogue.js';
import type { RunEvent } from '../events/event.js';
import { invoke } from './invoke.js';
import type { InvokeOptions, InvokeResult } from './invoke-types.js';

/** The events of one invocation, as they come. */
export interface EventStream extends AsyncIterable<RunEvent> {
  /** How the command ended. It does not reject. */
  readonly result: Promise<InvokeResult>;
}

/**
 * Runs a command as {@link invoke} does and gives its events one by one. The command begins at once and does not wait for who
 * reads; what was told before is read first. Leaving the loop early cancels nothing: that is what `signal` is for.
 *
 * @param args The command line without `tsdbt`.
 */
export function streamEvents(args: readonly string[], options: InvokeOptions = {}): EventStream {
  const told: RunEvent[] = [];
  let done = false;
  let wake = (): void => {};
  const result = invoke(args, {
    ...options,
    onEvent: (event) => {
      options.onEvent?.(event);
      told.push(event);
      wake();
    },
  }).finally(() => {
    done = true;
    wake();
  });
  async function* events(): AsyncGenerator<RunEvent, void, undefined> {
    for (let at = 0; ; at++) {
      while (at >= told.length) {
        if (done) return;
        await new Promise<void>((resolve) => {
          const before = wake;
          wake = () => {
            before();
            resolve();
          };
        });
        wake = () => {};
      }
      yield told[at] as RunEvent;
    }
  }
  return { result, [Symbol.asyncIterator]: events };
}

/** Narrows an event to the one of a name, with its data: `if (isEventOf(event, 'LogModelResult')) event.data.status`. */
export function isEventOf<N extends EventName>(
  event: RunEvent,
  name: N,
): event is Extract<RunEvent, { readonly info: { readonly name: N } }> {
  return event.info.name === name;
}
