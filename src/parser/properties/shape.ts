import { asRecord } from '../../config/yaml.js';
import { isInt, pyRepr } from '../../jinja/values.js';
import type { Refuse } from '../manifest-builder.js';
import type { PropertiesEntry, Record } from './file.js';

/** A step of a path into an entry. */
export type Step = string | number;

/** What a value of an entry must be. */
export type Shape =
  | 'any'
  | 'array'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'object'
  | 'string'
  /** One of these words. */
  | readonly string[]
  | { readonly list: Shape }
  | { readonly either: readonly Shape[] }
  | { readonly keys: Keys; readonly open?: boolean };

/** The keys of a mapping; a name that ends with `!` must be there, other values may be null. */
export type Keys = { readonly [key: string]: Shape };

/** Errors at places of an entry. */
export function refuseAt({ file, place }: PropertiesEntry): Refuse {
  return (path, message, hint) => file.error([...place.path, ...path], message, hint);
}

/** dbt's error of an entry that is not valid, at a path within it. */
export function invalidEntry(entry: PropertiesEntry, path: readonly Step[], message: string, hint: string): Error {
  const { key, file, place } = entry;
  return file.error(
    [...place.path, ...path],
    `Invalid ${key} config given in ${file.file.original} @ ${key}: ${message}`,
    hint,
  );
}

/**
 * Checks an entry against its shape, in the words of dbt's schema: required keys, no other ones, the type of each.
 *
 * @throws DbtError `properties-invalid` with the place of the first thing that is wrong.
 */
export function checkShape(entry: PropertiesEntry, keys: Keys): void {
  const problem = problemOf(entry.data, { keys }, []);
  if (problem)
    throw invalidEntry(entry, problem.path, `at path ${pyRepr(problem.path)}: ${problem.message}`, problem.hint);
}

interface Problem {
  readonly path: readonly Step[];
  readonly message: string;
  readonly hint: string;
}

function problemOf(value: unknown, shape: Shape, path: readonly Step[]): Problem | null {
  const notType = (type: string): Problem => ({
    path,
    message: `${pyRepr(value)} is not of type '${type}'`,
    hint: `It must be of type ${type}.`,
  });
  if (typeof shape === 'string') return isOfType(value, shape) ? null : notType(shape);
  if (Array.isArray(shape)) {
    if (shape.includes(value as string)) return null;
    const message = `${pyRepr(value)} is not one of ${pyRepr(shape)}`;
    return { path, message, hint: `Use one of ${shape.join(', ')}.` };
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return notType('array');
    return first(value.map((item, i) => () => problemOf(item, shape.list, [...path, i])));
  }
  if ('either' in shape) {
    if (shape.either.some((one) => problemOf(value, one, path) === null)) return null;
    const message = `${pyRepr(value)} is not valid under any of the given schemas`;
    return { path, message, hint: 'It has the wrong type.' };
  }
  const record = asRecord(value);
  if (!record) return notType('object');
  return problemOfKeys(
    record,
    (shape as { readonly keys: Keys }).keys,
    path,
    (shape as { open?: boolean }).open === true,
  );
}

function problemOfKeys(record: Record, keys: Keys, path: readonly Step[], open: boolean): Problem | null {
  const names = Object.keys(keys).map((name) => name.replace(/!$/, ''));
  const extra = open ? [] : Object.keys(record).filter((name) => !names.includes(name));
  if (extra[0] !== undefined) {
    const list = extra.map((name) => pyRepr(name)).join(', ');
    const message = `Additional properties are not allowed (${list} ${extra.length === 1 ? 'was' : 'were'} unexpected)`;
    return { path: [...path, extra[0]], message, hint: `Its keys are ${names.join(', ')}.` };
  }
  const missing = Object.keys(keys).find((name) => name.endsWith('!') && !Object.hasOwn(record, name.slice(0, -1)));
  if (missing !== undefined) {
    const name = missing.slice(0, -1);
    return { path, message: `${pyRepr(name)} is a required property`, hint: `Add '${name}: …' to it.` };
  }
  return first(
    Object.entries(keys).map(([written, shape]) => () => {
      const required = written.endsWith('!');
      const name = required ? written.slice(0, -1) : written;
      const value = record[name];
      if (value === undefined || (value === null && !required)) return null;
      return problemOf(value, shape, [...path, name]);
    }),
  );
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return asRecord(value) !== undefined;
    case 'integer':
      return isInt(value);
    case 'number':
      return (
        isInt(value) || typeof value === 'number' || (value !== null && typeof value === 'object' && 'value' in value)
      );
    default:
      return typeof value === type;
  }
}

function first(checks: readonly (() => Problem | null)[]): Problem | null {
  for (const check of checks) {
    const problem = check();
    if (problem) return problem;
  }
  return null;
}
