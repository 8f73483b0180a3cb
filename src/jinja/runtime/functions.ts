import { bindArguments, type Parameter } from '../values/bind.js';
import type { RenderState } from './state.js';

/** A filter: `value | name(positional, keyword)`. The place is only for generated code. */
export type FilterFunction = (
  value: unknown,
  positional: readonly unknown[],
  keyword: ReadonlyMap<string, unknown>,
  state: RenderState,
  place?: number,
) => unknown;

/** A test: `value is name(positional, keyword)`. */
export type TestFunction = (
  value: unknown,
  positional: readonly unknown[],
  keyword: ReadonlyMap<string, unknown>,
  state: RenderState,
  place?: number,
) => boolean;

/** A filter with declared parameters: `fn(value, state, ...arguments)`. */
export function filterWith(
  name: string,
  parameters: readonly Parameter[],
  fn: (value: unknown, args: readonly unknown[], state: RenderState) => unknown,
): FilterFunction {
  return (value, positional, keyword, state) =>
    fn(value, bindArguments(name, { positional, keyword }, parameters), state);
}

/** Which filters and tests a template has. */
export interface Registry {
  readonly filters: ReadonlyMap<string, FilterFunction>;
  readonly tests: ReadonlyMap<string, TestFunction>;
}
