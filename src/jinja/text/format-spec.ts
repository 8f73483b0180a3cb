import { typeError, valueError } from '../errors.js';
import { textLength } from '../values/iterate.js';
import { floatRepr, isFloat, isInt, type PyFloat, toDouble, toFixedExact } from '../values/numbers.js';
import { asHost, JINJA } from '../values/protocol.js';
import { pyStr } from '../values/text.js';
import { typeName } from '../values/type-name.js';

/** Widths and precisions above this are refused. */
export const MAX_WIDTH = 1_000_000;

interface Spec {
  fill: string;
  align: string;
  sign: string;
  alternate: boolean;
  zero: boolean;
  width: number;
  grouping: string;
  precision: number | undefined;
  type: string;
  noNegativeZero: boolean;
}

function parseSpec(text: string, value: unknown): Spec {
  const chars = Array.from(text);
  let i = 0;
  let fill = ' ';
  let align = '';
  if (chars.length > 1 && /^[<>=^]$/.test(chars[1] ?? '')) {
    fill = chars[0] ?? ' ';
    align = chars[1] ?? '';
    i = 2;
  } else if (/^[<>=^]$/.test(chars[0] ?? '')) {
    align = chars[0] ?? '';
    i = 1;
  }
  const rest = chars.slice(i).join('');
  const match = /^([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?(.?)$/su.exec(rest);
  if (!match) {
    if (/\.(?!\d)/.test(rest)) throw valueError('Format specifier missing precision');
    throw valueError(`Invalid format specifier '${text}' for object of type '${typeName(value)}'`);
  }
  const [, sign = '', z = '', alternate = '', zero = '', width = '', grouping = '', precision, type = ''] = match;
  const numericWidth = Number(width || 0);
  if (numericWidth > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH) {
    throw valueError('Too many decimal digits in format string');
  }
  return {
    fill: zero && !align ? '0' : fill,
    align: zero && !align ? '=' : align,
    sign,
    alternate: alternate !== '',
    zero: zero !== '',
    width: numericWidth,
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
    noNegativeZero: z !== '',
  };
}

/** Python's `format(value, spec)`, the mini-language after the colon of a replacement field. */
export function formatValue(value: unknown, spec: string): string {
  const host = asHost(value);
  const own = host?.[JINJA.format];
  if (host && typeof own === 'function') return own.call(host, spec);
  if (spec === '') return pyStr(value);
  if (typeof value === 'string') return formatText(value, parseSpec(spec, value));
  if (typeof value === 'boolean') {
    const parsed = parseSpec(spec, value);
    return parsed.type === '' || parsed.type === 's'
      ? parsed.type === 's'
        ? unknownCode('s', value)
        : formatNumber(value ? 1 : 0, parsed)
      : formatNumber(value ? 1 : 0, parsed);
  }
  if (isInt(value) || isFloat(value)) return formatNumber(value, parseSpec(spec, value));
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function unknownCode(type: string, value: unknown): never {
  throw valueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
}

function formatText(value: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') unknownCode(spec.type, value);
  if (spec.sign) throw valueError('Sign not allowed in string format specifier');
  if (spec.alternate) throw valueError('Alternate form (#) not allowed in string format specifier');
  if (spec.grouping) throw valueError(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.align === '=' && !spec.zero) throw valueError("'=' alignment not allowed in string format specifier");
  const text = spec.precision === undefined ? value : Array.from(value).slice(0, spec.precision).join('');
  const align = spec.align === '=' || spec.align === '' ? '<' : spec.align;
  return pad(text, spec, align);
}

function pad(text: string, spec: Spec, align: string): string {
  const missing = spec.width - textLength(text);
  if (missing <= 0) return text;
  if (align === '<') return text + spec.fill.repeat(missing);
  if (align === '^') {
    const left = Math.floor(missing / 2);
    return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
  }
  return spec.fill.repeat(missing) + text;
}

function formatNumber(value: number | bigint | PyFloat, spec: Spec): string {
  const type = spec.type;
  let prefix = '';
  let digits: string;
  let tail = '';
  let negative: boolean;
  if (isInt(value) && (type === '' || 'bcdoxXn'.includes(type))) {
    if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
    if (type === 'c') return pad(characterOf(value), { ...spec }, spec.align === '' ? '<' : spec.align);
    negative = value < 0;
    const magnitude = value < 0 ? -value : value;
    if (type === 'b') digits = magnitude.toString(2);
    else if (type === 'o') digits = magnitude.toString(8);
    else if (type === 'x') digits = magnitude.toString(16);
    else if (type === 'X') digits = magnitude.toString(16).toUpperCase();
    else digits = magnitude.toString();
    if (spec.alternate && 'boxX'.includes(type) && type !== '') prefix = `0${type}`;
    if (spec.grouping === ',' && 'boxX'.includes(type) && type !== '') {
      throw valueError(`Cannot specify ',' with '${type}'.`);
    }
  } else {
    if (type !== '' && !'eEfFgGn%'.includes(type)) unknownCode(type, value);
    const double = toDouble(value);
    negative = double < 0 || Object.is(double, -0);
    const text = floatDigits(Math.abs(double), spec);
    const match = /^(\d*)(.*)$/s.exec(text);
    digits = match?.[1] ?? '';
    tail = match?.[2] ?? '';
    if (spec.noNegativeZero && negative && !/[1-9]/.test(text)) negative = false;
  }
  const sign = negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const group = type === 'b' || type === 'o' || type === 'x' || type === 'X' ? 4 : 3;
  if (spec.grouping && digits !== '') {
    if (spec.align === '=' && spec.fill === '0') {
      const room = spec.width - sign.length - prefix.length - tail.length;
      digits = groupDigits(digits, group, spec.grouping);
      while (digits.length < room) {
        digits = groupDigits(`0${digits.replaceAll(spec.grouping, '')}`, group, spec.grouping);
      }
      return `${sign}${prefix}${digits}${tail}`;
    }
    digits = groupDigits(digits, group, spec.grouping);
  }
  const body = digits + tail;
  if (spec.align === '=') {
    const missing = spec.width - sign.length - prefix.length - body.length;
    return `${sign}${prefix}${spec.fill.repeat(Math.max(0, missing))}${body}`;
  }
  return pad(`${sign}${prefix}${body}`, spec, spec.align === '' ? '>' : spec.align);
}

function characterOf(value: number | bigint): string {
  const code = Number(value);
  if (code < 0 || code > 0x10ffff) throw valueError('%c arg not in range(0x110000)');
  return String.fromCodePoint(code);
}

function groupDigits(digits: string, size: number, separator: string): string {
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size) parts.unshift(digits.slice(Math.max(0, end - size), end));
  return parts.join(separator);
}

function floatDigits(x: number, spec: Spec): string {
  const upper = spec.type === 'E' || spec.type === 'F' || spec.type === 'G';
  const kind = spec.type.toLowerCase();
  if (!Number.isFinite(x)) {
    const name = Number.isNaN(x) ? 'nan' : 'inf';
    return (upper ? name.toUpperCase() : name) + (kind === '%' ? '%' : '');
  }
  let text: string;
  if (kind === 'f') text = fixed(x, spec.precision ?? 6, spec.alternate);
  else if (kind === '%') text = `${fixed(x * 100, spec.precision ?? 6, spec.alternate)}%`;
  else if (kind === 'e') text = exponential(x, spec.precision ?? 6, spec.alternate);
  else if (kind === 'g' || kind === 'n') text = general(x, spec.precision ?? 6, spec.alternate, 0);
  else if (spec.precision === undefined) text = floatRepr(x);
  else text = general(x, spec.precision, spec.alternate, 1);
  return upper ? text.toUpperCase() : text;
}

/** `%.nf` of a non-negative double. */
export function fixed(x: number, precision: number, alternate = false): string {
  const text = precision <= 400 ? toFixedExact(x, precision) : toFixedExact(x, 400) + '0'.repeat(precision - 400);
  return alternate && precision === 0 ? `${text}.` : text;
}

/** `%.ne` of a non-negative double, rounded half to even on the exact value. */
export function exponential(x: number, precision: number, alternate = false): string {
  const { digits, exponent } = significant(x, precision + 1);
  const mantissa = precision > 0 ? `${digits[0]}.${digits.slice(1)}` : `${digits}${alternate ? '.' : ''}`;
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%.ng` of a non-negative double. `least` is 1 for a format without type: at least one digit after the point. */
export function general(x: number, precision: number, alternate: boolean, least: 0 | 1): string {
  const places = precision === 0 ? 1 : precision;
  const { digits, exponent } = significant(x, places);
  const limit = least === 1 && precision > 1 ? places : places;
  if (exponent < -4 || exponent >= limit || (least === 1 && exponent >= limit - 1 && exponent + 1 > 16)) {
    let mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    if (!alternate && mantissa.includes('.')) mantissa = mantissa.replace(/\.?0+$/, '');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  let text: string;
  if (exponent < 0) text = `0.${'0'.repeat(-exponent - 1)}${digits}`;
  else if (digits.length > exponent + 1) text = `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  else text = digits;
  if (!alternate && text.includes('.')) text = text.replace(/\.?0+$/, '');
  if (least === 1 && !text.includes('.')) text += '.0';
  return text;
}

/** The first `count` significant digits of a non-negative double and the exponent of the first. */
function significant(x: number, count: number): { digits: string; exponent: number } {
  if (x === 0) return { digits: '0'.repeat(count), exponent: 0 };
  if (count <= 100) {
    // toExponential rounds half away from zero on the exact value; ties are exact only, so settle them here.
    const text = x.toExponential(count - 1);
    const exact = x.toExponential(Math.min(100, count + 20));
    const [mantissa = '', exponent = '0'] = exact.split('e');
    const all = mantissa.replace('.', '');
    const tail = all.slice(count);
    if (/^50*$/.test(tail) && isExact(x, exact)) {
      const kept = all.slice(0, count);
      if (Number(kept.at(-1)) % 2 === 0) return { digits: kept, exponent: Number(exponent) };
    }
    const [m = '', e = '0'] = text.split('e');
    return { digits: m.replace('.', ''), exponent: Number(e) };
  }
  const head = significant(x, 100);
  return { digits: head.digits + '0'.repeat(count - 100), exponent: head.exponent };
}

function isExact(x: number, text: string): boolean {
  // A tie means the exact decimal expansion ends there; doubles that are not dyadic at that place never tie.
  const [mantissa = '', exponent = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  const places = digits.length - 1 - Number(exponent);
  if (places > 100 || places < 0) return places < 0;
  return Number(toFixedExact(x, places)) === x && toFixedExact(x, places + 30).slice(-30) === '0'.repeat(30);
}
