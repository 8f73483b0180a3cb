import { typeError } from '../errors.js';
import type { CallArgs } from './protocol.js';

/** A parameter of a host function: required, or with the value it has when it is not given. */
export type Parameter = string | { readonly name: string; readonly default: unknown };

/**
 * Binds the arguments of a call to parameters as Python does and returns the values in the parameters' order. Raises
 * Python's TypeErrors: too many, missing, unexpected, given twice.
 */
export function bindArguments(fnName: string, args: CallArgs, parameters: readonly Parameter[]): unknown[] {
  const { positional, keyword } = args;
  const values: unknown[] = positional.slice(0, parameters.length);
  if (positional.length > parameters.length) {
    throw typeError(tooMany(fnName, positional.length, parameters));
  }
  let used = 0;
  const missing: string[] = [];
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    const name = typeof parameter === 'string' ? parameter : parameter.name;
    if (keyword.size > 0 && keyword.has(name)) {
      if (i < positional.length) throw typeError(`${fnName}() got multiple values for argument '${name}'`);
      used += 1;
      values[i] = keyword.get(name);
    } else if (i >= positional.length) {
      if (typeof parameter === 'string') missing.push(name);
      else values[i] = parameter.default;
    }
  }
  if (used < keyword.size) {
    const names = new Set(parameters.map((p) => (typeof p === 'string' ? p : p.name)));
    for (const name of keyword.keys()) {
      if (!names.has(name)) throw typeError(`${fnName}() got an unexpected keyword argument '${name}'`);
    }
  }
  if (missing.length > 0) throw typeError(missingMessage(fnName, missing));
  return values;
}

function tooMany(fnName: string, given: number, parameters: readonly Parameter[]): string {
  const most = parameters.length;
  const least = parameters.filter((p) => typeof p === 'string').length;
  const takes = least === most ? `${most}` : `from ${least} to ${most}`;
  const were = given === 1 ? 'was' : 'were';
  return `${fnName}() takes ${takes} positional argument${most === 1 ? '' : 's'} but ${given} ${were} given`;
}

function missingMessage(fnName: string, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  let list = last;
  if (quoted.length === 1) list = `${quoted[0]} and ${last}`;
  else if (quoted.length > 1) list = `${quoted.join(', ')}, and ${last}`;
  const plural = names.length === 1 ? '' : 's';
  return `${fnName}() missing ${names.length} required positional argument${plural}: ${list}`;
}
