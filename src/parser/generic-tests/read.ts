import { configWarning } from '../../config/warnings.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import { dictEntries, isDict, pyRepr, pyStr, truthy, typeName } from '../../jinja/values.js';
import { errorAt } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { CONFIG_ARGUMENTS, type GenericTest, type TestTarget, testCode, testNames } from './builder.js';

/** A test as it is written below `data_tests:`. */
export interface WrittenTest {
  readonly value: unknown;
  readonly target: TestTarget;
  /** The column, quoted when it is configured so. */
  readonly column: string | null;
  /** The model's or table's name and the file, for messages. */
  readonly ownerName: string;
  readonly packageName: string;
  readonly filePath: string;
  readonly span: () => SourceSpan;
  /** Renders a text of the configuration natively. */
  readonly render: (text: string) => unknown;
}

const NAME = /^(?:([a-zA-Z_][0-9a-zA-Z_]*)\.)?([a-zA-Z_][0-9a-zA-Z_]*)/;

/** Takes a test apart as dbt does: name, arguments, configuration. */
export function readGenericTest(services: ParserServices, written: WrittenTest): GenericTest {
  const { name: testName, args } = extractArguments(services, written);
  if (args.has('model')) {
    throw invalid(
      written,
      'Test arguments include "model", which is a reserved argument',
      'Remove it: the test gets it from where it is.',
    );
  }
  args.set('model', `{{ get_where_subquery(${written.target.expression}) }}`);
  const match = NAME.exec(testName);
  if (!match) throw invalid(written, `Test name string did not match expected pattern: ${testName}`);
  const [, namespace, name = ''] = match;
  const config = extractConfig(written, args);
  const description = args.get('description');
  args.delete('description');
  if (description !== undefined && typeof description !== 'string')
    throw invalid(written, `at path ['description']: ${pyRepr(description)} is not of type 'string'`);
  const macro = namespace === undefined ? `test_${name}` : `${namespace}.test_${name}`;
  const base = {
    name,
    namespace: namespace ?? null,
    kwargs: args,
    description: typeof description === 'string' ? description : '',
  };
  if (args.has('name')) {
    const given = args.get('name');
    if (typeof given !== 'string')
      throw invalid(
        written,
        `the name of a test must be a str, got <class '${typeName(given)}'> (value ${pyStr(given)})`,
      );
    args.delete('name');
    return { ...base, config, compiledName: given, fqnName: given, rawCode: testCode(macro, config) };
  }
  const prefix = `${namespace === undefined ? '' : `${namespace}_`}${written.target.isSource ? 'source_' : ''}`;
  const { short, full } = testNames(`${prefix}${name}`, written.target.label, args);
  if (short !== full && !Object.hasOwn(config, 'alias')) config['alias'] = short;
  return { ...base, config, compiledName: short, fqnName: full, rawCode: testCode(macro, config) };
}

/** The test's name and what it is given, `arguments:` unfolded. */
function extractArguments(
  services: ParserServices,
  written: WrittenTest,
): { name: string; args: Map<string, unknown> } {
  const { value } = written;
  let name: unknown;
  let given: unknown;
  if (typeof value === 'string') [name, given] = [value, {}];
  else if (!isDict(value)) {
    throw invalid(written, `test must be dict or str, got <class '${typeName(value)}'> (value ${pyRepr(value)})`);
  } else {
    const entries = [...dictEntries(value)];
    const named = entries.find(([key]) => key === 'test_name');
    if (named) [name, given] = [named[1], new Map(entries.filter(([key]) => key !== 'test_name'))];
    else if (entries.length === 1 && entries[0]) [name, given] = entries[0];
    else {
      throw invalid(
        written,
        `test definition dictionary must have exactly one key, got ${pyRepr(entries.map(([key]) => key))} instead (${entries.length} keys)`,
        'Indent the arguments below the name of the test.',
      );
    }
  }
  if (!isDict(given)) {
    throw invalid(written, `test arguments must be a dict, got <class '${typeName(given)}'> (value ${pyStr(given)})`);
  }
  if (typeof name !== 'string')
    throw invalid(written, `test name must be a str, got <class '${typeName(name)}'> (value ${pyStr(name)})`);
  const args = new Map<string, unknown>();
  for (const [key, item] of dictEntries(given)) args.set(pyStr(key), item);
  if (written.column !== null) args.set('column_name', written.column);
  return { name, args: unfoldArguments(services, written, name, args) };
}

