import { PyError } from '../errors.js';
import { getItem } from '../runtime/access.js';
import type { RenderState } from '../runtime/state.js';
import { isInt } from '../values/numbers.js';
import { pyStr } from '../values/text.js';
import { isUndefined } from '../values/undefined.js';

/** Reads `attribute` of an item: a dotted path, digits are indexes; undefined steps give the default. */
export type Getter = (item: unknown) => unknown;

/** The getter for the `attribute` argument of a filter; the item itself when there is none. */
export function attributeGetter(attribute: unknown, state: RenderState, fallback?: unknown): Getter {
  const parts = attributeParts(attribute);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part, state);
      if (fallback !== undefined && fallback !== null && isUndefined(value)) value = fallback;
    }
    return value;
  };
}

function attributeParts(attribute: unknown): unknown[] {
  if (attribute === undefined || attribute === null) return [];
  if (typeof attribute !== 'string') return [attribute];
  return attribute.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Several getters for `sort(attribute='a,b')`. */
export function attributeGetters(attribute: unknown, state: RenderState): Getter[] {
  if (typeof attribute !== 'string') return [attributeGetter(attribute, state)];
  return attribute.split(',').map((part) => attributeGetter(part, state));
}

/** Texts in lower case, anything else as it is: how filters compare without regard to case. */
export function ignoreCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The text of a filter's input. */
export function inputText(value: unknown): string {
  return pyStr(value);
}

/** Jinja's error for wrong arguments of a filter. */
export function filterArgumentError(message: string): PyError {
  return new PyError('FilterArgumentError', message);
}

/** An argument that must be an int. */
export function integer(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return Number(value);
  throw new PyError('TypeError', `'${typeof value}' object cannot be interpreted as an integer`);
}
