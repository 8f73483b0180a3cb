import { typeError } from '../errors.js';
import { toIndex } from '../values/numbers.js';
import type { CallArgs } from '../values/protocol.js';
import { typeName } from '../values/type-name.js';
import { requireDefined } from '../values/undefined.js';

/** A method of a value: `self` is of the kind that the table is for. */
export type Method<T> = (self: T, args: CallArgs) => unknown;

/** The methods of one kind of value. The key is compared only, never used to reach into JavaScript. */
export type MethodTable = ReadonlyMap<string, Method<never>>;

/** Builds a table from a record; a Map, so that names like `constructor` find nothing. */
export function methodTable<T>(methods: Record<string, Method<T>>): MethodTable {
  return new Map(Object.entries(methods)) as MethodTable;
}

/** Checks the number of positional arguments of a method that takes no keywords, in Python's words. */
export function positionalOnly(
  owner: string,
  name: string,
  args: CallArgs,
  least: number,
  most = least,
): readonly unknown[] {
  const given = args.positional.length;
  if (args.keyword.size > 0) throw typeError(`${owner}.${name}() takes no keyword arguments`);
  if (given >= least && given <= most) return args.positional;
  if (most === 0) throw typeError(`${owner}.${name}() takes no arguments (${given} given)`);
  if (least === most && least === 1) throw typeError(`${owner}.${name}() takes exactly one argument (${given} given)`);
  if (given < least) {
    const bound = least === most ? '' : 'at least ';
    throw typeError(`${name} expected ${bound}${least} argument${least === 1 ? '' : 's'}, got ${given}`);
  }
  const bound = least === most ? '' : 'at most ';
  throw typeError(`${name} expected ${bound}${most} argument${most === 1 ? '' : 's'}, got ${given}`);
}

/** An argument that must be an int. */
export function intArgument(value: unknown): number {
  requireDefined(value);
  const index = toIndex(value);
  if (index === undefined) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return index;
}
