import { PyError, valueError } from '../errors.js';
import { dictGet, dictHas, isDict } from '../values/dict.js';
import type { CallArgs } from '../values/protocol.js';
import { pyRepr, pyStr } from '../values/text.js';
import { formatValue } from './format-spec.js';

/** How a field reads `.name` and `[key]`: the template's own access, handed in because that knows the methods. */
export interface FieldAccess {
  attr(value: unknown, name: string): unknown;
  item(value: unknown, key: unknown): unknown;
}

interface Fields {
  readonly args: CallArgs;
  readonly access: FieldAccess;
  auto: number;
  mode: string;
}

/**
 * Python's `str.format`, with the sandbox's access rules: a field's `.name` and `[key]` go through the same door as
 * the template's own.
 */
export function strFormat(format: string, args: CallArgs, access: FieldAccess): string {
  return expand(format, { args, access, auto: 0, mode: '' }, 2);
}

/** `str.format_map`. */
export function strFormatMap(format: string, mapping: unknown, access: FieldAccess): string {
  if (!isDict(mapping)) throw new PyError('TypeError', 'format_map() needs a mapping');
  const keyword = {
    has: (key: string) => dictHas(mapping, key),
    get: (key: string) => dictGet(mapping, key),
  } as unknown as ReadonlyMap<string, unknown>;
  return strFormat(format, { positional: [], keyword }, access);
}

function expand(format: string, fields: Fields, depth: number): string {
  if (depth < 0) throw valueError('Max string recursion exceeded');
  let out = '';
  let i = 0;
  while (i < format.length) {
    const char = format[i] as string;
    if (char === '{') {
      if (format[i + 1] === '{') {
        out += '{';
        i += 2;
        continue;
      }
      const end = fieldEnd(format, i + 1);
      out += replacement(format.slice(i + 1, end), fields, depth);
      i = end + 1;
    } else if (char === '}') {
      if (format[i + 1] !== '}') throw valueError("Single '}' encountered in format string");
      out += '}';
      i += 2;
    } else {
      out += char;
      i += 1;
    }
  }
  return out;
}

function fieldEnd(format: string, start: number): number {
  if (start >= format.length) throw valueError("Single '{' encountered in format string");
  let depth = 1;
  for (let i = start; i < format.length; i++) {
    if (format[i] === '[') {
      const close = format.indexOf(']', i);
      if (close !== -1 && depth === 1) i = close;
    } else if (format[i] === '{') depth += 1;
    else if (format[i] === '}') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  throw valueError("expected '}' before end of string");
}

function replacement(field: string, fields: Fields, depth: number): string {
  const match = /^((?:[^!:[]|\[[^\]]*\])*)(?:!(.?))?(?::([\s\S]*))?$/.exec(field);
  if (!match) throw valueError("expected ':' after conversion specifier");
  const [, path = '', conversion, spec = ''] = match;
  let value = lookup(path, fields);
  if (conversion === 's') value = pyStr(value);
  else if (conversion === 'r' || conversion === 'a') value = pyRepr(value);
  else if (conversion !== undefined) {
    if (conversion === '') throw valueError('end of string while looking for conversion specifier');
    throw valueError(`Unknown conversion specifier ${conversion}`);
  }
  return formatValue(value, spec.includes('{') || spec.includes('}') ? expand(spec, fields, depth - 1) : spec);
}

function lookup(path: string, fields: Fields): unknown {
  const head = /^[^.[]*/.exec(path)?.[0] ?? '';
  let value: unknown;
  if (head === '' || /^\d+$/.test(head)) {
    const mode = head === '' ? 'automatic' : 'manual';
    if (fields.mode !== '' && fields.mode !== mode) {
      throw valueError('cannot switch from manual field specification to automatic field numbering');
    }
    fields.mode = mode;
    const index = head === '' ? fields.auto++ : Number(head);
    if (index >= fields.args.positional.length) {
      throw new PyError('IndexError', 'tuple index out of range');
    }
    value = fields.args.positional[index];
  } else {
    if (!fields.args.keyword.has(head)) throw new PyError('KeyError', pyRepr(head));
    value = fields.args.keyword.get(head);
  }
  let rest = path.slice(head.length);
  while (rest !== '') {
    const step = /^(?:\.([^.[]+)|\[([^\]]+)\])/.exec(rest);
    if (!step)
      throw valueError(rest.startsWith('[') ? "Missing ']' in format string" : 'Empty attribute in format string');
    if (step[1] !== undefined) value = fields.access.attr(value, step[1]);
    else value = fields.access.item(value, /^\d+$/.test(step[2] ?? '') ? Number(step[2]) : step[2]);
    rest = rest.slice(step[0].length);
  }
  return value;
}
