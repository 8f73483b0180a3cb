import { PyError } from '../errors.js';
import { dictEntries, isDict } from './dict.js';
import { floatRepr, PyFloat } from './numbers.js';
import { asHost, type HostObject, JINJA } from './protocol.js';
import { PyBytes, PyDictView, PyIterator, PyRange } from './sequence.js';
import { PySet } from './set.js';
import { PyTuple } from './tuple.js';
import { typeName } from './type-name.js';
import { isUndefined } from './undefined.js';

/** Nesting beyond this is taken for endless recursion, as Python's stack limit does. */
const MAX_DEPTH = 500;

/** Python's `str(value)`: what `{{ value }}` prints. */
export function pyStr(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (isUndefined(value)) return '';
  const host = asHost(value);
  const str = host?.[JINJA.str];
  if (host && typeof str === 'function') return str.call(host);
  return repr(value, []);
}

/** Python's `repr(value)`: how it prints inside a list. */
export function pyRepr(value: unknown): string {
  return repr(value, []);
}

function repr(value: unknown, within: object[]): string {
  switch (typeof value) {
    case 'string':
      return stringRepr(value);
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'undefined':
      return 'Undefined';
    case 'function':
    case 'symbol':
      return `<${typeof value}>`;
    default:
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (isUndefined(value)) return 'Undefined';
  if (typeof value !== 'object') return '';
  if (Array.isArray(value)) return nested(value, within, '[...]', () => `[${items(value, within)}]`);
  if (value instanceof PyTuple) {
    const named = asHost(value)?.[JINJA.repr];
    if (typeof named === 'function') return named.call(value as HostObject);
    return nested(value, within, '(...)', () =>
      value.items.length === 1 ? `(${items(value.items, within)},)` : `(${items(value.items, within)})`,
    );
  }
  if (isDict(value)) {
    return nested(value, within, '{...}', () => {
      const parts: string[] = [];
      for (const [k, v] of dictEntries(value)) parts.push(`${repr(k, within)}: ${repr(v, within)}`);
      return `{${parts.join(', ')}}`;
    });
  }
  if (value instanceof PySet) {
    return value.size === 0 ? 'set()' : nested(value, within, 'set(...)', () => `{${items([...value], within)}}`);
  }
  if (value instanceof PyDictView) {
    return nested(value, within, '...', () => `${value.kind}([${items([...value], within)}])`);
  }
  if (value instanceof PyRange) {
    return value.step === 1
      ? `range(${value.start}, ${value.stop})`
      : `range(${value.start}, ${value.stop}, ${value.step})`;
  }
  if (value instanceof PyIterator) return `<${value.kind} object>`;
  if (value instanceof PyBytes) return bytesRepr(value.bytes);
  const host = asHost(value);
  const own = host?.[JINJA.repr] ?? host?.[JINJA.str];
  if (host && typeof own === 'function') return own.call(host);
  return `<${typeName(value)} object>`;
}

function nested(value: object, within: object[], again: string, print: () => string): string {
  if (within.includes(value)) return again;
  if (within.length >= MAX_DEPTH) {
    throw new PyError('RecursionError', 'maximum recursion depth exceeded while getting the repr of an object');
  }
  within.push(value);
  const text = print();
  within.pop();
  return text;
}

function items(values: readonly unknown[], within: object[]): string {
  let out = '';
  for (let i = 0; i < values.length; i++) out += i === 0 ? repr(values[i], within) : `, ${repr(values[i], within)}`;
  return out;
}

/** What Python's repr prints as an escape: controls, separators but the space, unassigned, surrogates, private use. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const PLAIN_TEXT = /^[ !#-&(-[\]-~]*$/;

/** Python's repr of a str: single quotes unless it holds one and no double quote. */
export function stringRepr(text: string): string {
  if (PLAIN_TEXT.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (char >= ' ' && char <= '~') out += char;
    else if (UNPRINTABLE.test(char)) out += escapeCodePoint(char.codePointAt(0) ?? 0);
    else out += char;
  }
  return out + quote;
}

function escapeCodePoint(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function bytesRepr(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = `b${quote}`;
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (code < 32 || code > 126) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return out + quote;
}
