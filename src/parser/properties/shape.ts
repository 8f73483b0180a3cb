import { asRecord } from '../../config/yaml.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { PyDate } from '../../jinja/values/datetime/date.js';
import { PyDateTime } from '../../jinja/values/datetime/datetime.js';
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
  | 'date'
  | 'integer'
  | 'null'
  | 'number'
  | 'object'
  | 'string'
  /** One of these words. */
  | readonly string[]
  | { readonly list: Shape }
  | { readonly either: readonly Shape[] }
  | { readonly keys: Keys; readonly open?: boolean };

/** The keys of a mapping; a name that ends with `!` must be there. */
export type Keys = { readonly [key: string]: Shape };

/** A value that may be null, as dbt's `Optional`. */
export function nullable(shape: Shape): Shape {
  return typeof shape === 'object' && 'either' in shape
    ? { either: [...shape.either, 'null'] }
    : { either: [shape, 'null'] };
}

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
 * @param keys - the keys of the entry
 * @param open - whether it may have other keys too
 * @throws DbtError `properties-invalid` with the place of the first thing that is wrong.
 */
export function checkShape(entry: PropertiesEntry, keys: Keys, open = false): void {
  if (fits(entry.data, { keys, open })) return;
  const problem = problemOf(entry.data, { keys, open }, []);
  if (!problem) return;
  const message = `at path ${pathText(problem.path)}: ${problem.message}`;
  throw invalidEntry(entry, problem.at ?? problem.path, message, problem.hint);
}

/** The keys of a shape taken apart, once. */
const TAKEN_APART = new WeakMap<Keys, ReadonlyMap<string, { readonly shape: Shape; readonly required: boolean }>>();

function partsOf(keys: Keys): ReadonlyMap<string, { readonly shape: Shape; readonly required: boolean }> {
  let parts = TAKEN_APART.get(keys);
  if (!parts) {
    parts = new Map(
      Object.entries(keys).map(([key, shape]) => [key.replace(/!$/, ''), { shape, required: key.endsWith('!') }]),
    );
    TAKEN_APART.set(keys, parts);
  }
  return parts;
}

/** Whether a value has a shape: nearly all have, and nothing is noted of them. */
function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return isOfType(value, shape);
  if (isWords(shape)) return shape.includes(value as string);
  if ('list' in shape) return Array.isArray(value) && value.every((item) => fits(item, shape.list));
  if ('either' in shape) return shape.either.some((one) => fits(value, one));
  const record = asRecord(value);
  if (!record) return false;
  const parts = partsOf(shape.keys);
  for (const [name, { shape: of, required }] of parts) {
    const item = Object.hasOwn(record, name) ? record[name] : undefined;
    if (item === undefined ? required : !fits(item, of)) return false;
  }
  return shape.open === true || Object.keys(record).every((name) => parts.has(name));
}

/** `['columns'][0]['name']`, as dbt writes a path. */
function pathText(path: readonly Step[]): string {
  return `[${path.map((step) => pyRepr(step)).join('][')}]`;
}

interface Problem {
  readonly path: readonly Step[];
  /** The place of what is wrong, where it is deeper than the path that dbt names. */
  readonly at?: readonly Step[];
  readonly message: string;
  readonly hint: string;
}

function problemOf(value: unknown, shape: Shape, path: readonly Step[]): Problem | null {
  if (typeof shape === 'string') {
    if (isOfType(value, shape)) return null;
    return { path, message: `${pyRepr(value)} is not of type '${shape}'`, hint: typeHint(value, shape) };
  }
  if (isWords(shape)) {
    if (shape.includes(value as string)) return null;
    const message = `${pyRepr(value)} is not one of ${pyRepr(shape)}`;
    return { path, message, hint: `Use one of ${shape.join(', ')}.` };
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return problemOf(value, 'array', path);
    return first(value.map((item, i) => () => problemOf(item, shape.list, [...path, i])));
  }
  if ('either' in shape) return problemOfEither(value, shape.either, path);
  const record = asRecord(value);
  return record ? problemOfKeys(record, shape.keys, path, shape.open === true) : problemOf(value, 'object', path);
}

/** dbt only says that no form fits; where there is one form besides null, the hint and the place are those of its problem. */
function problemOfEither(value: unknown, shapes: readonly Shape[], path: readonly Step[]): Problem | null {
  const problems = shapes.map((shape) => problemOf(value, shape, path));
  if (problems.includes(null)) return null;
  const real = problems.filter((_, i) => shapes[i] !== 'null');
  // A mapping is meant as the form that takes mappings.
  const meant = real.length === 1 ? real[0] : real.find((p) => p && (p.at ?? p.path).length > path.length);
  return {
    path,
    at: meant?.at ?? meant?.path ?? path,
    message: `${pyRepr(value)} is not valid under any of the given schemas`,
    hint:
      meant?.hint ??
      `It must be ${shapes
        .filter((s) => s !== 'null')
        .map(nameOf)
        .join(' or ')}.`,
  };
}

function nameOf(shape: Shape): string {
  if (typeof shape === 'string') return TYPE_NAMES[shape] ?? shape;
  if (isWords(shape)) return `one of ${shape.join(', ')}`;
  if ('list' in shape) return 'a list';
  return 'either' in shape ? shape.either.map(nameOf).join(' or ') : 'a mapping';
}

const TYPE_NAMES: { readonly [type: string]: string } = {
  array: 'a list',
  boolean: 'true or false',
  date: 'a date',
  integer: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  string: 'a text',
};

function typeHint(value: unknown, type: string): string {
  if (type === 'string' && value === null) return "Leave the key out, or write ''.";
  if (type === 'string' && typeof value !== 'object') return 'Put it in quotes.';
  return `It must be ${TYPE_NAMES[type] ?? type}.`;
}

function isWords(shape: Exclude<Shape, string>): shape is readonly string[] {
  return Array.isArray(shape);
}

function problemOfKeys(record: Record, keys: Keys, path: readonly Step[], open: boolean): Problem | null {
  const names = Object.keys(keys).map((name) => name.replace(/!$/, ''));
  const extra = open ? [] : Object.keys(record).filter((name) => !names.includes(name));
  if (extra[0] !== undefined) {
    const list = extra.map((name) => pyRepr(name)).join(', ');
    const message = `Additional properties are not allowed (${list} ${extra.length === 1 ? 'was' : 'were'} unexpected)`;
    const hint = didYouMean(extra[0], names) ?? `Its keys are ${names.join(', ')}.`;
    return { path, at: [...path, extra[0]], message, hint };
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
      if (value === undefined) return null;
      return problemOf(value, shape, [...path, name]);
    }),
  );
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'date':
      return typeof value === 'string' || value instanceof PyDate || value instanceof PyDateTime;
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
