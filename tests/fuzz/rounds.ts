import { Random } from '../helpers/random.js';
import type { Target } from './target.js';

/** What went wrong in one round. */
export interface Failure {
  readonly target: string;
  readonly seed: number;
  readonly round: number;
  readonly input: unknown;
  /** What was thrown, with its stack and causes. */
  readonly problem: string;
  /** The same for failures that look alike. */
  readonly kind: string;
}

/** Far beyond what any of these small inputs needs: milliseconds of this process's processor time. */
export const LIMIT_MS = 4000;

/** The input of a round. */
export function inputOf(target: Target, seed: number, round: number): unknown {
  return target.generate(new Random(`${target.name}/${seed}/${round}`), round);
}

/** Tries an input: the failure, or null. `limit` is of processor time, in milliseconds. */
export async function tryInput(
  target: Target,
  input: unknown,
  limit = LIMIT_MS,
): Promise<Pick<Failure, 'problem' | 'kind'> | null> {
  const before = process.cpuUsage();
  try {
    await target.attempt(input);
  } catch (error) {
    return { problem: describe(error), kind: kindOf(error) };
  }
  const { user, system } = process.cpuUsage(before);
  const taken = (user + system) / 1000;
  if (taken <= limit) return null;
  return { problem: `took ${taken.toFixed(0)} ms of processor time`, kind: 'slow' };
}

/** Does one round. */
export async function doRound(target: Target, seed: number, round: number, limit?: number): Promise<Failure | null> {
  const input = inputOf(target, seed, round);
  const failure = await tryInput(target, input, limit);
  return failure && { target: target.name, seed, round, input, ...failure };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const origin = error.cause instanceof Error && error.name === 'InternalError' ? error.cause : error;
  const frame = /\n\s+at (?:async )?(\S+)/.exec(origin.stack ?? '')?.[1] ?? '';
  return `${origin.name}: ${origin.message.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\d+/g, '…').slice(0, 60)} ${frame}`;
}
