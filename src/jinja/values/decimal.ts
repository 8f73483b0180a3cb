import { PyError, typeError, valueError } from '../errors.js';
import { bindArguments } from './bind.js';
import { decompose, isFloat, makeInt, toBigInt, toDouble } from './numbers.js';
import { type BinaryOperator, type CallArgs, type HostObject, hostFunction, hostMethod, JINJA } from './protocol.js';
import { PyTuple } from './tuple.js';

/** Digits that a result keeps, as in Python's default context; it rounds half to even. */
const PRECISION = 28;
const MAX_EXPONENT = 999_999;

type Rounding =
  | 'ROUND_HALF_EVEN'
  | 'ROUND_HALF_UP'
  | 'ROUND_HALF_DOWN'
  | 'ROUND_DOWN'
  | 'ROUND_UP'
  | 'ROUND_FLOOR'
  | 'ROUND_CEILING';

/** Python's decimal.Decimal: exact decimal numbers, here those of DECIMAL columns. */
export class PyDecimal implements HostObject {
  readonly [JINJA.type] = 'decimal.Decimal';

  /** The value is `coefficient * 10 ** exponent`, negated when `negative`; or infinite or not a number. */
  constructor(
    readonly negative: boolean,
    readonly coefficient: bigint,
    readonly exponent: number,
    readonly special: '' | 'Infinity' | 'NaN' = '',
  ) {}

  /** Reads Python's `Decimal(text)`, exactly; undefined when the text is no number. */
  static parse(text: string): PyDecimal | undefined {
    const match = /^([+-])?(?:(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?|(inf(?:inity)?)|s?(nan)\d*)$/i.exec(
      text.trim().replaceAll('_', ''),
    );
    if (!match) return undefined;
    const [, sign, whole = '', fraction = '', exponent = '0', infinity, nan] = match;
    const negative = sign === '-';
    if (infinity) return new PyDecimal(negative, 0n, 0, 'Infinity');
    if (nan) return new PyDecimal(negative, 0n, 0, 'NaN');
    if (whole === '' && fraction === '') return undefined;
    return new PyDecimal(negative, BigInt(whole + fraction), Number(exponent) - fraction.length);
  }

  /** Makes a decimal of a text, int, float (its exact value) or decimal. */
  static from(value: unknown): PyDecimal {
    if (value instanceof PyDecimal) return value;
    const int = toBigInt(value);
    if (int !== undefined) return new PyDecimal(int < 0n, int < 0n ? -int : int, 0);
    if (isFloat(value)) return PyDecimal.#fromDouble(toDouble(value));
    const parsed = typeof value === 'string' ? PyDecimal.parse(value) : undefined;
    if (parsed) return parsed;
    if (typeof value === 'string') {
      throw new PyError('InvalidOperation', "[<class 'decimal.ConversionSyntax'>]");
    }
    throw typeError('conversion from that type to Decimal is not supported');
  }

  static #fromDouble(x: number): PyDecimal {
    const negative = x < 0 || Object.is(x, -0);
    if (Number.isNaN(x)) return new PyDecimal(false, 0n, 0, 'NaN');
    if (!Number.isFinite(x)) return new PyDecimal(negative, 0n, 0, 'Infinity');
    let { mantissa, exponent } = decompose(Math.abs(x));
    while (mantissa !== 0n && (mantissa & 1n) === 0n) {
      mantissa >>= 1n;
      exponent += 1;
    }
    if (mantissa === 0n) return new PyDecimal(negative, 0n, 0);
    if (exponent >= 0) return new PyDecimal(negative, mantissa << BigInt(exponent), 0);
    return new PyDecimal(negative, mantissa * 5n ** BigInt(-exponent), exponent);
  }

