import {
  asHost,
  bindArguments,
  type CallArgs,
  dictGet,
  isDict,
  isUndefined,
  JINJA,
  type Parameter,
  pyStr,
} from '../../../jinja/values.js';
import type { AdapterCall, AdapterMethod } from '../adapter.js';

/** Jinja's `adapter.<name>` by name. */
export interface Methods {
  readonly [name: string]: AdapterMethod;
}

/** A parameter that may be left out; then it is None unless told otherwise. */
export function optional(name: string, fallback: unknown = null): Parameter {
  return { name, default: fallback };
}

/** A method that needs no database: the same while parsing and running. */
export function pure(
  name: string,
  parameters: readonly Parameter[],
  fn: (...values: readonly unknown[]) => unknown,
): AdapterMethod {
  const call = (args: CallArgs): unknown => fn(...bindArguments(name, args, parameters));
  return { parse: call, run: (_call, args) => call(args) };
}

/** A method that needs the database. While parsing it gives `stub`, whatever the arguments, as in dbt. */
export function live(
  name: string,
  parameters: readonly Parameter[],
  stub: () => unknown,
  fn: (call: AdapterCall, ...values: readonly unknown[]) => unknown,
): AdapterMethod {
  return { parse: stub, run: (call, args) => fn(call, ...bindArguments(name, args, parameters)) };
}

/** {@link live} for a method that dbt does not stub: its arguments are checked while parsing too. */
export function checked(
  name: string,
  parameters: readonly Parameter[],
  stub: () => unknown,
  fn: (call: AdapterCall, ...values: readonly unknown[]) => unknown,
): AdapterMethod {
  const parse = (args: CallArgs): unknown => {
    bindArguments(name, args, parameters);
    return stub();
  };
  return { ...live(name, parameters, stub, fn), parse };
}

export const none = (): null => null;

/** A name as templates give it: text or None. */
export function nameOf(value: unknown): string | null {
  return value === null || isUndefined(value) ? null : pyStr(value);
}

/** A member of a dict or of an object that templates see, or null where there is none. */
export function member(value: unknown, key: string): unknown {
  const host = asHost(value);
  const found = isDict(value) ? dictGet(value, key) : (host?.[JINJA.item]?.(key) ?? host?.[JINJA.attr]?.(key));
  return isUndefined(found) ? null : found;
}
