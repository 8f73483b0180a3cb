import type { RefArgs } from '../contracts/common.js';
import { DbtError } from '../diagnostics/errors.js';
import { bindArguments, type CallArgs, isUndefined, toPlain, typeName } from '../jinja/values.js';

/** The arguments of `ref([package,] name [, v|version])`, checked as dbt does. */
export function refArguments({ positional, keyword }: CallArgs): RefArgs {
  if (positional.length < 1 || positional.length > 2) {
    throw new DbtError('ref-arguments', `ref() takes at most two arguments (${positional.length} given)`, {
      hint: "Write ref('model') or ref('package', 'model').",
    });
  }
  const name = positional[positional.length - 1];
  const packageName = positional.length === 2 ? positional[0] : null;
  if (typeof name !== 'string') {
    throw new DbtError('ref-arguments', `The name argument to ref() must be a string, got ${className(name)}`);
  }
  if (packageName !== null && typeof packageName !== 'string') {
    throw new DbtError(
      'ref-arguments',
      `The package argument to ref() must be a string or None, got ${className(packageName)}`,
    );
  }
  const given = keyword.get('version') || keyword.get('v') || null;
  const version = isUndefined(given) ? null : toPlain(given);
  if (version !== null && typeof version !== 'string' && typeof version !== 'number') {
    throw new DbtError(
      'ref-arguments',
      `The version argument to ref() must be a string, int, float, or None - got ${className(version)}`,
    );
  }
  return { name, package: packageName, version };
}

/** The arguments of `source(source, table)`. */
export function sourceArguments({ positional, keyword }: CallArgs): readonly [string, string] {
  bindArguments('source', { positional: [], keyword }, []);
  const [source, table] = positional;
  if (positional.length !== 2) {
    throw new DbtError('source-arguments', `source() takes exactly two arguments (${positional.length} given)`, {
      hint: "Write source('source_name', 'table_name').",
    });
  }
  if (typeof source !== 'string') {
    throw new DbtError(
      'source-arguments',
      `The source name (first) argument to source() must be a string, got ${className(source)}`,
    );
  }
  if (typeof table !== 'string') {
    throw new DbtError(
      'source-arguments',
      `The table name (second) argument to source() must be a string, got ${className(table)}`,
    );
  }
  return [source, table];
}

/** The arguments of `metric([package,] name)` and `function([package,] name)`. */
export function namedArguments(fn: 'metric' | 'function', { positional }: CallArgs): readonly string[] {
  if (positional.length < 1 || positional.length > 2) {
    throw new DbtError('ref-arguments', `${fn}() takes at most two arguments (${positional.length} given)`);
  }
  return positional.map((value) => {
    if (typeof value === 'string') return value;
    throw new DbtError('ref-arguments', `The name argument to ${fn}() must be a string, got ${className(value)}`);
  });
}

function className(value: unknown): string {
  return `<class '${typeName(value)}'>`;
}