  get #signed(): bigint {
    return this.negative ? -this.coefficient : this.coefficient;
  }

  /** The exponent of the first digit. */
  adjusted(): number {
    return this.coefficient.toString().length - 1 + this.exponent;
  }

  toDouble(): number {
    if (this.special) return this.special === 'NaN' ? Number.NaN : this.negative ? -Infinity : Infinity;
    return Number(`${this.negative ? '-' : ''}${this.coefficient}e${this.exponent}`);
  }

  /** `int(x)`: cut towards zero. */
  toInteger(): number | bigint {
    if (this.special === 'NaN') throw valueError('cannot convert NaN to integer');
    if (this.special) throw new PyError('OverflowError', 'cannot convert Infinity to integer');
    if (this.exponent > 10_000) throw new PyError('OverflowError', 'the integer would be too large');
    const scale = 10n ** BigInt(Math.abs(this.exponent));
    const magnitude = this.exponent >= 0 ? this.coefficient * scale : this.coefficient / scale;
    return makeInt(this.negative ? -magnitude : magnitude);
  }

  /** `round(x, digits)`: half to even, a decimal. */
  round(digits: number): PyDecimal {
    return this.special ? this : this.#rescale(-digits, 'ROUND_HALF_EVEN');
  }

  #rescale(exponent: number, rounding: Rounding): PyDecimal {
    if (exponent <= this.exponent) {
      const shift = this.exponent - exponent;
      if (shift > 100_000) throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
      return new PyDecimal(this.negative, this.coefficient * 10n ** BigInt(shift), exponent);
    }
    const shift = exponent - this.exponent;
    if (shift > this.coefficient.toString().length + 1) {
      const away = this.coefficient !== 0n && awayFromZero(rounding, this.negative, 0n, -1);
      return new PyDecimal(this.negative, away ? 1n : 0n, exponent);
    }
    const unit = 10n ** BigInt(shift);
    const quotient = this.coefficient / unit;
    const rest = this.coefficient % unit;
    const half = rest * 2n === unit ? 0 : rest * 2n > unit ? 1 : -1;
    const up = rest !== 0n && awayFromZero(rounding, this.negative, quotient, half);
    return new PyDecimal(this.negative, up ? quotient + 1n : quotient, exponent);
  }

  /** Rounds to the context's precision. */
  #fit(): PyDecimal {
    if (this.special) return this;
    const digits = this.coefficient.toString().length;
    if (this.adjusted() > MAX_EXPONENT) throw new PyError('OverflowError', "[<class 'decimal.Overflow'>]");
    if (digits <= PRECISION) return this;
    const rounded = this.#rescale(this.exponent + digits - PRECISION, 'ROUND_HALF_EVEN');
    return rounded.coefficient.toString().length > PRECISION ? rounded.#fit() : rounded;
  }

  static #operand(value: unknown): PyDecimal | undefined {
    if (value instanceof PyDecimal) return value;
    return toBigInt(value) === undefined ? undefined : PyDecimal.from(value);
  }

  [JINJA.binary](operator: BinaryOperator, other: unknown, reversed: boolean): unknown {
    const operand = PyDecimal.#operand(other);
    if (!operand) return undefined;
    const [a, b] = reversed ? [operand, this] : [this, operand];
    if (a.special || b.special) return special(operator, a, b);
    switch (operator) {
      case '+':
        return a.#plus(b);
      case '-':
        return a.#plus(new PyDecimal(!b.negative, b.coefficient, b.exponent));
      case '*':
        return new PyDecimal(a.negative !== b.negative, a.coefficient * b.coefficient, a.exponent + b.exponent).#fit();
      case '/':
        return a.#over(b);
      case '//':
        return a.#divmod(b)[0];
      case '%':
        return a.#divmod(b)[1];
      case '**':
        return a.#power(b);
    }
  }

  #plus(other: PyDecimal): PyDecimal {
    const exponent = Math.min(this.exponent, other.exponent);
    if (Math.abs(this.exponent - other.exponent) > 10_000) {
      return (this.adjusted() > other.adjusted() ? this : other).#fit();
    }
    const left = this.#rescale(exponent, 'ROUND_DOWN');
    const right = other.#rescale(exponent, 'ROUND_DOWN');
    const sum = left.#signed + right.#signed;
    const negative = sum < 0n || (sum === 0n && this.negative && other.negative);
    return new PyDecimal(negative, sum < 0n ? -sum : sum, exponent).#fit();
  }

  #over(other: PyDecimal): PyDecimal {
    const negative = this.negative !== other.negative;
    if (other.coefficient === 0n) {
      if (this.coefficient === 0n) throw new PyError('InvalidOperation', "[<class 'decimal.DivisionUndefined'>]");
      throw new PyError('DivisionByZero', "[<class 'decimal.DivisionByZero'>]");
    }
    const ideal = this.exponent - other.exponent;
    if (this.coefficient === 0n) return new PyDecimal(negative, 0n, ideal);
    const shift = Math.max(0, PRECISION + 1 - this.coefficient.toString().length + other.coefficient.toString().length);
    const top = this.coefficient * 10n ** BigInt(shift);
    let quotient = top / other.coefficient;
    let exponent = ideal - shift;
    if (top % other.coefficient !== 0n) {
      // A digit that is neither 0 nor 5 keeps the rounding below honest.
      if (quotient % 5n === 0n) quotient += 1n;
    } else {
      while (exponent < ideal && quotient % 10n === 0n) {
        quotient /= 10n;
        exponent += 1;
      }
    }
    return new PyDecimal(negative, quotient, exponent).#fit();
  }

  #divmod(other: PyDecimal): [PyDecimal, PyDecimal] {
    if (other.coefficient === 0n) {
      if (this.coefficient === 0n) throw new PyError('InvalidOperation', "[<class 'decimal.DivisionUndefined'>]");
      throw new PyError('DivisionByZero', "[<class 'decimal.DivisionByZero'>]");
    }
    const exponent = Math.min(this.exponent, other.exponent);
    if (Math.abs(this.exponent - other.exponent) > 10_000) {
      throw new PyError('InvalidOperation', "[<class 'decimal.DivisionImpossible'>]");
    }
    const a = this.#rescale(exponent, 'ROUND_DOWN').coefficient;
    const b = other.#rescale(exponent, 'ROUND_DOWN').coefficient;
    const negative = this.negative !== other.negative;
    return [new PyDecimal(negative, a / b, 0).#fit(), new PyDecimal(this.negative, a % b, exponent).#fit()];
  }

  #power(other: PyDecimal): PyDecimal {
    const exponent =
      other.exponent >= 0 || other.coefficient % 10n ** BigInt(-other.exponent) === 0n
        ? Number(other.toInteger())
        : NaN;
    if (!Number.isNaN(exponent) && Math.abs(exponent) <= 10_000) {
      if (exponent < 0) return new PyDecimal(false, 1n, 0).#over(this.#power(PyDecimal.from(-exponent)));
      const negative = this.negative && exponent % 2 === 1;
      return new PyDecimal(negative, this.coefficient ** BigInt(exponent), this.exponent * exponent).#fit();
    }
    return PyDecimal.from(String(this.toDouble() ** other.toDouble())).#fit();
  }

  [JINJA.unary](operator: '-' | '+' | 'abs'): unknown {
    if (operator === 'abs') return new PyDecimal(false, this.coefficient, this.exponent, this.special).#fit();
    const negative =
      operator === '-' ? !this.negative && (this.coefficient !== 0n || this.special !== '') : this.negative;
    return new PyDecimal(negative, this.coefficient, this.exponent, this.special).#fit();
  }

  [JINJA.eq](other: unknown): boolean {
    return this[JINJA.compare](other) === 0;
  }

  [JINJA.compare](other: unknown): number | undefined {
    const operand = PyDecimal.#operand(other) ?? (isFloat(other) ? PyDecimal.from(other) : undefined);
    if (!operand) return undefined;
    if (this.special === 'NaN' || operand.special === 'NaN') return Number.NaN;
    if (this.special || operand.special)
      return Math.sign(this.toDouble()) - Math.sign(operand.toDouble()) || compareDoubles(this, operand);
    if (this.coefficient === 0n && operand.coefficient === 0n) return 0;
    if (this.#signed >= 0n !== operand.#signed >= 0n) return this.#signed >= 0n ? 1 : -1;
    const order = this.adjusted() - operand.adjusted();
    const sign = this.negative ? -1 : 1;
    if (order !== 0 && this.coefficient !== 0n && operand.coefficient !== 0n) return order * sign;
    const exponent = Math.min(this.exponent, operand.exponent);
    const a = this.#rescale(exponent, 'ROUND_DOWN').#signed;
    const b = operand.#rescale(exponent, 'ROUND_DOWN').#signed;
    return a < b ? -1 : a > b ? 1 : 0;
  }

  [JINJA.hash](): string | number | bigint {
    if (this.special) return `decimal ${this.special}`;
    const plain = this.normalize();
    if (plain.exponent >= 0 && plain.exponent < 1000) return plain.toInteger();
    const double = this.toDouble();
    return PyDecimal.from(double)[JINJA.compare](this) === 0 && !Number.isInteger(double)
      ? double
      : `decimal ${plain[JINJA.str]()}`;
  }

  [JINJA.truthy](): boolean {
    return this.special !== '' || this.coefficient !== 0n;
  }

  /** The same value without zeros at the end. */
  normalize(): PyDecimal {
    if (this.special) return this;
    let { coefficient, exponent } = this.#fit();
    if (coefficient === 0n) return new PyDecimal(this.negative, 0n, 0);
    while (coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent += 1;
    }
    return new PyDecimal(this.negative, coefficient, exponent);
  }

  [JINJA.str](): string {
    const sign = this.negative ? '-' : '';
    if (this.special) return sign + this.special;
    const digits = this.coefficient.toString();
    const adjusted = this.adjusted();
    if (this.exponent <= 0 && adjusted >= -6) {
      if (this.exponent === 0) return sign + digits;
      const padded = digits.padStart(1 - this.exponent, '0');
      return `${sign}${padded.slice(0, this.exponent)}.${padded.slice(this.exponent)}`;
    }
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`;
  }

  [JINJA.repr](): string {
    return `Decimal('${this[JINJA.str]()}')`;
  }

  [JINJA.plain](): unknown {
    return this.toDouble();
  }

  /** Plain digits without an exponent, rounded half to even to `places` when given. */
  toFixed(places?: number): string {
    const value = places === undefined ? this : this.round(places);
    const scaled = value.exponent > 0 ? value.#rescale(0, 'ROUND_DOWN') : value;
    const digits = scaled.coefficient.toString().padStart(1 - scaled.exponent, '0');
    const sign = this.negative ? '-' : '';
    return scaled.exponent === 0
      ? sign + digits
      : `${sign}${digits.slice(0, scaled.exponent)}.${digits.slice(scaled.exponent)}`;
  }

  [JINJA.format](spec: string): string {
    if (spec === '') return this[JINJA.str]();
    const match = /^(?:(.)?([<>=^]))?([-+ ]?)(0?)(\d*)(,?)(?:\.(\d+))?([fFeEgG%]?)$/su.exec(spec);
    if (!match) throw valueError('invalid format string');
    const [, fill, align, sign = '', zero, width = '', comma, precision, type = ''] = match;
    const places = precision === undefined ? undefined : Math.min(10_000, Number(precision));
    let text: string;
    if (this.special) text = this[JINJA.str]();
    else if (type === '%')
      text = `${new PyDecimal(this.negative, this.coefficient, this.exponent + 2).toFixed(places)}%`;
    else if (type === 'f' || type === 'F') text = this.toFixed(places);
    else if (type === 'e' || type === 'E')
      text = this.toDouble()
        .toExponential(places)
        .replace(/e([+-])(\d)$/, `${type}$1$2`);
    else text = places === undefined ? this[JINJA.str]() : this.#significant(places)[JINJA.str]();
    const negative = text.startsWith('-');
    let body = negative ? text.slice(1) : text;
    if (comma) body = body.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
    const prefix = negative ? '-' : sign === '-' ? '' : sign;
    const missing = Math.max(0, Math.min(10_000, Number(width || 0)) - prefix.length - body.length);
    if (zero && !align) return prefix + '0'.repeat(missing) + body;
    const pad = (fill ?? ' ').repeat(missing);
    if (align === '<') return prefix + body + pad;
    if (align === '=') return prefix + pad + body;
    if (align === '^') {
      const left = Math.floor(missing / 2);
      return (fill ?? ' ').repeat(left) + prefix + body + (fill ?? ' ').repeat(missing - left);
    }
    return pad + prefix + body;
  }

  #significant(digits: number): PyDecimal {
    const excess = this.coefficient.toString().length - Math.max(1, digits);
    return excess > 0 ? this.#rescale(this.exponent + excess, 'ROUND_HALF_EVEN') : this;
  }

  [JINJA.attr](name: string): unknown {
    const method = METHODS.get(name);
    if (method) return hostMethod('decimal.Decimal', name, (args) => method(this, args));
    if (name === 'real') return this;
    return name === 'imag' ? new PyDecimal(false, 0n, 0) : undefined;
  }

  /** `x.quantize(exponent)`: the same number of places as the other. */
  quantize(other: unknown, rounding: unknown): PyDecimal {
    const to = PyDecimal.from(other);
    if (this.special || to.special) {
      if (this.special && to.special) return this;
      throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
    }
    const mode = rounding === null || rounding === undefined ? 'ROUND_HALF_EVEN' : String(rounding);
    if (!ROUNDINGS.has(mode)) throw typeError('valid values for rounding are the ROUND_ constants of decimal');
    const result = this.#rescale(to.exponent, mode as Rounding);
    if (result.coefficient.toString().length > PRECISION) {
      throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
    }
    return result;
  }
}

const ROUNDINGS: ReadonlySet<string> = new Set([
  'ROUND_HALF_EVEN',
  'ROUND_HALF_UP',
  'ROUND_HALF_DOWN',
  'ROUND_DOWN',
  'ROUND_UP',
  'ROUND_FLOOR',
  'ROUND_CEILING',
]);

function compareDoubles(a: PyDecimal, b: PyDecimal): number {
  const x = a.toDouble();
  const y = b.toDouble();
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether a cut-off rest makes the quotient one larger in magnitude; `half` compares the rest with a half. */
function awayFromZero(rounding: Rounding, negative: boolean, quotient: bigint, half: number): boolean {
  switch (rounding) {
    case 'ROUND_UP':
      return true;
    case 'ROUND_DOWN':
      return false;
    case 'ROUND_FLOOR':
      return negative;
    case 'ROUND_CEILING':
      return !negative;
    case 'ROUND_HALF_UP':
      return half >= 0;
    case 'ROUND_HALF_DOWN':
      return half > 0;
    case 'ROUND_HALF_EVEN':
      return half > 0 || (half === 0 && quotient % 2n === 1n);
  }
}

function special(operator: BinaryOperator, a: PyDecimal, b: PyDecimal): PyDecimal {
  if (a.special === 'NaN' || b.special === 'NaN') return new PyDecimal(false, 0n, 0, 'NaN');
  const x = a.toDouble();
  const y = b.toDouble();
  const result =
    operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : operator === '/' ? x / y : NaN;
  if (Number.isNaN(result)) throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
  if (Number.isFinite(result)) return PyDecimal.from(result);
  return new PyDecimal(result < 0, 0n, 0, 'Infinity');
}

type DecimalMethod = (self: PyDecimal, args: CallArgs) => unknown;

const METHODS: ReadonlyMap<string, DecimalMethod> = new Map<string, DecimalMethod>([
  [
    'quantize',
    (self, args) => {
      const [exponent, rounding] = bindArguments('quantize', args, ['exp', { name: 'rounding', default: null }]);
      return self.quantize(exponent, rounding);
    },
  ],
  ['normalize', (self) => self.normalize()],
  ['to_integral_value', (self) => (self.exponent >= 0 ? self : self.round(0))],
  ['adjusted', (self) => self.adjusted()],
  ['copy_abs', (self) => new PyDecimal(false, self.coefficient, self.exponent, self.special)],
  ['copy_negate', (self) => new PyDecimal(!self.negative, self.coefficient, self.exponent, self.special)],
  ['is_nan', (self) => self.special === 'NaN'],
  ['is_infinite', (self) => self.special === 'Infinity'],
  ['is_finite', (self) => self.special === ''],
  ['is_zero', (self) => self.special === '' && self.coefficient === 0n],
  ['is_signed', (self) => self.negative],
  ['compare', (self, args) => PyDecimal.from(Math.sign(self[JINJA.compare](args.positional[0]) ?? Number.NaN))],
  ['sqrt', (self) => PyDecimal.from(String(Math.sqrt(self.toDouble())))],
  [
    'as_tuple',
    (self) =>
      new PyTuple([
        self.negative ? 1 : 0,
        new PyTuple(Array.from(self.coefficient.toString(), Number)),
        self.special === 'NaN' ? 'n' : self.special ? 'F' : self.exponent,
      ]),
  ],
]);

/** `decimal.Decimal` as templates call it. */
export const decimalConstructor: HostObject = hostFunction('Decimal', (args) => {
  const [value] = bindArguments('Decimal', args, [{ name: 'value', default: '0' }]);
  return PyDecimal.from(value);
});
