import { PyError, typeError, valueError } from '../errors.js';
import { dictGet, dictHas, isDict } from '../values/dict.js';
import { isFloat, isInt, makeInt, PyFloat, toDouble } from '../values/numbers.js';
import { pyRepr, pyStr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { requireDefined } from '../values/undefined.js';
import { exponential, fixed, general, MAX_WIDTH } from './format-spec.js';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?(.)/gsu;

/** Python's `format % values`. */
export function printf(format: string, values: unknown): string {
  const list = values instanceof PyTuple ? values.items : [values];
  let next = 0;
  const take = (): unknown => {
    if (next >= list.length) throw typeError('not enough arguments for format string');
    return list[next++];
  };
  let named = false;
  let out = '';
  let last = 0;
  DIRECTIVE.lastIndex = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const plain = format.slice(last, match.index);
    if (plain.includes('%')) throw valueError('incomplete format');
    out += plain;
    last = match.index + match[0].length;
    const [, key, flagText = '', widthText = '', precisionText, type = ''] = match;
    let flags = flagText;
    if (type === '%' && match[0] === '%%') {
      out += '%';
      continue;
    }
    let source = take;
    if (key !== undefined) {
      if (!isDict(values)) throw typeError('format requires a mapping');
      named = true;
      if (!dictHas(values, key)) throw new PyError('KeyError', pyRepr(key));
      source = () => dictGet(values, key);
    }
    let width = widthText === '*' ? star(take()) : Number(widthText || 0);
    if (width < 0) {
      flags += '-';
      width = -width;
    }
    const precision =
      precisionText === undefined
        ? undefined
        : precisionText === '*'
          ? Math.max(0, star(take()))
          : Number(precisionText || 0);
    if (width > MAX_WIDTH || (precision ?? 0) > MAX_WIDTH) throw valueError('width too big');
    if (type === '%') {
      out += '%';
      continue;
    }
    if (!'diouxXeEfFgGcrsa'.includes(type)) {
      const code = type.codePointAt(0) ?? 0;
      throw valueError(
        `unsupported format character '${type}' (0x${code.toString(16)}) at index ${last - type.length}`,
      );
    }
    out += directive(type, flags, width, precision, source());
  }
  const rest = format.slice(last);
  if (rest.includes('%')) throw valueError('incomplete format');
  if (!named && next < list.length && !(next === 0 && isSubscriptable(values))) {
    requireDefined(values);
    throw typeError('not all arguments converted during string formatting');
  }
  return out + rest;
}

function star(value: unknown): number {
  if (!isInt(value)) throw typeError('* wants int');
  return Number(value);
}

function directive(type: string, flags: string, width: number, precision: number | undefined, value: unknown): string {
  const left = flags.includes('-');
  const zero = flags.includes('0') && !left;
  const pad = (text: string): string => {
    const missing = width - Array.from(text).length;
    if (missing <= 0) return text;
    return left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
  };
  if (type === 's' || type === 'r' || type === 'a') {
    const text = type === 's' ? pyStr(value) : type === 'r' ? pyRepr(value) : ascii(pyRepr(value));
    return pad(precision === undefined ? text : Array.from(text).slice(0, precision).join(''));
  }
  if (type === 'c') {
    if (typeof value === 'string' && Array.from(value).length === 1) return pad(value);
    if (isInt(value)) return pad(String.fromCodePoint(Number(value)));
    throw typeError('%c requires int or char');
  }
  const { negative, body } = number(type, flags, precision, value);
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (zero && !/[a-z]{3}/i.test(body)) {
    const prefix = /^0[xXo]/.exec(body)?.[0] ?? '';
    const digits = body.slice(prefix.length);
    return `${sign}${prefix}${digits.padStart(width - sign.length - prefix.length, '0')}`;
  }
  return pad(sign + body);
}

function number(
  type: string,
  flags: string,
  precision: number | undefined,
  value: unknown,
): { negative: boolean; body: string } {
  requireDefined(value);
  const alternate = flags.includes('#');
  if ('diouxX'.includes(type)) {
    let int: number | bigint;
    if (typeof value === 'boolean') int = value ? 1 : 0;
    else if (isInt(value)) int = value;
    else if (isFloat(value) && 'diu'.includes(type)) int = truncate(toDouble(value));
    else if ('diu'.includes(type) && exact(value)) int = exact(value)?.call(value) ?? 0;
    else if ('diu'.includes(type))
      throw typeError(`%${type} format: a real number is required, not ${typeName(value)}`);
    else throw typeError(`%${type} format: an integer is required, not ${typeName(value)}`);
    const magnitude = int < 0 ? -int : int;
    let body = magnitude.toString(type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10);
    if (type === 'X') body = body.toUpperCase();
    if (precision !== undefined) body = body.padStart(precision, '0');
    if (alternate && 'oxX'.includes(type)) body = `0${type}${body}`;
    return { negative: int < 0, body };
  }
  if (!(typeof value === 'boolean' || isInt(value) || isFloat(value))) {
    const double = (value as { toDouble?: () => number } | null)?.toDouble?.();
    if (double === undefined) throw typeError(`must be real number, not ${typeName(value)}`);
    return number(type, flags, precision, new PyFloat(double));
  }
  const double = toDouble(value);
  const magnitude = Math.abs(double);
  let body: string;
  if (!Number.isFinite(double)) body = Number.isNaN(double) ? 'nan' : 'inf';
  else if (type === 'f' || type === 'F') body = fixed(magnitude, precision ?? 6, alternate);
  else if (type === 'e' || type === 'E') body = exponential(magnitude, precision ?? 6, alternate);
  else body = general(magnitude, precision ?? 6, alternate, 0);
  if (type === 'E' || type === 'F' || type === 'G') body = body.toUpperCase();
  return { negative: double < 0 || Object.is(double, -0), body };
}

/** What Python takes for a possible mapping: then a format without directives leaves it unused. */
function isSubscriptable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof PyTuple) && !(value instanceof PyFloat);
}

/** How a number of the host (a decimal) gives its int. */
function exact(value: unknown): (() => number | bigint) | undefined {
  const method = (value as { toInteger?: () => number | bigint } | null)?.toInteger;
  return typeof value === 'object' && typeof method === 'function' ? method : undefined;
}

/** The int of a float, as `int(x)` cuts it; NaN and infinities are errors. */
export function truncate(x: number): number | bigint {
  if (Number.isNaN(x)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(x)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  return makeInt(Number.isSafeInteger(Math.trunc(x)) ? Math.trunc(x) : BigInt(Math.trunc(x)));
}

function ascii(text: string): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) return char;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  }).join('');
}
