import { isDict, PyDict } from '../../jinja/values.js';

/** A dict of YAML while it is read: a plain object while its keys allow, a PyDict from the first key that does not. */
export type YamlDict = Record<string, unknown> | PyDict;

/**
 * Whether a plain object would reorder or lose the key: JavaScript puts integer-like keys first, `__proto__` is no
 * ordinary property, and every key becomes a string.
 */
export function needsPyDict(key: unknown): boolean {
  if (typeof key !== 'string') return true;
  const first = key.charCodeAt(0);
  if (first >= 48 && first <= 57) return /^(?:0|[1-9]\d*)$/.test(key);
  return key === '__proto__';
}

/** Whether the key is there already. */
export function hasKey(dict: YamlDict, key: unknown): boolean {
  return dict instanceof PyDict ? dict.has(key) : typeof key === 'string' && Object.hasOwn(dict, key);
}

/** Adds an item and returns the dict, which is another one when the key needs it. */
export function putKey(dict: YamlDict, key: unknown, value: unknown): YamlDict {
  if (dict instanceof PyDict) {
    dict.set(key, value);
    return dict;
  }
  if (needsPyDict(key)) {
    const converted = PyDict.from(dict);
    converted.set(key, value);
    return converted;
  }
  dict[key as string] = value;
  return dict;
}

/** Whether a value can be the key of a dict: lists and dicts can't. */
export function hashable(value: unknown): boolean {
  return !Array.isArray(value) && !isDict(value);
}
