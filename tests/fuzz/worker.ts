import { parentPort, workerData } from 'node:worker_threads';
import { doRound, inputOf, tryInput } from './rounds.js';
import { shrink } from './shrink.js';
import type { Corpus } from './target.js';
import { targetNamed } from './targets.js';

/** What run.mjs asks for. */
interface Job {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly rounds: number;
  /** When to stop, in milliseconds since 1970; 0 for never. */
  readonly until: number;
  readonly corpus: Corpus;
  /** Where the number of the current round and the time of its start are told. */
  readonly progress: Float64Array;
  readonly replay: boolean;
  readonly shrinks: boolean;
}

const job = workerData as Job;
const target = targetNamed(job.target);
target.prepare?.(job.corpus);

const known = new Set<string>();
let round = job.from;
if (job.replay) parentPort?.postMessage({ input: inputOf(target, job.seed, round) });
for (; round < job.from + job.rounds && (job.until === 0 || Date.now() < job.until); round++) {
  job.progress[0] = round;
  job.progress[1] = Date.now();
  const failure = await doRound(target, job.seed, round);
  if (!failure || known.has(failure.kind)) continue;
  known.add(failure.kind);
  // Said before it is made smaller: that may take long.
  parentPort?.postMessage({ failure });
  if (!job.shrinks || failure.kind === 'slow') continue;
  const same = async (input: unknown): Promise<boolean> => {
    job.progress[1] = Date.now();
    return (await tryInput(target, input))?.kind === failure.kind;
  };
  parentPort?.postMessage({ smaller: await shrink(failure.input, same), of: failure });
}
parentPort?.postMessage({ done: round - job.from });
