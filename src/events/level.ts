/** How grave an event is; `test` of dbt does not occur. */
export type EventLevel = 'debug' | 'info' | 'warn' | 'error';

/** The order of the levels, for thresholds. */
export const LEVEL_ORDER: { readonly [level in EventLevel]: number } = { debug: 0, info: 1, warn: 2, error: 3 };

/** Colours of a message; the identity where there are none. */
export interface Paint {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}
