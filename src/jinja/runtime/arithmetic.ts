import { PyError, typeError } from '../errors.js';
import { printf } from '../text/printf.js';
import { iterate } from '../values/iterate.js';
import {
  checkIntBits,
  isInt,
  isNumeric,
  makeFloat,
  makeInt,
  PyFloat,
  toBigInt,
  toDouble,
  toIndex,
} from '../values/numbers.js';
import { asHost, type BinaryOperator, JINJA } from '../values/protocol.js';
import { PyBytes } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { requireDefined } from '../values/undefined.js';

/** The longest text or list that `*` may build. */
const MAX_REPEAT = 10_000_000;

type Num = number | bigint | boolean | PyFloat;

/** Whether either side makes the result a float. */
function floating(a: Num, b: Num): boolean {
  return isFloatLike(a) || isFloatLike(b);
}

function isFloatLike(x: Num): boolean {
  return x instanceof PyFloat || (typeof x === 'number' && !Number.isSafeInteger(x));
}

function big(x: Num): bigint {
  return toBigInt(x) ?? 0n;
}

/** Python's `a + b`. The last parameter only marks the place in generated code. */
export function add(a: unknown, b: unknown, _place?: number): unknown {
  if (typeof a === 'number' && typeof b === 'number') return addNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isNumeric(a) && isNumeric(b)) {
    return floating(a, b) ? makeFloat(toDouble(a) + toDouble(b)) : makeInt(big(a) + big(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  const own = overloaded('+', a, b);
  if (own !== undefined) return own;
  if (typeof a === 'string') throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  if (Array.isArray(a)) throw typeError(`can only concatenate list (not "${typeName(b)}") to list`);
  if (a instanceof PyTuple) throw typeError(`can only concatenate tuple (not "${typeName(b)}") to tuple`);
  throw unsupported('+', a, b);
}

function addNumbers(a: number, b: number): number | bigint | PyFloat {
  const sum = a + b;
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    return Number.isSafeInteger(sum) ? sum : BigInt(a) + BigInt(b);
  }
  return makeFloat(sum);
}

/** Python's `a - b`. */
export function sub(a: unknown, b: unknown, _place?: number): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    if (floating(a, b)) return makeFloat(toDouble(a) - toDouble(b));
    const difference = typeof a === 'number' && typeof b === 'number' ? a - b : Number.NaN;
    return Number.isSafeInteger(difference) ? difference : makeInt(big(a) - big(b));
  }
  if (a instanceof PySet && b instanceof PySet) return new PySet([...a].filter((item) => !b.has(item)));
  const own = overloaded('-', a, b);
  if (own !== undefined) return own;
  throw unsupported('-', a, b);
}

/** Python's `a * b`: numbers, and repetition of texts, lists and tuples. */
export function mul(a: unknown, b: unknown, _place?: number): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    if (floating(a, b)) return makeFloat(toDouble(a) * toDouble(b));
    const product = typeof a === 'number' && typeof b === 'number' ? a * b : Number.NaN;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
    const left = big(a);
    const right = big(b);
    checkIntBits(bitLength(left) + bitLength(right));
    return makeInt(left * right);
  }
  if (isSequence(a) && (isInt(b) || typeof b === 'boolean')) return repeat(a, b);
  if (isSequence(b) && (isInt(a) || typeof a === 'boolean')) return repeat(b, a);
  const own = overloaded('*', a, b);
  if (own !== undefined) return own;
  if (isSequence(a)) throw typeError(`can't multiply sequence by non-int of type '${typeName(b)}'`);
  if (isSequence(b)) throw typeError(`can't multiply sequence by non-int of type '${typeName(a)}'`);
  throw unsupported('*', a, b);
}

function isSequence(value: unknown): value is string | unknown[] | PyTuple {
  return typeof value === 'string' || Array.isArray(value) || value instanceof PyTuple;
}

