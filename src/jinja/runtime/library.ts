import { DbtError } from '../../diagnostics/errors.js';
import { typeError } from '../errors.js';
import { type OrderOperator, pyEquals, pyOrder } from '../values/compare.js';
import { PyDict } from '../values/dict.js';
import { contains, iterate, truthy, tryIterate } from '../values/iterate.js';
import { NO_KEYWORDS } from '../values/protocol.js';
import { pyStr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { isUndefined, Undefined } from '../values/undefined.js';
import { getAttr, getItem, getSlice, PySlice, setAttr } from './access.js';
import { add, div, floordiv, mod, mul, neg, pos, pow, sub } from './arithmetic.js';
import { callOperations, mergeKeywords } from './call.js';
import { LoopContext, unpack } from './loop.js';
import { MAX_DEPTH, TemplateMacro, tooDeep } from './macro-call.js';
import { PACE } from './pace.js';
import { ReturnSignal, returnFunction } from './return-signal.js';

/** Iterates with the place noted. */
function iter(value: unknown, _place?: number): Iterable<unknown> {
  return iterate(value);
}

function within(needle: unknown, container: unknown, _place?: number): boolean {
  return contains(container, needle);
}

function order(operator: OrderOperator, a: unknown, b: unknown, _place?: number): boolean {
  return pyOrder(operator, a, b);
}

function dict(parts: readonly unknown[], _place?: number): PyDict {
  const out = new PyDict();
  for (let i = 0; i < parts.length; i += 2) out.set(parts[i], parts[i + 1]);
  return out;
}

function unknown(kind: string, name: string, _place?: number): never {
  throw new DbtError('jinja-filter-unknown', `No ${kind} named '${name}' found.`);
}

function star(value: unknown, _place?: number): Iterable<unknown> {
  if (value instanceof Undefined && !value.lenient) return [];
  const items = tryIterate(value);
  if (!items) throw typeError(`Value after * must be an iterable, not ${typeName(value)}`);
  return items;
}

const COMMON = {
  str: pyStr,
  truthy,
  undef: isUndefined,
  attr: getAttr,
  item: getItem,
  slice: getSlice,
  set: setAttr,
  add,
  sub,
  mul,
  div,
  floordiv,
  mod,
  pow,
  neg,
  pos,
  eq: pyEquals,
  order,
  within,
  iter,
  star,
  dict,
  unpack,
  unknown,
  merge: mergeKeywords,
  macro: (name: string, parameters: string[], flags: number, run: (values: unknown[]) => unknown) =>
    new TemplateMacro(name, parameters, flags, run),
  Tuple: PyTuple,
  Dict: PyDict,
  Slice: PySlice,
  Loop: LoopContext,
  NK: NO_KEYWORDS,
  PACE,
  RETURN: returnFunction,
  Signal: ReturnSignal,
  MAX_DEPTH,
  tooDeep,
  NO_ELSE: 'the inline if-expression evaluated to false and no else section was defined.',
};

/** Everything that generated code can reach: these names and nothing else. */
export const SYNC_LIBRARY = { ...COMMON, ...callOperations(false) };
/** The same for asynchronous code. */
export const ASYNC_LIBRARY = { ...COMMON, ...callOperations(true) };

/** The names of the library, to be taken apart at the head of generated code. */
export const LIBRARY_NAMES: readonly string[] = Object.keys(SYNC_LIBRARY);
