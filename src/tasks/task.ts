import type { UniqueId } from '../contracts/common.js';
import type { Flags } from '../contracts/flags.js';
import type { Manifest } from '../contracts/manifest.js';
import type { RunResult } from '../contracts/results.js';
import type { EventBus } from '../events/event-bus.js';
import type { PreviousBatches } from '../runner/microbatch/run-microbatch.js';
import type { KeptParses } from './kept-parses.js';

/**
 * Asks a person, or whatever stands for one, and waits for a line: null at the end of the input. A hidden answer is not
 * echoed by a terminal. Throws `interrupted`.
 */
export type Ask = (question: string, options?: { readonly hidden?: boolean }) => Promise<string | null>;

/** What every command gets: what was asked for, and where to tell what happens. */
export interface TaskContext {
  readonly flags: Flags;
  /** Absolute; relative directories of the flags are relative to it. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly bus: EventBus;
  readonly signal: AbortSignal;
  /**
   * To be called once there is something that would have to be ended in order. Until then, above all while templates are
   * rendered and nothing else can be heard, Ctrl-C simply ends the process: nothing is begun.
   */
  readonly cancellable: () => void;
  readonly invocationId: string;
  readonly startedAt: Date;
  /** A person watches at a terminal. */
  readonly interactive: boolean;
  readonly ask: Ask;
  /** Writes to where questions are asked, whatever the log level. */
  readonly say: (text: string) => void;
  /** Options of one command only, which are no flags of dbt, e.g. `clean_project_files_only`. */
  readonly options: { readonly [name: string]: unknown };
  /** Parses of earlier invocations, of a program that has opened the project. */
  readonly parses?: KeptParses;
  /** `retry`: these nodes in place of what the flags select. */
  readonly only?: ReadonlySet<UniqueId>;
  /** `retry`: what became of the batches of microbatch models. */
  readonly previousBatches?: ReadonlyMap<UniqueId, PreviousBatches>;
}

/** How a command ended. It throws for what dbt ends with status 2. */
export interface TaskResult {
  /** Exit status 0 or 1. */
  readonly success: boolean;
  readonly results?: readonly RunResult[];
  readonly manifest?: Manifest;
  /** What ended the command although there are results: exit status 2. It has been told. */
  readonly error?: Error;
}

/** A command. */
export type Task = (context: TaskContext) => Promise<TaskResult>;
