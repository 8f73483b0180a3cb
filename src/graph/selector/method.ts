import type { UniqueId } from '../../contracts/common.js';
import { DbtError } from '../../diagnostics/errors.js';
import { fnmatch } from './fnmatch.js';
import type { Selectable, SelectorContext } from './resources.js';
import type { SelectorValue } from './spec.js';

/**
 * A selector method: the ids that match, in any order, repeats allowed.
 *
 * @param value What follows the colon.
 * @param args What follows the method's name and dots.
 */
export type SelectorMethod = (
  context: SelectorContext,
  value: SelectorValue,
  args: readonly string[],
) => Iterable<UniqueId>;

/** The ids of the resources that satisfy the condition. */
export function idsWhere(resources: readonly Selectable[], condition: (resource: Selectable) => boolean): UniqueId[] {
  return resources.filter(condition).map((resource) => resource.unique_id);
}

/** The value of a method that compares text; a number or boolean of selectors.yml is refused as dbt does. */
export function textValue(value: SelectorValue, method: string): string {
  if (typeof value === 'string') return value;
  throw new DbtError('selector-invalid', `The value of a '${method}' selector must be text, not ${String(value)}`, {
    hint: `Put it in quotes: "${String(value)}".`,
  });
}

/** A method that matches `name` or `package.name`, both with wildcards. */
export function byPackageAndName(
  kind: string,
  resourcesOf: (context: SelectorContext) => readonly Selectable[],
): SelectorMethod {
  return (context, value) => {
    const parts = textValue(value, kind).split('.');
    if (parts.length > 2) {
      throw new DbtError('selector-invalid', `Invalid ${kind} selector value "${String(value)}"`, {
        hint: `Write ${kind}:name or ${kind}:package.name.`,
      });
    }
    const name = parts.at(-1) ?? '';
    const packageName = parts.length === 2 ? (parts[0] ?? '') : '*';
    return idsWhere(
      resourcesOf(context),
      (resource) => fnmatch(resource.package_name, packageName) && fnmatch(resource.name, name),
    );
  };
}
