import { DbtError, DbtErrors } from '../../src/diagnostics/errors.js';
import type { Random } from '../helpers/random.js';

/** What is fuzzed: how an input is made, and what must hold for it. */
export interface Target<Input = unknown> {
  readonly name: string;
  /** What it feeds to what, for the list of targets. */
  readonly what: string;
  /** How many rounds the suite's short run does. */
  readonly short: number;
  /** The share of the time of a run of all targets. */
  readonly share: number;
  /** Texts of other people's files beside the repository's own, by extension; empty unless asked for. */
  prepare?(more: Corpus): void;
  /** A JSON-safe input; the same for the same state of `random` and the same round. */
  generate(random: Random, round: number): Input;
  /** Throws anything but a DbtError, or a Finding, when something is wrong. */
  attempt(input: Input): Promise<void> | void;
}

/** Texts to mutate. */
export interface Corpus {
  readonly sql: readonly string[];
  readonly yml: readonly string[];
}

/** Something that must not be, of a run that threw nothing. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** How an attempt ended. */
export interface Ended<T> {
  readonly value?: T;
  readonly error?: DbtError;
}

/** Runs something that may throw a DbtError, with a place when `placed`; lets everything else through. */
export async function ends<T>(run: () => T | Promise<T>, placed = true): Promise<Ended<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error: checkError(error, placed) };
  }
}

/** Lets through what is no DbtError, and complains of one that says nothing or has no place. */
export function checkError(error: unknown, placed = true): DbtError {
  if (!(error instanceof DbtError)) throw error;
  for (const one of error instanceof DbtErrors ? error.errors : [error]) {
    const { message, span } = one.diagnostic;
    if (/\[object |Cannot (?:read|set|convert|destructure)|is not a (?:function|constructor)/.test(message)) {
      throw new Finding(`a message in JavaScript's words: ${message}`, { cause: one });
    }
    if (placed && span === undefined) throw new Finding(`an error without a place: ${message}`, { cause: one });
    if (span && !(span.line >= 1 && span.column >= 1)) {
      throw new Finding(`a place that is none: ${JSON.stringify(span)} of ${message}`, { cause: one });
    }
  }
  return error;
}
