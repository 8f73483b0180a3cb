import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { Undefined } from '../values/undefined.js';

/** The names that the host offers to a template. */
export interface JinjaContext {
  /** The value of a name; JavaScript's `undefined` when there is no such name. */
  get(name: string): unknown;
  /** The names there are, for "did you mean" hints. */
  names?(): Iterable<string>;
  /** Is told when a template uses chance: the filter `random`. */
  onChance?(): void;
  /** Is asked now and then by a loop that takes long; what it throws ends the render. */
  checkStopped?(): void;
}

/** How many macros are running within each other for one context. */
export interface Depth {
  count: number;
}

/**
 * Where a piece of output comes from: `end` is the length of the output with it, `sourceStart` and `sourceEnd` its
 * place in the template's text (with `\n` line ends), -1 when it has none; `verbatim` when it is that very text.
 */
export type Trace = (end: number, sourceStart: number, sourceEnd: number, verbatim: boolean) => void;

const noTrace: Trace = () => {};

const depths = new WeakMap<JinjaContext, Depth>();

function depthOf(context: JinjaContext): Depth {
  let depth = depths.get(context);
  if (!depth) {
    depth = { count: 0 };
    depths.set(context, depth);
  }
  return depth;
}

/** What running code needs to know of the render it belongs to. */
export class RenderState {
  readonly depth: Depth;

  constructor(
    readonly context: JinjaContext,
    /** Whether undefined values are dbt's lenient ones. */
    readonly lenient: boolean,
    readonly globals: ReadonlyMap<string, unknown>,
    /** Told after each piece of a traced root's output: the output's length so far, and the piece's origin. */
    readonly trace: Trace = noTrace,
  ) {
    this.depth = depthOf(context);
  }

  /** Looks a free name up; gives an Undefined when neither the host nor Jinja has it. */
  resolve(name: string): unknown {
    const value = this.context.get(name);
    if (value !== undefined) return value;
    return this.globals.get(name) ?? this.missing(name);
  }

  /** The undefined value of a name that is not there. */
  missing(name: string): Undefined {
    const names = this.context.names?.bind(this.context);
    return new Undefined(name, {
      lenient: this.lenient,
      ...(names ? { suggest: () => didYouMean(name, names()) } : {}),
    });
  }

  /** An undefined value with a message of its own. */
  undefinedWith(message: string, name?: unknown): Undefined {
    return new Undefined(name, { lenient: this.lenient, message });
  }
}

/** A state for access outside of a render, e.g. by `str.format`. */
export const DETACHED = new RenderState({ get: () => undefined }, false, new Map());