const NOT_ARGUMENTS: ReadonlySet<string> = new Set([
  'config',
  'column_name',
  'description',
  'name',
  ...CONFIG_ARGUMENTS,
]);

function unfoldArguments(
  services: ParserServices,
  written: WrittenTest,
  testName: string,
  args: Map<string, unknown>,
): Map<string, unknown> {
  const required = services.config.flags.behavior['require_generic_test_arguments_property'] !== false;
  if (!required) {
    if (args.has('arguments')) {
      deprecated(
        services,
        written,
        'ArgumentsPropertyInGenericTestDeprecation',
        `\`arguments\` of the test \`${testName}\` (${pyRepr(args.get('arguments'))}) is an argument of that name while the flag require_generic_test_arguments_property is off.`,
      );
    }
    return args;
  }
  const nested = args.get('arguments') ?? {};
  args.delete('arguments');
  for (const key of args.keys()) {
    if ((CONFIG_ARGUMENTS as readonly string[]).includes(key)) {
      deprecated(
        services,
        written,
        'PropertyMovedToConfigDeprecation',
        `\`${key}\` at \`data_tests.${testName}.${key}\` in file \`${written.filePath}\` is a config of the test: it belongs below its \`config\`.`,
      );
    }
  }
  if (!truthy(nested) && [...args.keys()].some((key) => !NOT_ARGUMENTS.has(key))) {
    deprecated(
      services,
      written,
      'MissingArgumentsPropertyInGenericTestDeprecation',
      `The arguments of the test \`${testName}\` defined on '${written.ownerName}' in package '${written.packageName}' (${written.filePath}) belong below its \`arguments\`.`,
    );
  }
  if (isDict(nested)) for (const [key, item] of dictEntries(nested)) args.set(pyStr(key), item);
  return args;
}

function deprecated(services: ParserServices, written: WrittenTest, event: string, message: string): void {
  services.warn(configWarning(event, 'properties-deprecated', message, { span: written.span() }));
}

/** Moves the configuration out of the arguments; texts in it are rendered. */
function extractConfig(written: WrittenTest, args: Map<string, unknown>): { [key: string]: unknown } {
  const given = args.get('config');
  args.delete('config');
  const rest = new Map<string, unknown>();
  if (given !== undefined && given !== null && !isDict(given))
    throw invalid(written, `the config of a test must be a dict, got <class '${typeName(given)}'>`);
  if (isDict(given)) for (const [key, value] of dictEntries(given)) rest.set(pyStr(key), value);
  const config: { [key: string]: unknown } = {};
  const put = (key: string, value: unknown): void => {
    const rendered = typeof value === 'string' ? written.render(value) : value;
    if (rendered !== null && rendered !== undefined) config[key] = rendered;
  };
  for (const key of CONFIG_ARGUMENTS) {
    let value = args.get(key) ?? null;
    args.delete(key);
    if (truthy(value) && rest.has(key)) {
      throw invalid(
        written,
        'Test cannot have the same key at the top-level and in config',
        `Keep '${key}' below 'config' only.`,
      );
    }
    if (!truthy(value) && rest.has(key)) {
      value = rest.get(key) ?? null;
      rest.delete(key);
    }
    put(key, value);
  }
  for (const [key, value] of rest) put(key, value);
  return config;
}

function invalid(written: WrittenTest, message: string, hint?: string): Error {
  return errorAt(
    'test-invalid',
    `Invalid test config given in ${written.filePath}: ${message}`,
    written.span(),
    hint ? { hint } : {},
  );
}
