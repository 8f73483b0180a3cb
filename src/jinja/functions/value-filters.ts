import { PyError, typeError } from '../errors.js';
import { abs, div, mul, pow } from '../runtime/arithmetic.js';
import { type FilterFunction, filterWith } from '../runtime/functions.js';
import { unpack } from '../runtime/loop.js';
import { jsonDumps } from '../text/json.js';
import { prettyPrint } from '../text/pretty.js';
import { truncate as truncateFloat } from '../text/printf.js';
import { dictEntries, isDict } from '../values/dict.js';
import { iterate, truthy, tryIterate } from '../values/iterate.js';
import {
  isFloat,
  isInt,
  isNumeric,
  makeFloat,
  parseFloatText,
  parseInteger,
  roundHalfEven,
  toDouble,
} from '../values/numbers.js';
import { asHost } from '../values/protocol.js';
import { pyRepr, pyStr } from '../values/text.js';
import { typeName } from '../values/type-name.js';
import { isUndefined, requireDefined } from '../values/undefined.js';
import { filterArgumentError, integer } from './helpers.js';
import { escapeHtml } from './text-filters.js';

const fallback = filterWith(
  'default',
  [
    { name: 'default_value', default: '' },
    { name: 'boolean', default: false },
  ],
  (value, [other, boolean]) => (isUndefined(value) || (truthy(boolean) && !truthy(value)) ? other : value),
);

/** What Python's `float(value)` gives, or undefined where it raises a TypeError or ValueError. */
function toFloat(value: unknown): number | undefined {
  if (isNumeric(value)) return toDouble(value);
  if (typeof value === 'string') return parseFloatText(value);
  requireDefined(value);
  const double = (asHost(value) as { toDouble?: () => number } | undefined)?.toDouble;
  return typeof double === 'function' ? double.call(value) : undefined;
}

const float = filterWith('float', [{ name: 'default', default: makeFloat(0) }], (value, [other]) => {
  const double = toFloat(value);
  return double === undefined ? other : makeFloat(double);
});

const int = filterWith(
  'int',
  [
    { name: 'default', default: 0 },
    { name: 'base', default: 10 },
  ],
  (value, [other, base]) => {
    if (isInt(value)) return value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'string') {
      const parsed = parseInteger(value, integer(base));
      if (parsed !== undefined) return parsed;
    }
    const double = toFloat(value);
    if (double === undefined || !Number.isFinite(double)) return other;
    const exact = (asHost(value) as { toInteger?: () => unknown } | undefined)?.toInteger;
    return typeof exact === 'function' ? exact.call(value) : truncateFloat(double);
  },
);

const round = filterWith(
  'round',
  [
    { name: 'precision', default: 0 },
    { name: 'method', default: 'common' },
  ],
  (value, [precision, method]) => {
    if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
      throw filterArgumentError('method must be common, ceil or floor');
    }
    if (method === 'common') return pyRound(value, integer(precision));
    const scale = pow(10, precision);
    const scaled = mul(value, scale);
    if (!isNumeric(scaled)) throw typeError(`must be real number, not ${typeName(scaled)}`);
    const double = toDouble(scaled);
    return div(truncateFloat(method === 'ceil' ? Math.ceil(double) : Math.floor(double)), scale);
  },
);

/** Python's `round(value, digits)`. */
export function pyRound(value: unknown, digits: number): unknown {
  if (isInt(value) || typeof value === 'boolean') {
    const int = typeof value === 'boolean' ? Number(value) : value;
    if (digits >= 0) return int;
    const unit = 10n ** BigInt(Math.min(5000, -digits));
    const big = BigInt(int);
    let rest = ((big % unit) + unit) % unit;
    let base = big - rest;
    const half = rest * 2n - unit;
    if (half > 0n || (half === 0n && (base / unit) % 2n !== 0n)) base += unit;
    rest = base;
    return parseInteger(rest.toString());
  }
  if (isFloat(value)) return makeFloat(roundHalfEven(toDouble(value), digits));
  requireDefined(value);
  const own = (asHost(value) as { round?: (digits: number) => unknown } | undefined)?.round;
  if (typeof own === 'function') return own.call(value, digits);
  throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
}

const tojson = filterWith('tojson', [{ name: 'indent', default: null }], (value, [indent]) =>
  jsonDumps(value, { sortKeys: true, ...(indent === null ? {} : { indent: integer(indent) }) })
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll("'", '\\u0027'),
);

const filesizeformat = filterWith('filesizeformat', [{ name: 'binary', default: false }], (value, [binary]) => {
  const bytes = toFloat(value);
  if (bytes === undefined && typeof value === 'string') {
    throw new PyError('ValueError', `could not convert string to float: ${pyRepr(value)}`);
  }
  if (bytes === undefined)
    throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  const base = truthy(binary) ? 1024 : 1000;
  const prefixes = truthy(binary)
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  let unit = base;
  for (const prefix of prefixes) {
    unit *= base;
    if (bytes < unit) return `${((base * bytes) / unit).toFixed(1)} ${prefix}`;
  }
  return `${((base * bytes) / unit).toFixed(1)} ${prefixes.at(-1) ?? ''}`;
});

function quote(value: unknown, query: boolean): string {
  let out = '';
  for (const byte of Buffer.from(pyStr(value), 'utf8')) {
    const char = String.fromCharCode(byte);
    if (/[\w.~-]/.test(char) || (char === '/' && !query)) out += char;
    else if (char === ' ' && query) out += '+';
    else out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

const urlencode: FilterFunction = (value) => {
  if (typeof value === 'string' || tryIterate(value) === undefined) return quote(value, false);
  const pairs = isDict(value) ? [...dictEntries(value)] : Array.from(iterate(value), (pair) => unpack(pair, 2));
  return pairs.map(([key, item]) => `${quote(key, true)}=${quote(item, true)}`).join('&');
};

const xmlattr = filterWith('xmlattr', [{ name: 'autospace', default: true }], (value, [autospace]) => {
  if (!isDict(value)) throw typeError(`'${typeName(value)}' object has no attribute 'items'`);
  const parts: string[] = [];
  for (const [key, item] of dictEntries(value)) {
    if (item === null || isUndefined(item)) continue;
    if (/[\s/>=]/.test(pyStr(key)))
      throw new PyError('ValueError', `Invalid character in attribute name: '${pyStr(key)}'`);
    parts.push(`${escapeHtml(pyStr(key))}="${escapeHtml(pyStr(item))}"`);
  }
  const text = parts.join(' ');
  return truthy(autospace) && text !== '' ? ` ${text}` : text;
});

/** The filters on any value. */
export const VALUE_FILTERS: Readonly<Record<string, FilterFunction>> = {
  abs,
  d: fallback,
  default: fallback,
  filesizeformat,
  float,
  int,
  pprint: (value) => prettyPrint(value),
  round,
  tojson,
  urlencode,
  xmlattr,
  is_list: (value) => Array.isArray(value),
};
