import { asRecord } from '../../config/yaml.js';
import type { FunctionArgument, FunctionReturns } from '../../contracts/nodes.js';
import { toPlain } from '../../jinja/values.js';
import type { NodeDraft } from '../nodes/draft.js';
import type { PropertiesEntry, Record } from './file.js';

/** Sets what only functions have: their arguments and what they return. */
export function patchFunction(node: NodeDraft, entry: PropertiesEntry): void {
  refuseOverloads(entry);
  node.arguments = argumentsOf(entry);
  checkDefaults(entry, node.arguments);
  node.returns = returnsOf(entry);
}

function returnsOf(entry: PropertiesEntry): FunctionReturns {
  if (!Object.hasOwn(entry.data, 'returns')) {
    throw invalid(entry, ['name'], "'returns' is a required property", "Add 'returns: {data_type: …}' to it.");
  }
  const returns = asRecord(entry.data['returns']);
  if (!returns) throw invalid(entry, ['returns'], 'returns must be a dictionary', "Write 'returns: {data_type: …}'.");
  return {
    data_type: requiredText(entry, returns, ['returns'], 'data_type'),
    description: optionalText(entry, returns, ['returns'], 'description'),
  };
}

function argumentsOf(entry: PropertiesEntry): FunctionArgument[] {
  if (!Object.hasOwn(entry.data, 'arguments')) return [];
  const list = entry.data['arguments'];
  const hint = "Write each argument as '- {name: …, data_type: …}'.";
  if (!Array.isArray(list)) throw invalid(entry, ['arguments'], 'arguments must be a list', hint);
  return list.map((item, i) => {
    const path = ['arguments', i];
    const argument = asRecord(item);
    if (!argument) throw invalid(entry, path, 'an argument must be a dictionary', hint);
    return {
      name: requiredText(entry, argument, path, 'name'),
      data_type: requiredText(entry, argument, path, 'data_type'),
      description: optionalText(entry, argument, path, 'description'),
      default_value: toPlain(argument['default_value'] ?? null),
    };
  });
}

/** An argument without a default after one with a default could never be left out. */
function checkDefaults({ file, place, name }: PropertiesEntry, list: readonly FunctionArgument[]): void {
  const first = list.findIndex((argument) => argument.default_value !== null);
  if (first === -1) return;
  const late = list.findIndex((argument, i) => i > first && argument.default_value === null);
  const argument = list[late];
  if (!argument) return;
  throw file.error(
    [...place.path, 'arguments', late, 'name'],
    `Non-defaulted argument '${argument.name}' of function '${name}' comes after a defaulted argument. ` +
      'Non-defaulted arguments cannot come after defaulted arguments.',
    `Give it a default_value, or put it before '${list[first]?.name}'.`,
  );
}

/** dbt 1.12's second signatures of one name. dbt 1.11 reads over them: every call with them would fail. */
function refuseOverloads(entry: PropertiesEntry): void {
  const { overloads } = entry.data;
  if (overloads === undefined || overloads === null || (Array.isArray(overloads) && overloads.length === 0)) return;
  throw invalid(
    entry,
    ['overloads'],
    'overloads of functions (dbt 1.12) are not in tsdbt',
    'Give each signature a function of its own name, or arguments with a default_value.',
  );
}

function requiredText(entry: PropertiesEntry, owner: Record, path: readonly (string | number)[], key: string): string {
  if (!Object.hasOwn(owner, key))
    throw invalid(entry, path, `'${key}' is a required property`, `Add '${key}: …' to it.`);
  const value = owner[key];
  if (typeof value === 'string') return value;
  throw invalid(entry, [...path, key], `'${key}' must be a text`, 'Put it in quotes.');
}

function optionalText(
  entry: PropertiesEntry,
  owner: Record,
  path: readonly (string | number)[],
  key: string,
): string | null {
  const value = owner[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw invalid(entry, [...path, key], `'${key}' must be a text`, 'Put it in quotes.');
}

function invalid(entry: PropertiesEntry, path: readonly (string | number)[], message: string, hint: string): Error {
  const { file, place } = entry;
  return file.error(
    [...place.path, ...path],
    `Invalid functions config given in ${file.file.original} @ functions: ${message}`,
    hint,
  );
}
