import { toPlain } from '../../jinja/values.js';
import { object } from './columns.js';
import type { PropertiesEntry, Record } from './file.js';

const MOVED = ['meta', 'docs', 'group', 'contract', 'access'];

/**
 * An entry's configuration: what is below `config:` and the keys beside it that belong there. A key in both places
 * is an error, as in dbt.
 */
export function configOf(entry: PropertiesEntry): Record {
  const { data } = entry;
  const config = object(data['config']);
  for (const key of MOVED) {
    if (!Object.hasOwn(data, key)) continue;
    if (Object.hasOwn(config, key)) {
      throw entry.file.error(
        [...entry.place.path, key],
        `In ${entry.file.file.original}: found ${key} dictionary in 'config' dictionary and as top-level key. ` +
          "Remove the top-level key and define it under 'config' dictionary only.",
        `Remove this '${key}'.`,
      );
    }
    config[key] = toPlain(data[key]);
  }
  return config;
}

/** The tests of an entry, column or version: `data_tests:`, or `tests:` by its old name. Null when it has none of its own. */
export function testsOf(
  entry: PropertiesEntry,
  owner: Record,
  path: readonly (string | number)[],
): WrittenTests | null {
  const old = owner['tests'];
  const hasOld = Array.isArray(old) ? old.length > 0 : old !== undefined && old !== null && old !== '';
  if (hasOld && Object.hasOwn(owner, 'data_tests')) {
    throw entry.file.error(
      [...entry.place.path, ...path, 'tests'],
      `Invalid ${entry.key} config given in ${entry.file.file.original} @ ${entry.key}: at path []: Invalid test config: cannot have both 'tests' and 'data_tests' defined`,
      "Move everything below 'data_tests'.",
    );
  }
  const key = hasOld ? 'tests' : 'data_tests';
  const written = owner[key];
  if (written === undefined || written === null) return null;
  if (!Array.isArray(written)) {
    throw entry.file.error(
      [...entry.place.path, ...path, key],
      `Invalid ${entry.key} config given in ${entry.file.file.original} @ ${entry.key}: '${key}' must be a list`,
      "Write each test as '- name'.",
    );
  }
  return { tests: written, path: [...path, key] };
}

export interface WrittenTests {
  readonly tests: readonly unknown[];
  readonly path: readonly (string | number)[];
}

/** A key's value when it is a text. */
export function textOf(data: Record, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' ? value : null;
}

/** Refuses a description that is no text, as dbt does. */
export function descriptionOf(
  entry: PropertiesEntry,
  data: Record = entry.data,
  path: readonly (string | number)[] = [],
): string {
  const value = data['description'];
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  throw entry.file.error(
    [...entry.place.path, ...path, 'description'],
    `Invalid ${entry.key} config given in ${entry.file.file.original} @ ${entry.key}: a description must be a text`,
    'Put it in quotes.',
  );
}
