import { typeError } from '../errors.js';
import { replaceText, STR_METHODS } from '../methods/str.js';
import { splitLines, stripChars, stripWhitespace } from '../methods/str-text.js';
import { type FilterFunction, filterWith } from '../runtime/functions.js';
import { printf } from '../text/printf.js';
import { wrapText } from '../text/wrap.js';
import { PyDict } from '../values/dict.js';
import { pyLength, truthy } from '../values/iterate.js';
import { NO_KEYWORDS } from '../values/protocol.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { requireDefined } from '../values/undefined.js';
import { filterArgumentError, inputText, integer } from './helpers.js';

function method(name: string, ...defaults: readonly unknown[]): FilterFunction {
  return (value, positional, keyword) => {
    const fn = STR_METHODS.get(name);
    if (!fn) throw typeError(`no method ${name}`);
    const args = positional.length > 0 || keyword.size > 0 ? positional : defaults;
    return fn(inputText(value) as never, { positional: args, keyword });
  };
}

/** Jinja's own title case: words start after whitespace, dashes and opening brackets. */
const title: FilterFunction = (value) =>
  inputText(value)
    .split(/([-\s({[<]+)/u)
    .map((part) => {
      const [first = '', ...rest] = Array.from(part);
      return first.toUpperCase() + rest.join('').toLowerCase();
    })
    .join('');

const trim = filterWith('trim', [{ name: 'chars', default: null }], (value, [chars]) =>
  chars === null
    ? stripWhitespace(inputText(value), true, true)
    : stripChars(inputText(value), String(chars), true, true),
);

const replace = filterWith('replace', ['old', 'new', { name: 'count', default: null }], (value, [from, to, count]) =>
  replaceText(inputText(value), inputText(from), inputText(to), count === null ? -1 : integer(count)),
);

const indent = filterWith(
  'indent',
  [
    { name: 'width', default: 4 },
    { name: 'first', default: false },
    { name: 'blank', default: false },
  ],
  (value, [width, first, blank]) => {
    const pad = typeof width === 'string' ? width : ' '.repeat(Math.max(0, integer(width)));
    requireDefined(value);
    if (typeof value !== 'string') {
      throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
    }
    const text = `${value}\n`;
    let out: string;
    if (truthy(blank)) out = splitLines(text, false).join(`\n${pad}`);
    else {
      const [head = '', ...rest] = splitLines(text, false);
      out = head;
      for (const line of rest) out += `\n${line === '' ? '' : pad + line}`;
    }
    return truthy(first) ? pad + out : out;
  },
);

const format: FilterFunction = (value, positional, keyword) => {
  if (positional.length > 0 && keyword.size > 0) {
    throw filterArgumentError("can't handle positional and keyword arguments at the same time");
  }
  return printf(inputText(value), keyword.size > 0 ? PyDict.from(keyword) : new PyTuple(positional));
};

const center = filterWith('center', [{ name: 'width', default: 80 }], (value, [width]) =>
  STR_METHODS.get('center')?.(inputText(value) as never, { positional: [width], keyword: NO_KEYWORDS }),
);

const truncate = filterWith(
  'truncate',
  [
    { name: 'length', default: 255 },
    { name: 'killwords', default: false },
    { name: 'end', default: '...' },
    { name: 'leeway', default: null },
  ],
  (value, [lengthArgument, kill, endArgument, leewayArgument]) => {
    const length = integer(lengthArgument);
    const end = inputText(endArgument);
    const leeway = leewayArgument === null ? 5 : integer(leewayArgument);
    const endLength = Array.from(end).length;
    if (length < endLength) throw assertion(`expected length >= ${endLength}, got ${length}`);
    if (leeway < 0) throw assertion(`expected leeway >= 0, got ${leeway}`);
    if (pyLength(value) <= length + leeway) return value;
    const chars = Array.from(inputText(value));
    const head = chars.slice(0, length - endLength).join('');
    if (truthy(kill)) return head + end;
    const space = head.lastIndexOf(' ');
    return (space === -1 ? head : head.slice(0, space)) + end;
  },
);

function assertion(message: string): Error {
  return filterArgumentError(message);
}

const wordcount: FilterFunction = (value) => (inputText(value).match(/[\p{L}\p{N}_]+/gu) ?? []).length;

const wordwrap = filterWith(
  'wordwrap',
  [
    { name: 'width', default: 79 },
    { name: 'break_long_words', default: true },
    { name: 'wrapstring', default: null },
    { name: 'break_on_hyphens', default: true },
  ],
  (value, [width, breakLong, separator, hyphens]) => {
    const joint = separator === null ? '\n' : inputText(separator);
    return splitLines(inputText(value), false)
      .map((line) => wrapText(line, integer(width), truthy(breakLong), truthy(hyphens)).join(joint))
      .join(joint);
  },
);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** HTML escaping as markupsafe does it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>'"]/g, (char) => ESCAPES[char] ?? char);
}

const escapeFilter: FilterFunction = (value) => escapeHtml(inputText(value));
const string: FilterFunction = (value) => inputText(value);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

const striptags: FilterFunction = (value) =>
  inputText(value)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole: string, dec?: string, hex?: string, name?: string) => {
      if (dec) return String.fromCodePoint(Math.min(0x10ffff, Number(dec)));
      if (hex) return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16)));
      return (Object.hasOwn(ENTITIES, name ?? '') ? ENTITIES[name ?? ''] : undefined) ?? whole;
    })
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ');

