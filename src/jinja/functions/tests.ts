import { STR_METHODS } from '../methods/str.js';
import { mod } from '../runtime/arithmetic.js';
import type { TestFunction } from '../runtime/functions.js';
import { MODE } from '../runtime/mode.js';
import { pyEquals, pyOrder } from '../values/compare.js';
import { isDict } from '../values/dict.js';
import { contains, tryIterate, tryLength } from '../values/iterate.js';
import { isFloat, isInt, isNumeric } from '../values/numbers.js';
import { asHost, JINJA, NO_KEYWORDS } from '../values/protocol.js';
import { PyDictView, PyIterator } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { pyStr } from '../values/text.js';
import { isUndefined, Undefined } from '../values/undefined.js';

const eq: TestFunction = (value, [other]) => pyEquals(value, other);
const ne: TestFunction = (value, [other]) => !pyEquals(value, other);
const lt: TestFunction = (value, [other]) => pyOrder('<', value, other);
const le: TestFunction = (value, [other]) => pyOrder('<=', value, other);
const gt: TestFunction = (value, [other]) => pyOrder('>', value, other);
const ge: TestFunction = (value, [other]) => pyOrder('>=', value, other);

function sequence(value: unknown): boolean {
  if (isUndefined(value)) return true;
  if (value instanceof PySet || value instanceof PyDictView || value instanceof PyIterator) return false;
  if (tryLength(value) === undefined) return false;
  const host = asHost(value);
  const isOwn = Array.isArray(value) || typeof value === 'string' || isDict(value) || !host;
  return isOwn || typeof host[JINJA.item] === 'function' || typeof host[JINJA.len] !== 'function';
}

function callable(value: unknown): boolean {
  if (value instanceof Undefined) return true;
  const host = asHost(value);
  return host !== undefined && (typeof host[JINJA.call] === 'function' || MODE.sync in host);
}

function textTest(name: string): TestFunction {
  return (value) => STR_METHODS.get(name)?.(pyStr(value) as never, { positional: [], keyword: NO_KEYWORDS }) === true;
}

/** The tests that need no others, by name. */
export const PLAIN_TESTS: ReadonlyMap<string, TestFunction> = new Map<string, TestFunction>(
  Object.entries<TestFunction>({
    '!=': ne,
    '<': lt,
    '<=': le,
    '==': eq,
    '>': gt,
    '>=': ge,
    boolean: (value) => typeof value === 'boolean',
    callable,
    defined: (value) => !isUndefined(value),
    divisibleby: (value, [by]) => pyEquals(mod(value, by), 0),
    eq,
    equalto: eq,
    escaped: () => false,
    even: (value) => pyEquals(mod(value, 2), 0),
    false: (value) => value === false,
    float: isFloat,
    ge,
    greaterthan: gt,
    gt,
    in: (value, [container]) => contains(container, value),
    integer: isInt,
    iterable: (value) => tryIterate(value) !== undefined,
    le,
    lessthan: lt,
    lower: textTest('islower'),
    lt,
    mapping: (value) => isDict(value) || asHost(value)?.[JINJA.mapping] === true,
    ne,
    none: (value) => value === null,
    number: (value) => isNumeric(value) || asHost(value)?.[JINJA.type] === 'decimal.Decimal',
    odd: (value) => pyEquals(mod(value, 2), 1),
    sameas: (value, [other]) => value === other,
    sequence,
    string: (value) => typeof value === 'string',
    true: (value) => value === true,
    undefined: isUndefined,
    upper: textTest('isupper'),
  }),
);
