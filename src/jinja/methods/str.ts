import { PyError, typeError, valueError } from '../errors.js';
import { bindArguments } from '../values/bind.js';
import { dictGet, dictHas, isDict, PyDict } from '../values/dict.js';
import { hasSurrogates, iterate, textLength, truthy } from '../values/iterate.js';
import { toBigInt } from '../values/numbers.js';
import type { CallArgs } from '../values/protocol.js';
import { PyBytes } from '../values/sequence.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { isUndefined, requireDefined } from '../values/undefined.js';
import { intArgument, type Method, methodTable, positionalOnly } from './method.js';
import {
  capitalize,
  casefold,
  expandTabs,
  isIdentifier,
  lower,
  splitLines,
  stripChars,
  stripWhitespace,
  swapCase,
  titleCase,
  WHITESPACE_RUN,
} from './str-text.js';

function text(value: unknown, message: (type: string) => string): string {
  if (typeof value === 'string') return value;
  requireDefined(value);
  throw typeError(message(typeName(value)));
}

function noArguments(name: string, result: (self: string) => unknown): Method<string> {
  return (self, args) => {
    positionalOnly('str', name, args, 0);
    return result(self);
  };
}

function stripper(name: string, left: boolean, right: boolean): Method<string> {
  return (self, args) => {
    const [chars = null] = positionalOnly('str', name, args, 0, 1);
    if (chars === null) return stripWhitespace(self, left, right);
    return stripChars(
      self,
      text(chars, () => `${name} arg must be None or str`),
      left,
      right,
    );
  };
}

/** Splits as `str.split` and `str.rsplit` do. */
function split(self: string, args: CallArgs, fromRight: boolean): string[] {
  const name = fromRight ? 'rsplit' : 'split';
  const [separator, limit] = bindArguments(`str.${name}`, args, [
    { name: 'sep', default: null },
    { name: 'maxsplit', default: -1 },
  ]);
  const most = intArgument(limit);
  if (separator === null) return splitWhitespace(self, most, fromRight);
  const by = text(separator, (type) => `must be str or None, not ${type}`);
  if (by === '') throw valueError('empty separator');
  const parts = self.split(by);
  if (most < 0 || parts.length <= most + 1) return parts;
  if (!fromRight) return [...parts.slice(0, most), parts.slice(most).join(by)];
  const cut = parts.length - most;
  return [parts.slice(0, cut).join(by), ...parts.slice(cut)];
}

function splitWhitespace(self: string, most: number, fromRight: boolean): string[] {
  const body = stripWhitespace(self, !fromRight || most < 0, fromRight || most < 0);
  if (stripWhitespace(body, true, true) === '') return [];
  if (most < 0) return body.split(WHITESPACE_RUN);
  const parts: string[] = [];
  let rest = stripWhitespace(self, true, true) === '' ? '' : body;
  while (rest !== '' && parts.length < most) {
    const match = fromRight ? lastRun(rest) : firstRun(rest);
    if (!match) break;
    if (fromRight) {
      parts.unshift(rest.slice(match.end));
      rest = stripWhitespace(rest.slice(0, match.start), false, true);
    } else {
      parts.push(rest.slice(0, match.start));
      rest = stripWhitespace(rest.slice(match.end), true, false);
    }
  }
  if (rest !== '') {
    const last = fromRight ? stripWhitespace(rest, most === 0, true) : rest;
    if (fromRight) parts.unshift(most === 0 ? stripWhitespace(self, false, true) : last);
    else parts.push(last);
  }
  return parts;
}

function firstRun(body: string): { start: number; end: number } | undefined {
  const match = WHITESPACE_RUN.exec(body);
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}

function lastRun(body: string): { start: number; end: number } | undefined {
  let last: { start: number; end: number } | undefined;
  for (const match of body.matchAll(new RegExp(WHITESPACE_RUN, 'gu'))) {
    last = { start: match.index, end: match.index + match[0].length };
  }
  return last && last.start > 0 ? last : undefined;
}

/** A text by code points with the bounds that find, count and the like take, mapped to code units. */
function window(self: string, start: unknown, stop: unknown): { from: number; to: number; valid: boolean } {
  const chars = hasSurrogates(self) ? Array.from(self) : undefined;
  const length = chars ? chars.length : self.length;
  const clamp = (bound: unknown, fallback: number): number => {
    if (bound === undefined || bound === null) return fallback;
    const index = intArgument(bound);
    return Math.max(0, index < 0 ? index + length : index);
  };
  const from = clamp(start, 0);
  const to = Math.min(length, clamp(stop, length));
  const unit = (point: number): number => (chars ? chars.slice(0, point).join('').length : point);
  return { from: unit(Math.min(from, length)), to: unit(to), valid: from <= to && from <= length };
}

function find(name: string, last: boolean, mustFind: boolean): Method<string> {
  return (self, args) => {
    const [needle, start, stop] = positionalOnly('str', name, args, 1, 3);
    const part = text(needle, (type) => `must be str, not ${type}`);
    const { from, to, valid } = window(self, start, stop);
    const view = self.slice(from, Math.max(from, to));
    const at = valid ? (last ? view.lastIndexOf(part) : view.indexOf(part)) : -1;
    if (at !== -1) return textLength(self.slice(0, from + at));
    if (mustFind) throw valueError('substring not found');
    return -1;
  };
}

