import { PyError, typeError } from '../errors.js';
import { PyDict } from '../values/dict.js';
import { type CallArgs, type HostObject, JINJA } from '../values/protocol.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';

/** Bits of a macro's signature: it takes a caller, keyword arguments, further positional arguments. */
export const TAKES_CALLER = 1;
export const TAKES_KWARGS = 2;
export const TAKES_VARARGS = 4;

/** What a macro takes. */
export interface Signature {
  /** The name in messages. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly flags: number;
}

/**
 * Binds a call's arguments to a macro's parameters by Jinja's rules, which are laxer than Python's: what is missing is
 * undefined, not an error. The result has JavaScript's `undefined` where a default applies.
 */
export function bindMacroArguments(signature: Signature, args: CallArgs): unknown[] {
  const { parameters, flags, name } = signature;
  const { positional, keyword } = args;
  const count = parameters.length;
  if (keyword.size === 0 && flags === 0) {
    if (positional.length > count) throw tooMany(name, count);
    return positional as unknown[];
  }
  if (flags === 0 && positional.length <= count) {
    // The common call: each keyword names a parameter that no position filled.
    const values: unknown[] = positional.slice();
    let used = 0;
    for (let i = positional.length; i < count; i++) {
      const value = keyword.get(parameters[i] as string);
      if (value !== undefined) used += 1;
      values.push(value);
    }
    if (used === keyword.size) return values;
  }
  const values: unknown[] = positional.slice(0, count);
  const rest = new Map(keyword);
  let foundCaller = parameters.includes('caller');
  for (let i = values.length; i < count; i++) {
    const parameter = parameters[i] as string;
    values.push(rest.get(parameter));
    rest.delete(parameter);
    if (parameter === 'caller') foundCaller = true;
  }
  if (flags & TAKES_CALLER && !foundCaller) {
    values.push(rest.get('caller') ?? new Undefined('caller', { message: 'No caller defined' }));
    rest.delete('caller');
  }
  if (flags & TAKES_KWARGS) values.push(PyDict.from(rest));
  else if (rest.size > 0) throw unexpected(name, rest);
  if (flags & TAKES_VARARGS) values.push(new PyTuple(positional.slice(count)));
  else if (positional.length > count) throw tooMany(name, count);
  return values;
}

function tooMany(name: string, count: number): PyError {
  return typeError(`macro '${name}' takes not more than ${count} argument(s)`);
}

function unexpected(name: string, rest: ReadonlyMap<string, unknown>): PyError {
  if (rest.has('caller')) {
    return typeError(
      `macro '${name}' was invoked with two values for the special caller argument. This is most likely a bug.`,
    );
  }
  const [first = ''] = rest.keys();
  return typeError(`macro '${name}' takes no keyword argument '${first}'`);
}

/** A macro written inside of a template, or the body of a `call` block: a closure of its template's code. */
export class TemplateMacro implements HostObject {
  readonly [JINJA.type] = 'Macro';
  readonly #signature: Signature;
  readonly #run: (values: unknown[]) => unknown;
  #depth = 0;

  constructor(name: string, parameters: readonly string[], flags: number, run: (values: unknown[]) => unknown) {
    this.#signature = { name, parameters, flags };
    this.#run = run;
  }

  [JINJA.call](args: CallArgs): unknown {
    if (this.#depth >= MAX_DEPTH) throw tooDeep();
    this.#depth += 1;
    let result: unknown;
    try {
      result = this.#run(bindMacroArguments(this.#signature, args));
    } catch (error) {
      this.#depth -= 1;
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.#depth -= 1;
      return result;
    }
    return result.finally(() => {
      this.#depth -= 1;
    });
  }

  [JINJA.attr](name: string): unknown {
    const { parameters, flags } = this.#signature;
    if (name === 'name') return this.#signature.name;
    if (name === 'arguments') return new PyTuple(parameters);
    if (name === 'catch_kwargs') return (flags & TAKES_KWARGS) !== 0;
    if (name === 'catch_varargs') return (flags & TAKES_VARARGS) !== 0;
    if (name === 'caller') return (flags & TAKES_CALLER) !== 0;
    return undefined;
  }

  [JINJA.str](): string {
    return `<Macro '${this.#signature.name}'>`;
  }
}

/** Macros called within macros deeper than this are an endless recursion; Python's own limit is near it. */
export const MAX_DEPTH = 400;

/** The error of an endless recursion of macros. */
export function tooDeep(): PyError {
  return new PyError('RecursionError', 'maximum recursion depth exceeded');
}