const urlize = filterWith(
  'urlize',
  [
    { name: 'trim_url_limit', default: null },
    { name: 'nofollow', default: false },
    { name: 'target', default: null },
    { name: 'rel', default: null },
    { name: 'extra_schemes', default: null },
  ],
  (value, [limit, nofollow, target, rel]) => {
    const rels = new Set(['noopener', ...(rel === null ? [] : inputText(rel).split(/\s+/))]);
    if (truthy(nofollow)) rels.add('nofollow');
    const attributes = ` rel="${[...rels].sort().join(' ')}"${target === null ? '' : ` target="${inputText(target)}"`}`;
    const short = (text: string): string => {
      const most = limit === null ? text.length : integer(limit);
      return text.length > most ? `${text.slice(0, most)}...` : text;
    };
    return escapeHtml(inputText(value))
      .split(/(\s+)/)
      .map((word) => {
        const parts = /^((?:[(<]|&lt;)*)([\s\S]*?)((?:[.,)>\n]|&gt;)*)$/.exec(word);
        const [, head = '', middle = '', tail = ''] = parts ?? [];
        if (/^https?:\/\/\S+\.\S+|^https?:\/\/localhost/.test(middle)) {
          return `${head}<a href="${middle}"${attributes}>${short(middle)}</a>${tail}`;
        }
        if (/^www\.\S+\.\S+|^[\w-]+\.(?:com|net|int|edu|gov|org|info|mil)(?:$|\/)/.test(middle)) {
          return `${head}<a href="https://${middle}"${attributes}>${short(middle)}</a>${tail}`;
        }
        if (/^\S+@\w[\w.-]*\.\w+$/.test(middle)) return `${head}<a href="mailto:${middle}">${middle}</a>${tail}`;
        return word;
      })
      .join('');
  },
);

/** The filters on texts. */
export const TEXT_FILTERS: Readonly<Record<string, FilterFunction>> = {
  capitalize: method('capitalize'),
  center,
  e: escapeFilter,
  escape: escapeFilter,
  forceescape: escapeFilter,
  format,
  indent,
  lower: method('lower'),
  replace,
  safe: string,
  string,
  striptags,
  title,
  trim,
  truncate,
  upper: method('upper'),
  urlize,
  wordcount,
  wordwrap,
};