function affix(name: string, test: (view: string, part: string) => boolean): Method<string> {
  return (self, args) => {
    const [wanted, start, stop] = positionalOnly('str', name, args, 1, 3);
    const { from, to, valid } = window(self, start, stop);
    const view = self.slice(from, Math.max(from, to));
    const parts = wanted instanceof PyTuple ? wanted.items : [wanted];
    return parts.some((part) => {
      const message = (type: string): string =>
        wanted instanceof PyTuple
          ? `tuple for ${name} must only contain str, not ${type}`
          : `${name} first arg must be str or a tuple of str, not ${type}`;
      return valid && test(view, text(part, message));
    });
  };
}

const join: Method<string> = (self, args) => {
  const [items] = positionalOnly('str', 'join', args, 1);
  const parts: string[] = [];
  if (!isUndefined(items) && (typeof items === 'number' || items === null || typeof items === 'boolean')) {
    throw typeError('can only join an iterable');
  }
  for (const item of iterate(items)) {
    if (typeof item !== 'string') {
      throw typeError(`sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    }
    parts.push(item);
  }
  return parts.join(self);
};

const replace: Method<string> = (self, args) => {
  const { positional } = args;
  if (positional.length < 2 || positional.length > 3) {
    throw typeError(`replace expected at least 2 arguments, got ${positional.length}`);
  }
  const from = text(positional[0], (type) => `replace() argument 1 must be str, not ${type}`);
  const to = text(positional[1], (type) => `replace() argument 2 must be str, not ${type}`);
  return replaceText(self, from, to, positional.length === 3 ? intArgument(positional[2]) : -1);
};

/** Replaces the first `count` occurrences (all when negative), by code points for an empty needle. */
export function replaceText(self: string, from: string, to: string, count: number): string {
  if (from !== '' && count < 0) return self.split(from).join(to);
  const parts = from === '' ? ['', ...Array.from(self), ''] : self.split(from);
  const most = count < 0 ? parts.length : count;
  let out = parts[0] ?? '';
  for (let i = 1; i < parts.length; i++) out += (i <= most ? to : from) + (parts[i] ?? '');
  return out;
}

function partition(last: boolean): Method<string> {
  const name = last ? 'rpartition' : 'partition';
  return (self, args) => {
    const [by] = positionalOnly('str', name, args, 1);
    const separator = text(by, (type) => `must be str, not ${type}`);
    if (separator === '') throw valueError('empty separator');
    const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at === -1) return new PyTuple(last ? ['', '', self] : [self, '', '']);
    return new PyTuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  };
}

function justify(
  name: string,
  place: (self: string, missing: number, fill: string, width: number) => string,
): Method<string> {
  return (self, args) => {
    const [width, fill = ' '] = positionalOnly('str', name, args, 1, 2);
    if (typeof fill !== 'string')
      throw typeError(`The fill character must be a unicode character, not ${typeName(fill)}`);
    if (textLength(fill) !== 1) throw typeError('The fill character must be exactly one character long');
    const missing = intArgument(width) - textLength(self);
    if (missing > 10_000_000) throw new PyError('MemoryError', 'the text would be too long');
    return missing <= 0 ? self : place(self, missing, fill, intArgument(width));
  };
}

const zfill: Method<string> = (self, args) => {
  const [width] = positionalOnly('str', 'zfill', args, 1);
  const missing = intArgument(width) - textLength(self);
  if (missing > 10_000_000) throw new PyError('MemoryError', 'the text would be too long');
  if (missing <= 0) return self;
  const sign = self.startsWith('+') || self.startsWith('-') ? (self[0] ?? '') : '';
  return sign + '0'.repeat(missing) + self.slice(sign.length);
};

const count: Method<string> = (self, args) => {
  const [needle, start, stop] = positionalOnly('str', 'count', args, 1, 3);
  const part = text(needle, (type) => `must be str, not ${type}`);
  const { from, to, valid } = window(self, start, stop);
  if (!valid) return 0;
  const view = self.slice(from, to);
  return part === '' ? textLength(view) + 1 : view.split(part).length - 1;
};

const splitlines: Method<string> = (self, args) => {
  const [keep] = bindArguments('splitlines', args, [{ name: 'keepends', default: false }]);
  return splitLines(self, truthy(keep));
};

const translate: Method<string> = (self, args) => {
  const [table] = positionalOnly('str', 'translate', args, 1);
  if (!isDict(table)) throw typeError(`'${typeName(table)}' object is not subscriptable`);
  let out = '';
  for (const char of self) {
    const code = char.codePointAt(0) ?? 0;
    if (!dictHas(table, code)) out += char;
    else {
      const to = dictGet(table, code);
      if (to !== null) out += typeof to === 'string' ? to : String.fromCodePoint(Number(toBigInt(to) ?? 0n));
    }
  }
  return out;
};

const maketrans: Method<string> = (_self, args) => {
  const [first, second, third] = positionalOnly('str', 'maketrans', args, 1, 3);
  const table = new PyDict();
  if (second === undefined) {
    if (!isDict(first)) throw typeError('if you give only one argument to maketrans it must be a dict');
    for (const [key, value] of PyDict.from(
      first instanceof PyDict || first instanceof Map ? first : Object.entries(first),
    )) {
      table.set(typeof key === 'string' ? key.codePointAt(0) : key, value);
    }
    return table;
  }
  const from = Array.from(text(first, (t) => `maketrans() argument 1 must be str, not ${t}`));
  const to = Array.from(text(second, (t) => `maketrans() argument 2 must be str, not ${t}`));
  if (from.length !== to.length) throw valueError('the first two maketrans arguments must have equal length');
  from.forEach((char, i) => {
    table.set(char.codePointAt(0), to[i]?.codePointAt(0));
  });
  for (const char of typeof third === 'string' ? third : '') table.set(char.codePointAt(0), null);
  return table;
};

function every(name: string, pattern: RegExp): Method<string> {
  return noArguments(name, (self) => pattern.test(self));
}

/** Whether a text has letters with case and all of them are of the one case. */
function cased(name: string, other: RegExp): Method<string> {
  return noArguments(name, (self) => /[\p{Lu}\p{Ll}\p{Lt}]/u.test(self) && !other.test(self));
}

/** The methods of texts. */
export const STR_METHODS = methodTable<string>({
  capitalize: noArguments('capitalize', capitalize),
  casefold: noArguments('casefold', casefold),
  center: justify('center', (self, missing, fill, width) => {
    const left = Math.floor(missing / 2) + (missing & width & 1);
    return fill.repeat(left) + self + fill.repeat(missing - left);
  }),
  count,
  encode: (self, args) => {
    const [encoding] = bindArguments('encode', args, [
      { name: 'encoding', default: 'utf-8' },
      { name: 'errors', default: 'strict' },
    ]);
    if (!/^(utf-?8|ascii|latin-?1)$/i.test(String(encoding))) {
      throw new PyError('ValueError', `unknown encoding: ${String(encoding)}`);
    }
    return new PyBytes(Buffer.from(self, 'utf8'));
  },
  endswith: affix('endswith', (view, part) => view.endsWith(part)),
  expandtabs: (self, args) => {
    const [size] = bindArguments('expandtabs', args, [{ name: 'tabsize', default: 8 }]);
    return expandTabs(self, intArgument(size));
  },
  find: find('find', false, false),
  index: find('index', false, true),
  isalnum: every('isalnum', /^[\p{L}\p{N}]+$/u),
  isalpha: every('isalpha', /^\p{L}+$/u),
  isascii: noArguments('isascii', (self) => !/[^\u0000-\u007f]/.test(self)),
  isdecimal: every('isdecimal', /^\p{Nd}+$/u),
  isdigit: every('isdigit', /^(?:\p{Nd}|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468])+$/u),
  isidentifier: noArguments('isidentifier', isIdentifier),
  islower: cased('islower', /[\p{Lu}\p{Lt}]/u),
  isnumeric: every('isnumeric', /^\p{N}+$/u),
  isprintable: noArguments(
    'isprintable',
    (self) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self),
  ),
  isspace: noArguments('isspace', (self) => self !== '' && stripWhitespace(self, true, true) === ''),
  istitle: noArguments('istitle', (self) => /\p{L}/u.test(self) && titleCase(self) === self),
  isupper: cased('isupper', /[\p{Ll}\p{Lt}]/u),
  join,
  ljust: justify('ljust', (self, missing, fill) => self + fill.repeat(missing)),
  lower: noArguments('lower', lower),
  lstrip: stripper('lstrip', true, false),
  maketrans,
  partition: partition(false),
  removeprefix: (self, args) => {
    const part = text(
      positionalOnly('str', 'removeprefix', args, 1)[0],
      (t) => `removeprefix() argument must be str, not ${t}`,
    );
    return part !== '' && self.startsWith(part) ? self.slice(part.length) : self;
  },
  removesuffix: (self, args) => {
    const part = text(
      positionalOnly('str', 'removesuffix', args, 1)[0],
      (t) => `removesuffix() argument must be str, not ${t}`,
    );
    return part !== '' && self.endsWith(part) ? self.slice(0, -part.length) : self;
  },
  replace,
  rfind: find('rfind', true, false),
  rindex: find('rindex', true, true),
  rjust: justify('rjust', (self, missing, fill) => fill.repeat(missing) + self),
  rpartition: partition(true),
  rsplit: (self, args) => split(self, args, true),
  rstrip: stripper('rstrip', false, true),
  split: (self, args) => split(self, args, false),
  splitlines,
  startswith: affix('startswith', (view, part) => view.startsWith(part)),
  strip: stripper('strip', true, true),
  swapcase: noArguments('swapcase', swapCase),
  title: noArguments('title', titleCase),
  translate,
  upper: noArguments('upper', (self) => self.toUpperCase()),
  zfill,
});
