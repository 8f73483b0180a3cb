import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';

/** dbt's selector methods, in the order in which dbt lists them; `selector` came with 1.12. */
export const METHOD_NAMES = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'state',
  'exposure',
  'metric',
  'result',
  'source_status',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'selector',
] as const;

/** The name of a selector method. */
export type MethodName = (typeof METHOD_NAMES)[number];

/**
 * Splits `config.meta.owner` into the method and its arguments.
 *
 * @throws DbtError `selector-method-unknown`
 */
export function parseMethod(text: string, raw: string): { readonly method: MethodName; readonly args: string[] } {
  const [name = '', ...args] = text.split('.');
  if (!(METHOD_NAMES as readonly string[]).includes(name)) {
    const near = didYouMean(name, METHOD_NAMES);
    throw new DbtError('selector-method-unknown', `'${name}' is not a valid method name`, {
      hint: `${near ? `${near} ` : ''}In the selector '${raw}'; the methods are ${METHOD_NAMES.join(', ')}.`,
    });
  }
  return { method: name as MethodName, args };
}
