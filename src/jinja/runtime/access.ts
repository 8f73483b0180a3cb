import { PyError, typeError } from '../errors.js';
import { DICT_METHODS } from '../methods/dict.js';
import { LIST_METHODS } from '../methods/list.js';
import type { Method, MethodTable } from '../methods/method.js';
import { positionalOnly } from '../methods/method.js';
import { FLOAT_METHODS, INT_METHODS, numberAttribute } from '../methods/number.js';
import { BYTES_METHODS, SET_METHODS, TUPLE_METHODS } from '../methods/other.js';
import { STR_METHODS as PLAIN_STR_METHODS } from '../methods/str.js';
import { type FieldAccess, strFormat, strFormatMap } from '../text/str-format.js';
import { dictGet, isDict } from '../values/dict.js';
import { hasSurrogates } from '../values/iterate.js';
import { isFloat, isNumeric, toIndex } from '../values/numbers.js';
import { asHost, hostMethod, JINJA } from '../values/protocol.js';
import { PyBytes, PyRange } from '../values/sequence.js';
import { PySet } from '../values/set.js';
import { pyRepr } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { typeName } from '../values/type-name.js';
import { Undefined } from '../values/undefined.js';
import { DETACHED, type RenderState } from './state.js';

const FIELD_ACCESS: FieldAccess = { attr: getAttr, item: getItem };

/** The methods of texts with those that need access to other values. */
const STR_METHODS: MethodTable = new Map<string, Method<never>>([
  ...PLAIN_STR_METHODS,
  ['format', (self, args) => strFormat(self, args, FIELD_ACCESS)],
  ['format_map', (self, args) => strFormatMap(self, positionalOnly('str', 'format_map', args, 1)[0], FIELD_ACCESS)],
]);

/** The methods that a value has, by its kind; undefined for objects of the host. */
export function methodsOf(value: unknown): MethodTable | undefined {
  if (typeof value === 'string') return STR_METHODS;
  if (Array.isArray(value)) return LIST_METHODS;
  if (isDict(value)) return DICT_METHODS;
  if (value instanceof PyTuple) return TUPLE_METHODS;
  if (isNumeric(value)) return isFloat(value) ? FLOAT_METHODS : INT_METHODS;
  if (value instanceof PySet) return SET_METHODS;
  if (value instanceof PyBytes) return BYTES_METHODS;
  return undefined;
}

/** `value.name` as Jinja reads it: the attribute, else the item, else undefined. */
export function getAttr(value: unknown, name: string, state: RenderState = DETACHED, _place?: number): unknown {
  const attribute = attributeOf(value, name, state);
  if (attribute !== undefined) return attribute;
  const item = itemOf(value, name);
  if (item !== undefined) return item;
  return missingFrom(value, name, state);
}

/** `value[key]` as Jinja reads it: the item, else (for a str key) the attribute, else undefined. */
export function getItem(value: unknown, key: unknown, state: RenderState = DETACHED, _place?: number): unknown {
  if (value instanceof Undefined) {
    if (value.lenient) return value;
    throw value.error();
  }
  const item = itemOf(value, key);
  if (item !== undefined) return item;
  if (typeof key === 'string') {
    const attribute = attributeOf(value, key, state);
    if (attribute !== undefined) return attribute;
  }
  return missingFrom(value, key, state);
}

function attributeOf(value: unknown, name: string, state: RenderState): unknown {
  if (value instanceof Undefined) {
    if (value.lenient) return name === 'name' ? value.name : new Undefined(name, { lenient: true });
    throw value.error();
  }
  if (name.startsWith('__') && name.endsWith('__') && DUNDERS.has(name) && !isDict(value))
    return unsafe(value, name, state);
  const methods = methodsOf(value);
  if (methods !== undefined) {
    const method = methods.get(name);
    if (method !== undefined) return hostMethod(typeName(value), name, (args) => method(value as never, args));
    if (isNumeric(value)) return numberAttribute(value, name);
    if (!(value instanceof PyTuple)) return undefined;
  }
  if (value instanceof PyRange && (name === 'start' || name === 'stop' || name === 'step')) return value[name];
  const host = asHost(value);
  const own = host?.[JINJA.attr];
  if (host && typeof own === 'function') {
    const attribute = own.call(host, name);
    if (attribute !== undefined && name.startsWith('_')) return unsafe(value, name, state);
    return attribute;
  }
  return undefined;
}

/** Attributes that every Python object has and no template may read. */
const DUNDERS = new Set(
  (
    '__class__ __delattr__ __dict__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ ' +
    '__hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ ' +
    '__sizeof__ __str__ __subclasshook__ __call__ __globals__ __code__ __mro__ __subclasses__ __builtins__ __module__'
  ).split(' '),
);

function unsafe(value: unknown, name: string, state: RenderState): Undefined {
  const message = `access to attribute ${pyRepr(name)} of ${pyRepr(typeName(value))} object is unsafe.`;
  return new Undefined(name, { lenient: state.lenient, message, security: !state.lenient });
}