function repeat(value: string | unknown[] | PyTuple, times: number | bigint | boolean): unknown {
  const count = Math.max(0, toIndex(times) ?? 0);
  const length = value instanceof PyTuple ? value.items.length : value.length;
  if (length * count > MAX_REPEAT) {
    throw new PyError('MemoryError', `the result of the repetition would be longer than ${MAX_REPEAT}`);
  }
  if (typeof value === 'string') return value.repeat(length === 0 ? 0 : count);
  const items = value instanceof PyTuple ? value.items : value;
  const out: unknown[] = [];
  if (items.length > 0) for (let i = 0; i < count; i++) for (const item of items) out.push(item);
  return value instanceof PyTuple ? new PyTuple(out) : out;
}

/** Python's `a / b`: always a float for numbers. */
export function div(a: unknown, b: unknown, _place?: number): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    if (floating(a, b)) {
      const divisor = toDouble(b);
      if (divisor === 0) throw zeroDivision('float division by zero');
      return makeFloat(toDouble(a) / divisor);
    }
    const divisor = big(b);
    if (divisor === 0n) throw zeroDivision('division by zero');
    return makeFloat(trueDivide(big(a), divisor));
  }
  const own = overloaded('/', a, b);
  if (own !== undefined) return own;
  throw unsupported('/', a, b);
}

/** The correctly rounded quotient of two integers. */
function trueDivide(a: bigint, b: bigint): number {
  const x = Number(a);
  const y = Number(b);
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x / y;
  const negative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const bottom = b < 0n ? -b : b;
  const shift = Math.max(0, 66 - (bitLength(top) - bitLength(bottom)));
  const scaled = top << BigInt(shift);
  let quotient = scaled / bottom;
  if (scaled % bottom !== 0n) quotient |= 1n;
  const drop = Math.max(0, bitLength(quotient) - 66);
  const kept = quotient >> BigInt(drop);
  const sticky = drop > 0 && quotient !== kept << BigInt(drop) ? kept | 1n : kept;
  const value = Number(sticky) * 2 ** (drop - shift);
  if (!Number.isFinite(value)) {
    throw new PyError('OverflowError', 'integer division result too large for a float');
  }
  return negative ? -value : value;
}

/** Python's `a // b`: rounds towards minus infinity. */
export function floordiv(a: unknown, b: unknown, _place?: number): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    if (floating(a, b)) return makeFloat(floatDivmod(toDouble(a), toDouble(b), 'float floor division by zero')[0]);
    return intDivmod(big(a), big(b), 'integer division or modulo by zero')[0];
  }
  const own = overloaded('//', a, b);
  if (own !== undefined) return own;
  throw unsupported('//', a, b);
}

/** Python's `a % b`: the sign of the divisor for numbers, printf formatting for a text. */
export function mod(a: unknown, b: unknown, _place?: number): unknown {
  if (typeof a === 'string') return printf(a, b);
  if (isNumeric(a) && isNumeric(b)) {
    if (floating(a, b)) return makeFloat(floatDivmod(toDouble(a), toDouble(b), 'float modulo')[1]);
    return intDivmod(big(a), big(b), 'integer modulo by zero')[1];
  }
  const own = overloaded('%', a, b);
  if (own !== undefined) return own;
  throw unsupported('%', a, b);
}

function intDivmod(a: bigint, b: bigint, message: string): [number | bigint, number | bigint] {
  if (b === 0n) throw zeroDivision(message);
  let quotient = a / b;
  let rest = a % b;
  if (rest !== 0n && rest < 0n !== b < 0n) {
    rest += b;
    quotient -= 1n;
  }
  return [makeInt(quotient), makeInt(rest)];
}

function floatDivmod(a: number, b: number, message: string): [number, number] {
  if (b === 0) throw zeroDivision(message);
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) {
      rest += b;
      quotient -= 1;
    }
  } else rest = b < 0 ? -0 : 0;
  if (quotient !== 0) {
    const floor = Math.floor(quotient);
    quotient = quotient - floor > 0.5 ? floor + 1 : floor;
  } else quotient = a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  return [quotient, rest];
}

