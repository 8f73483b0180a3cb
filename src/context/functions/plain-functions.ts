import { createHash } from 'node:crypto';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { PyError, typeError } from '../../jinja/errors.js';
import {
  bindArguments,
  type CallArgs,
  dictEntries,
  dictGet,
  type HostObject,
  hostFunction,
  isDict,
  iterate,
  PyDict,
  PyIterator,
  PySet,
  PyTuple,
  toArray,
  typeName,
} from '../../jinja/values.js';
import { jsonDumps, jsonLoads } from './json.js';

/** Python's MD5 of a text, hexadecimal: dbt's `local_md5`. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** The functions of dbt's context that depend on nothing: json, sets, zip, md5, dictionaries. */
export const PLAIN_FUNCTIONS: ReadonlyMap<string, HostObject> = new Map([
  define('tojson', ['value', 'default', 'sort_keys'], [null, null, false], ([value, fallback, sortKeys]) =>
    valueErrorGives(fallback, () => jsonDumps(value, sortKeys === true)),
  ),
  define('fromjson', ['string', 'default'], [null, null], ([text, fallback]) => {
    if (typeof text !== 'string')
      throw typeError(`the JSON object must be str, bytes or bytearray, not ${typeName(text)}`);
    return valueErrorGives(fallback, () => jsonLoads(text));
  }),
  define('set', ['value', 'default'], [null, null], ([value, fallback]) =>
    pyErrorGives('TypeError', fallback, () => new PySet(iterate(value))),
  ),
  define('set_strict', ['value'], [], ([value]) => strict('set_strict', () => new PySet(iterate(value)))),
  define('local_md5', ['value'], [], ([value]) => md5(textOf(value, 'encode'))),
  define('diff_of_two_dicts', ['dict_a', 'dict_b'], [], ([a, b]) => diffOfTwoDicts(a, b)),
  [
    'zip',
    hostFunction('zip', (args) => pyErrorGives('TypeError', args.keyword.get('default') ?? null, () => zip(args))),
  ],
  [
    'zip_strict',
    hostFunction('zip_strict', ({ positional, keyword }) => {
      bindArguments('zip_strict', { positional: [], keyword }, []);
      return strict('zip_strict', () => zip({ positional, keyword }));
    }),
  ],
]);

/** A function with named parameters; the last ones have the given defaults. */
export function define(
  name: string,
  names: readonly string[],
  defaults: readonly unknown[],
  body: (values: unknown[]) => unknown,
): [string, HostObject] {
  const required = names.length - Math.min(defaults.length, names.length);
  const parameters = names.map((parameter, i) =>
    i < required || (defaults.length === names.length && i === 0)
      ? parameter
      : { name: parameter, default: defaults[i - (names.length - defaults.length)] },
  );
  return [name, hostFunction(name, (args) => body(bindArguments(name, args, parameters)))];
}

function zip(args: CallArgs): PyIterator {
  const lists = args.positional.map((value) => toArray(value));
  const length = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  return new PyIterator(
    Array.from({ length }, (_, i) => new PyTuple(lists.map((list) => list[i]))),
    'zip',
  );
}

function valueErrorGives(fallback: unknown, body: () => unknown): unknown {
  return pyErrorGives('ValueError', fallback, body);
}

function pyErrorGives(type: PyError['type'], fallback: unknown, body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError && error.type === type) return fallback ?? null;
    throw error;
  }
}

function strict(name: string, body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    if (isDbtError(error)) {
      throw new DbtError('compilation', error.message, {
        cause: error,
        hint: `${name} raises what '${name.replace('_strict', '')}' answers with its default.`,
      });
    }
    throw error;
  }
}

const folded = (value: unknown): string => textOf(value, 'casefold').toLowerCase();

/** A text, or Python's error for a value that does not have a text's method. */
function textOf(value: unknown, method: string): string {
  if (typeof value === 'string') return value;
  throw noAttribute(value, method);
}

function noAttribute(value: unknown, name: string): PyError {
  return new PyError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}

/** `a` without what `b` has under the same key, ignoring case: what dbt's grants compare. */
function diffOfTwoDicts(a: unknown, b: unknown): PyDict {
  if (!isDict(b)) throw noAttribute(b, 'items');
  const lowered = new Map<string, Set<string>>();
  for (const [key, values] of dictEntries(b)) {
    lowered.set(folded(key), new Set(toArray(values).map(folded)));
  }
  const result = new PyDict();
  for (const key of toArray(a)) {
    const other = lowered.get(folded(key));
    const values = isDict(a) ? dictGet(a, key as string) : null;
    if (!other) result.set(key, values);
    else {
      const rest = toArray(values).filter((v) => !other.has(folded(v)));
      if (rest.length > 0) result.set(key, rest);
    }
  }
  return result;
}