function missingFrom(value: unknown, key: unknown, state: RenderState): Undefined {
  if (state.lenient) {
    return new Undefined(key, {
      lenient: true,
      ...(typeof key === 'string' ? {} : { message: `${pyRepr(key)} is undefined` }),
    });
  }
  const owner = value === null ? 'None' : `${typeName(value)} object`;
  const message =
    typeof key === 'string'
      ? `${pyRepr(owner)} has no attribute ${pyRepr(key)}`
      : `${owner} has no element ${pyRepr(key)}`;
  return new Undefined(key, { message });
}

/** The item under a key, or JavaScript's undefined where Python raises a TypeError or LookupError. */
function itemOf(value: unknown, key: unknown): unknown {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof PyTuple || value instanceof PyRange) {
    const index = toIndex(key);
    return index === undefined ? undefined : at(value, index);
  }
  if (isDict(value)) {
    try {
      return dictGet(value, key);
    } catch (error) {
      if (error instanceof PyError && error.type === 'TypeError') return undefined;
      throw error;
    }
  }
  const host = asHost(value);
  const own = host?.[JINJA.item];
  if (host && typeof own === 'function') return own.call(host, key);
  if (value instanceof PyBytes) return value.bytes.at(toIndex(key) ?? Number.MAX_SAFE_INTEGER);
  return undefined;
}

function at(value: string | readonly unknown[] | PyTuple | PyRange, index: number): unknown {
  if (typeof value === 'string') {
    const chars = hasSurrogates(value) ? Array.from(value) : value;
    return chars[index < 0 ? index + chars.length : index];
  }
  if (value instanceof PyRange) {
    const i = index < 0 ? index + value.length : index;
    return i >= 0 && i < value.length ? value.at(i) : undefined;
  }
  const items = value instanceof PyTuple ? value.items : value;
  const i = index < 0 ? index + items.length : index;
  if (i < 0 || i >= items.length) return undefined;
  const item = items[i];
  return item === undefined ? null : item;
}

/** A slice as an object of the host gets it in `item`. */
export class PySlice {
  constructor(
    readonly start: unknown,
    readonly stop: unknown,
    readonly step: unknown,
  ) {}
}

/** `value[start:stop:step]`. */
export function getSlice(value: unknown, start: unknown, stop: unknown, step: unknown, _place?: number): unknown {
  if (value instanceof Undefined) {
    if (value.lenient) return value;
    throw value.error();
  }
  if (typeof value === 'string') {
    if (!hasSurrogates(value)) {
      const [from, to, by] = sliceBounds(value.length, start, stop, step);
      if (by === 1) return value.slice(from, Math.max(from, to));
      return pick(value, from, to, by).join('');
    }
    const chars = Array.from(value);
    return pick(chars, ...sliceBounds(chars.length, start, stop, step)).join('');
  }
  if (Array.isArray(value)) return pick(value, ...sliceBounds(value.length, start, stop, step));
  if (value instanceof PyTuple) {
    return new PyTuple(pick(value.items, ...sliceBounds(value.items.length, start, stop, step)));
  }
  if (value instanceof PyRange) {
    const [from, to, by] = sliceBounds(value.length, start, stop, step);
    return new PyRange(value.at(from), value.at(to), value.step * by);
  }
  if (isDict(value)) throw typeError("unhashable type: 'slice'");
  const host = asHost(value);
  const item = host?.[JINJA.item];
  const own = host && typeof item === 'function' ? item.call(host, new PySlice(start, stop, step)) : undefined;
  if (own !== undefined) return own;
  const iter = host?.[JINJA.iter];
  if (host && typeof iter === 'function') {
    const all = [...iter.call(host)];
    return pick(all, ...sliceBounds(all.length, start, stop, step));
  }
  throw typeError(`'${typeName(value)}' object is not subscriptable`);
}

function pick<T>(items: ArrayLike<T>, from: number, to: number, by: number): T[] {
  const out: T[] = [];
  if (by > 0) for (let i = from; i < to; i += by) out.push(items[i] as T);
  else for (let i = from; i > to; i += by) out.push(items[i] as T);
  return out;
}

function sliceBounds(length: number, start: unknown, stop: unknown, step: unknown): [number, number, number] {
  const by = step === null || step === undefined ? 1 : sliceIndex(step);
  if (by === 0) throw new PyError('ValueError', 'slice step cannot be zero');
  const low = by > 0 ? 0 : -1;
  const high = by > 0 ? length : length - 1;
  const clamp = (value: unknown, fallback: number): number => {
    if (value === null || value === undefined) return fallback;
    const index = sliceIndex(value);
    const absolute = index < 0 ? index + length : index;
    return Math.min(high, Math.max(low, absolute));
  };
  return [clamp(start, by > 0 ? low : high), clamp(stop, by > 0 ? high : low), by];
}

function sliceIndex(value: unknown): number {
  const index = toIndex(value);
  if (index === undefined) {
    if (value instanceof Undefined) throw value.error();
    throw typeError('slice indices must be integers or None or have an __index__ method');
  }
  return index;
}

/** `{% set value.name = item %}`: only namespaces take it. */
export function setAttr(value: unknown, name: string, item: unknown, _place?: number): void {
  const host = asHost(value);
  const own = host?.[JINJA.setAttr];
  if (host && typeof own === 'function') {
    own.call(host, name, item);
    return;
  }
  throw new PyError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
}
