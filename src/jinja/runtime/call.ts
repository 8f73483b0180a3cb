import { InternalError } from '../../diagnostics/errors.js';
import { typeError } from '../errors.js';
import { dictEntries, isDict } from '../values/dict.js';
import { asHost, type CallArgs, JINJA } from '../values/protocol.js';
import { typeName } from '../values/type-name.js';
import { isUndefined, Undefined } from '../values/undefined.js';
import { getAttr, methodsOf } from './access.js';
import { MODE } from './mode.js';
import type { RenderState } from './state.js';

/** An object that is called differently by synchronous and asynchronous code: a macro bound to a context. */
export interface DualCallable {
  [MODE.sync](args: CallArgs): unknown;
  [MODE.async](args: CallArgs): unknown;
}

function isDual(value: unknown): value is DualCallable {
  return typeof value === 'object' && value !== null && MODE.sync in value;
}

function invoke(fn: unknown, args: CallArgs, isAsync: boolean): unknown {
  if (isDual(fn)) return isAsync ? fn[MODE.async](args) : fn[MODE.sync](args);
  const host = asHost(fn);
  const own = host?.[JINJA.call];
  if (!host || typeof own !== 'function') return notCallable(fn);
  return own.call(host, args);
}

function notCallable(fn: unknown): unknown {
  if (fn instanceof Undefined) {
    if (fn.lenient) return fn;
    throw fn.error();
  }
  throw typeError(`'${typeName(fn)}' object is not callable`);
}

function settled(result: unknown): unknown {
  if (result instanceof Promise) {
    // Nobody will await it: its failure must not become an unhandled rejection on top.
    result.catch(() => undefined);
    throw new InternalError('a template rendered synchronously called a function that is asynchronous');
  }
  return result === undefined ? null : result;
}

/** A host's `undefined` result is Python's None, as of a function without a return. */
function settledAsync(result: unknown): unknown {
  if (result instanceof Promise) return result.then(noneForUndefined);
  return result === undefined ? null : result;
}

function noneForUndefined(result: unknown): unknown {
  return result === undefined ? null : result;
}

/** Calls any callable value of a template synchronously. */
export function callSync(fn: unknown, args: CallArgs): unknown {
  return settled(invoke(fn, args, false));
}

/** Calls any callable value of a template and waits for its result. */
export async function callAsync(fn: unknown, args: CallArgs): Promise<unknown> {
  const result = await invoke(fn, args, true);
  return result === undefined ? null : result;
}

type Keywords = ReadonlyMap<string, unknown>;
type CallOperation = (fn: unknown, positional: unknown[], keyword: Keywords, place?: number) => unknown;
type MethodOperation = (
  object: unknown,
  name: string,
  positional: unknown[],
  keyword: Keywords,
  state: RenderState,
  place?: number,
) => unknown;

/** The call operations of generated code, synchronous or asynchronous (then the result may be a promise). */
export function callOperations(isAsync: boolean): { call: CallOperation; method: MethodOperation } {
  const finish = isAsync ? settledAsync : settled;
  const call: CallOperation = (fn, positional, keyword) => finish(invoke(fn, { positional, keyword }, isAsync));
  const method: MethodOperation = (object, name, positional, keyword, state) => {
    const own = methodsOf(object)?.get(name);
    if (own !== undefined) return own(object as never, { positional, keyword });
    return finish(invoke(getAttr(object, name, state), { positional, keyword }, isAsync));
  };
  return { call, method };
}

/** Adds the items of `**value` to keyword arguments. */
export function mergeKeywords(target: Map<string, unknown>, value: unknown, _place?: number): Map<string, unknown> {
  if (isUndefined(value)) {
    if (value instanceof Undefined && !value.lenient) throw value.error();
    return target;
  }
  if (!isDict(value)) throw typeError(`argument after ** must be a mapping, not ${typeName(value)}`);
  for (const [key, item] of dictEntries(value)) {
    if (typeof key !== 'string') throw typeError('keywords must be strings');
    if (target.has(key)) throw typeError(`got multiple values for keyword argument '${key}'`);
    target.set(key, item);
  }
  return target;
}
