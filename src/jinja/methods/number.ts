import { PyError, valueError } from '../errors.js';
import { decompose, isFloat, makeFloat, makeInt, type PyFloat, toBigInt, toDouble } from '../values/numbers.js';
import { PyTuple } from '../values/tuple.js';
import { type Method, methodTable, positionalOnly } from './method.js';

type Num = number | bigint | boolean | PyFloat;

const isInteger: Method<Num> = (self, args) => {
  positionalOnly('float', 'is_integer', args, 0);
  return !isFloat(self) || Number.isInteger(toDouble(self));
};

const bitLength: Method<Num> = (self, args) => {
  positionalOnly('int', 'bit_length', args, 0);
  const value = toBigInt(self) ?? 0n;
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
};

const bitCount: Method<Num> = (self, args) => {
  positionalOnly('int', 'bit_count', args, 0);
  const value = toBigInt(self) ?? 0n;
  return (value < 0n ? -value : value).toString(2).replaceAll('0', '').length;
};

const conjugate: Method<Num> = (self) => self;

const asIntegerRatio: Method<Num> = (self) => {
  if (!isFloat(self)) return new PyTuple([makeInt(toBigInt(self) ?? 0n), 1]);
  const double = toDouble(self);
  if (Number.isNaN(double)) throw valueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(double)) throw new PyError('OverflowError', 'cannot convert Infinity to integer ratio');
  let { mantissa, exponent } = decompose(Math.abs(double));
  while (exponent < 0 && (mantissa & 1n) === 0n && mantissa !== 0n) {
    mantissa >>= 1n;
    exponent += 1;
  }
  const sign = double < 0 ? -1n : 1n;
  if (mantissa === 0n) return new PyTuple([0, 1]);
  return exponent >= 0
    ? new PyTuple([makeInt(sign * (mantissa << BigInt(exponent))), 1])
    : new PyTuple([makeInt(sign * mantissa), makeInt(1n << BigInt(-exponent))]);
};

/** The methods of ints and bools. */
export const INT_METHODS = methodTable<Num>({
  bit_length: bitLength,
  bit_count: bitCount,
  conjugate,
  as_integer_ratio: asIntegerRatio,
});

/** The methods of floats. */
export const FLOAT_METHODS = methodTable<Num>({ is_integer: isInteger, conjugate, as_integer_ratio: asIntegerRatio });

/** The plain attributes of a number. */
export function numberAttribute(value: Num, name: string): unknown {
  const plain = typeof value === 'boolean' ? (value ? 1 : 0) : value;
  if (name === 'real') return plain;
  if (name === 'imag') return isFloat(value) ? makeFloat(0) : 0;
  if (isFloat(value)) return undefined;
  if (name === 'numerator') return plain;
  if (name === 'denominator') return 1;
  return undefined;
}