/** Python's `a ** b`. */
export function pow(a: unknown, b: unknown, _place?: number): unknown {
  if (isNumeric(a) && isNumeric(b)) {
    if (!floating(a, b)) {
      const base = big(a);
      const exponent = big(b);
      if (exponent >= 0n) {
        const magnitude = base < 0n ? -base : base;
        if (magnitude > 1n) checkIntBits((bitLength(magnitude) - 1) * Number(exponent));
        else if (exponent > 1_000_000n) return makeInt(magnitude === 0n ? 0n : exponent % 2n === 0n ? 1n : base);
        return makeInt(base ** exponent);
      }
      if (base === 0n) throw zeroDivision('0.0 cannot be raised to a negative power');
    }
    return floatPower(toDouble(a), toDouble(b));
  }
  const own = overloaded('**', a, b);
  if (own !== undefined) return own;
  throw unsupported('** or pow()', a, b);
}

function floatPower(x: number, y: number): number | PyFloat {
  if (x === 0 && y < 0) throw zeroDivision('0.0 cannot be raised to a negative power');
  if (x === 1) return makeFloat(1);
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    throw valueErrorComplex();
  }
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return makeFloat(1);
  const result = x ** y;
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) {
    throw new PyError('OverflowError', "(34, 'Numerical result out of range')");
  }
  return makeFloat(result);
}

function valueErrorComplex(): PyError {
  return new PyError('ValueError', 'complex numbers are not supported');
}

/** Python's `-a`. */
export function neg(a: unknown, _place?: number): unknown {
  if (typeof a === 'number') return Number.isSafeInteger(a) ? 0 - a : makeFloat(-a);
  if (typeof a === 'bigint') return makeInt(-a);
  if (typeof a === 'boolean') return a ? -1 : 0;
  if (a instanceof PyFloat) return makeFloat(-a.value);
  return unary('-', a);
}

/** Python's `+a`. */
export function pos(a: unknown, _place?: number): unknown {
  if (typeof a === 'boolean') return a ? 1 : 0;
  if (isNumeric(a)) return a;
  return unary('+', a);
}

/** Python's `abs(a)`. */
export function abs(a: unknown): unknown {
  if (typeof a === 'number') return Math.abs(a);
  if (typeof a === 'bigint') return a < 0n ? -a : a;
  if (typeof a === 'boolean') return a ? 1 : 0;
  if (a instanceof PyFloat) return makeFloat(Math.abs(a.value));
  requireDefined(a);
  const host = asHost(a);
  const own = host?.[JINJA.unary];
  const result = host && typeof own === 'function' ? own.call(host, 'abs') : undefined;
  if (result !== undefined) return result;
  throw typeError(`bad operand type for abs(): '${typeName(a)}'`);
}

function unary(operator: '-' | '+', a: unknown): unknown {
  requireDefined(a);
  const host = asHost(a);
  const own = host?.[JINJA.unary];
  const result = host && typeof own === 'function' ? own.call(host, operator) : undefined;
  if (result !== undefined) return result;
  throw typeError(`bad operand type for unary ${operator}: '${typeName(a)}'`);
}

/** Python's `sum(values, start)`. */
export function sum(values: unknown, start: unknown): unknown {
  let total = start;
  for (const value of iterate(values)) total = add(total, value);
  return total;
}

function overloaded(operator: BinaryOperator, a: unknown, b: unknown): unknown {
  requireDefined(a);
  requireDefined(b);
  const left = asHost(a);
  const leftOwn = left?.[JINJA.binary];
  const forward = left && typeof leftOwn === 'function' ? leftOwn.call(left, operator, b, false) : undefined;
  if (forward !== undefined) return forward;
  const right = asHost(b);
  const rightOwn = right?.[JINJA.binary];
  const result = right && typeof rightOwn === 'function' ? rightOwn.call(right, operator, a, true) : undefined;
  if (result === undefined && a instanceof PyBytes && b instanceof PyBytes && operator === '+') {
    return new PyBytes(Buffer.concat([a.bytes, b.bytes]));
  }
  return result;
}

function unsupported(operator: string, a: unknown, b: unknown): PyError {
  return typeError(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}

function zeroDivision(message: string): PyError {
  return new PyError('ZeroDivisionError', message);
}

function bitLength(x: bigint): number {
  const hex = (x < 0n ? -x : x).toString(16);
  return hex.length * 4;
}
