import type { Trace } from './runtime/state.js';

/** Where a template's text comes from. */
export interface TemplateOptions {
  /** The path for diagnostics, relative to the project. */
  readonly file: string;
  /** The line of the file on which the text begins, 1 unless given. */
  readonly firstLine?: number;
  /** The column in which the text's first line begins, 1 unless given. */
  readonly firstColumn?: number;
}

/** How a template is rendered. */
export interface RenderOptions {
  /**
   * `strict` (the default, dbt when it runs a node): using an undefined value is an error. `lenient` (dbt when it
   * parses one): undefined values can be called and have any attribute. Macros that are called are strict in both.
   */
  readonly undefined?: 'strict' | 'lenient';
  /** Told where each piece of the output comes from, in order; only `render` does it. */
  readonly trace?: Trace;
}
