import type { RenderState } from './state.js';

/** Rounds of loops between two looks at the clock. */
const ROUNDS = 4096;
/** Milliseconds for which templates may keep the process from everything else. */
const PATIENCE = 50;

/**
 * Lets a loop of an asynchronous template that takes long stand back now and then: an `await` of what is there already
 * goes on at once, and a signal or the result of a query would wait until the loop's end.
 */
export const PACE = {
  /** Counted down by each round of each loop. */
  left: ROUNDS,
  last: 0,
  async breathe({ context }: RenderState): Promise<void> {
    PACE.left = ROUNDS;
    if (performance.now() - PACE.last < PATIENCE) return;
    await new Promise((done) => setImmediate(done));
    PACE.last = performance.now();
    context.checkStopped?.();
  },
};
