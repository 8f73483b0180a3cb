import { makeFloat, makeInt } from '../../jinja/values.js';
import { type Dates, readTimestamp } from './timestamp.js';

/** The tags of YAML 1.1 that a plain scalar can have by its form alone. */
export type ScalarTag = 'str' | 'bool' | 'float' | 'int' | 'merge' | 'null' | 'timestamp' | 'value';

const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INT_BINARY = /^[-+]?0b[01_]+$/;
const INT_OCTAL = /^[-+]?0[0-7_]+$/;
const INT_DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const INT_HEX = /^[-+]?0x[0-9a-fA-F_]+$/;
const INT_SEXAGESIMAL = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const FLOAT_SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** First characters with which a plain scalar can be anything but a string. */
const SPECIAL = new Set([...'yYnNtTfFoO~0123456789+-.<=']);

/** The tag that PyYAML's resolver gives a plain scalar. */
export function plainTag(text: string): ScalarTag {
  if (text === '') return 'null';
  const first = text.charCodeAt(0);
  // Lower-case letters beyond the five that begin a bool or null are by far the commonest case.
  if (!SPECIAL.has(String.fromCharCode(first))) return 'str';
  if (first >= 48 && first <= 57) {
    if (FLOAT.test(text)) return 'float';
    if (isInt(text)) return 'int';
    return TIMESTAMP.test(text) ? 'timestamp' : 'str';
  }
  if (text.length > 5 && first > 64) return 'str';
  switch (text[0]) {
    case '+':
    case '-':
    case '.':
      if (FLOAT.test(text) || FLOAT_SPECIAL.test(text)) return 'float';
      return text[0] !== '.' && isInt(text) ? 'int' : 'str';
    case '<':
      return text === '<<' ? 'merge' : 'str';
    case '=':
      return text === '=' ? 'value' : 'str';
    default:
      if (NULL.test(text)) return 'null';
      return BOOL.test(text) ? 'bool' : 'str';
  }
}

function isInt(text: string): boolean {
  return (
    INT_DECIMAL.test(text) ||
    INT_OCTAL.test(text) ||
    INT_BINARY.test(text) ||
    INT_HEX.test(text) ||
    INT_SEXAGESIMAL.test(text)
  );
}

/** A scalar that its tag does not allow, e.g. the 13th month; the message is Python's. */
export class ScalarError extends Error {}

/** The value of a plain scalar without a tag. `<<` and `=` in the place of a value have none: a ScalarError. */
export function plainValue(text: string, dates: Dates): unknown {
  const tag = plainTag(text);
  return tag === 'str' ? text : scalarValue(tag, text, dates);
}

/** The value of a scalar under a tag, as PyYAML's SafeConstructor makes it. */
export function scalarValue(tag: ScalarTag, text: string, dates: Dates): unknown {
  switch (tag) {
    case 'str':
      return text;
    case 'null':
      return null;
    case 'bool':
      return boolValue(text);
    case 'int':
      return intValue(text);
    case 'float':
      return floatValue(text);
    case 'timestamp': {
      const value = readTimestamp(text, dates);
      if (value instanceof Error) throw new ScalarError(value.message);
      return value;
    }
    default:
      throw new ScalarError(`could not determine a constructor for the tag 'tag:yaml.org,2002:${tag}'`);
  }
}

function boolValue(text: string): boolean {
  switch (text.toLowerCase()) {
    case 'yes':
    case 'true':
    case 'on':
      return true;
    case 'no':
    case 'false':
    case 'off':
      return false;
    default:
      throw new ScalarError(`'${text.toLowerCase()}' is not a bool`);
  }
}

function intValue(text: string): number | bigint {
  let body = text.replaceAll('_', '');
  const negative = body.startsWith('-');
  if (negative || body.startsWith('+')) body = body.slice(1);
  let value: bigint;
  try {
    if (body.includes(':')) value = body.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
    else if (body.startsWith('0b') || body.startsWith('0x')) value = BigInt(body);
    else if (body !== '0' && body.startsWith('0')) value = BigInt(`0o${body.slice(1).replace(/^o/, '')}`);
    else if (body.length < 16 && /^\d+$/.test(body)) return makeInt(negative ? -Number(body) : Number(body));
    else if (/^\d+$/.test(body)) value = BigInt(body);
    else throw new SyntaxError();
  } catch {
    throw new ScalarError(`invalid literal for int() with base 10: '${body}'`);
  }
  return makeInt(negative ? -value : value);
}

function floatValue(text: string): unknown {
  let body = text.replaceAll('_', '').toLowerCase();
  const sign = body.startsWith('-') ? -1 : 1;
  if (body.startsWith('-') || body.startsWith('+')) body = body.slice(1);
  if (body === '.inf') return makeFloat(sign * Number.POSITIVE_INFINITY);
  if (body === '.nan') return makeFloat(Number.NaN);
  const value = body.includes(':') ? sexagesimal(body) : Number(body);
  if (Number.isNaN(value)) throw new ScalarError(`could not convert string to float: '${body}'`);
  return makeFloat(sign * value);
}

/** `1:30.5` is 90.5, summed from the last digit up as PyYAML does. */
function sexagesimal(body: string): number {
  let base = 1;
  let sum = 0;
  for (const part of body.split(':').reverse()) {
    sum += Number(part) * base;
    base *= 60;
  }
  return sum;
}
