import { PyError } from '../errors.js';

/**
 * A float whose value is integral (`2.0`, `-0.0`, `1e300`): as a bare JavaScript number it could not be told from an
 * int. All other floats are JavaScript numbers.
 */
export class PyFloat {
  constructor(readonly value: number) {}
}

/** Ints above this many bits are refused; Python would take minutes and gigabytes. */
const MAX_INT_BITS = 200_000;

/** A float in the engine's representation. */
export function makeFloat(x: number): number | PyFloat {
  return Number.isInteger(x) ? new PyFloat(x) : x;
}

/** An int in the engine's representation: a number while that is exact, else a bigint. `x` must be integral. */
export function makeInt(x: bigint | number): number | bigint {
  if (typeof x === 'number') {
    if (Number.isSafeInteger(x)) return x === 0 ? 0 : x;
    return BigInt(x);
  }
  return x >= -9007199254740991n && x <= 9007199254740991n ? Number(x) : x;
}

/** Whether the value is a Python int (bools excluded). */
export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'bigint';
}

/** Whether the value is a Python float. A number beyond 2^53 that a host passed is one too: it is not exact. */
export function isFloat(value: unknown): value is number | PyFloat {
  return value instanceof PyFloat || (typeof value === 'number' && !Number.isSafeInteger(value));
}

/** Whether the value is an int, float or bool. */
export function isNumeric(value: unknown): value is number | bigint | boolean | PyFloat {
  return (
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof PyFloat
  );
}

/** The JavaScript number of a float, int or bool; ints beyond the range of doubles are an OverflowError. */
export function toDouble(value: number | bigint | boolean | PyFloat): number {
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const double = Number(value);
  if (!Number.isFinite(double)) throw new PyError('OverflowError', 'int too large to convert to float');
  return double;
}

/** The exact integer of an int or bool, or undefined for anything else. */
export function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return undefined;
}

/** A small int for indexes and counts; ints beyond 2^53 saturate. Undefined when the value is no int or bool. */
export function toIndex(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return value > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return undefined;
}

/** Python's `repr` of a float: the shortest text that reads back the same, with exponents from 1e16 and below 1e-4. */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
  const [mantissa = '0', exponentText = '0'] = x.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= 16 || exponent < -4) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace('-', '').replace('.', '');
  let text: string;
  if (exponent < 0) text = `0.${'0'.repeat(-exponent - 1)}${digits}`;
  else if (digits.length <= exponent + 1) text = `${digits.padEnd(exponent + 1, '0')}.0`;
  else text = `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return negative ? `-${text}` : text;
}

/** Reads Python's `int(text, base)`; undefined when the text is no such number. */
export function parseInteger(text: string, base = 10): number | bigint | undefined {
  let body = text.trim().toLowerCase();
  let negative = false;
  if (body.startsWith('+') || body.startsWith('-')) {
    negative = body.startsWith('-');
    body = body.slice(1);
  }
  let radix = base;
  const prefix = body.slice(0, 2);
  const prefixed = prefix === '0x' ? 16 : prefix === '0o' ? 8 : prefix === '0b' ? 2 : undefined;
  if (prefixed !== undefined && (base === 0 || base === prefixed)) {
    radix = prefixed;
    body = body.slice(2);
    if (body.startsWith('_')) body = body.slice(1);
  } else if (base === 0) {
    radix = 10;
    if (/^0[0_]*[1-9]/.test(body)) return undefined;
  }
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(body)) return undefined;
  body = body.replaceAll('_', '');
  if (body.length > 4300 && radix === 10) return undefined;
  let value: bigint;
  if (radix === 10) {
    if (!/^[0-9]+$/.test(body)) return undefined;
    value = BigInt(body);
  } else {
    value = 0n;
    const big = BigInt(radix);
    for (const char of body) {
      const digit = Number.parseInt(char, 36);
      if (digit >= radix) return undefined;
      value = value * big + BigInt(digit);
    }
  }
  return makeInt(negative ? -value : value);
}

/** Reads Python's `float(text)`; undefined when the text is no number. */
export function parseFloatText(text: string): number | undefined {
  const body = text.trim().toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(body);
  if (special) {
    if (special[2] === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/.test(body)) return undefined;
  return Number(body.replaceAll('_', ''));
}

/** Refuses an int that would be absurdly large. */
export function checkIntBits(bits: number): void {
  if (bits > MAX_INT_BITS) throw new PyError('MemoryError', 'the integer would be too large for a template');
}

/** Rounds half to even, as Python's `round` and `%.nf` do, on the exact binary value. */
export function roundHalfEven(x: number, digits: number): number {
  if (!Number.isFinite(x)) return x;
  if (digits > 308) return x;
  if (digits < -308) return x < 0 ? -0 : 0;
  if (digits >= 0 && digits <= 100) return Number(toFixedExact(x, digits));
  const factor = 10 ** -digits;
  const quotient = x / factor;
  const floor = Math.floor(quotient);
  const rest = quotient - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return rounded * factor;
}

/** The decimal text of a finite double with `digits` places, rounded half to even on its exact value. */
export function toFixedExact(x: number, digits: number): string {
  const negative = x < 0 || Object.is(x, -0);
  const { mantissa, exponent } = decompose(Math.abs(x));
  const scale = 10n ** BigInt(digits);
  let numerator = mantissa * scale;
  let integer: bigint;
  if (exponent >= 0) integer = numerator << BigInt(exponent);
  else {
    const shift = BigInt(-exponent);
    const half = 1n << (shift - 1n);
    const mask = (1n << shift) - 1n;
    const rest = numerator & mask;
    numerator >>= shift;
    integer = rest > half || (rest === half && (numerator & 1n) === 1n) ? numerator + 1n : numerator;
  }
  const text = integer.toString().padStart(digits + 1, '0');
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return negative ? `-${body}` : body;
}

/** A finite non-negative double as `mantissa * 2 ** exponent`, exactly. */
export function decompose(x: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}
