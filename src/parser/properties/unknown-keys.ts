import { configWarning, type Warn } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import { closest } from '../../diagnostics/did-you-mean.js';
import type { PropertiesFile, Record } from './file.js';

/** Keys that a mapping of some kind has, and where mappings of other kinds are below it. */
interface Shape {
  readonly keys: ReadonlySet<string>;
  /** Lists of mappings of another shape, by key. */
  readonly lists?: { readonly [key: string]: string };
}

const keys = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const DESCRIBED = 'name description docs meta config columns data_tests tests';

const SHAPES: { readonly [shape: string]: Shape } = {
  models: {
    keys: keys(
      `${DESCRIBED} access constraints versions latest_version deprecation_date time_spine group tags sql_header data_type freshness`,
    ),
    lists: { columns: 'column', versions: 'version' },
  },
  version: {
    keys: keys('v defined_in description access config columns constraints deprecation_date docs data_tests tests'),
  },
  seeds: { keys: keys(`${DESCRIBED} quote_columns group tags`), lists: { columns: 'column' } },
  snapshots: { keys: keys(`${DESCRIBED} relation group tags`), lists: { columns: 'column' } },
  analyses: { keys: keys(`${DESCRIBED} group tags`), lists: { columns: 'column' } },
  sources: {
    keys: keys(
      'name description database schema loader loaded_at_field loaded_at_query freshness quoting meta tags config overrides tables unrendered_database unrendered_schema',
    ),
    lists: { tables: 'table' },
  },
  table: {
    keys: keys(`${DESCRIBED} identifier loader loaded_at_field loaded_at_query freshness quoting external tags`),
    lists: { columns: 'column' },
  },
  column: {
    keys: keys(
      'name description data_type quote data_tests tests meta tags config constraints granularity docs policy_tags',
    ),
  },
  macros: { keys: keys('name description docs meta config arguments'), lists: { arguments: 'argument' } },
  argument: { keys: keys('name type description') },
  functions: {
    keys: keys('name description docs meta config arguments returns columns constraints access group overloads'),
    lists: { arguments: 'function argument' },
  },
  'function argument': { keys: keys('name data_type description default_value') },
};

/** Shapes that are named in the singular: they are below others. */
const INNER: ReadonlySet<string> = new Set(['table', 'column', 'version', 'argument', 'function argument']);

/**
 * Warns of keys that no resource has but that look like one that it has. dbt keeps unknown keys in silence on DuckDB;
 * a key of the user's own that looks like none of dbt's is kept in silence here too.
 */
export function warnUnknownKeys(properties: PropertiesFile, warn: Warn): void {
  for (const key of properties.keys()) {
    if (!Object.hasOwn(SHAPES, key)) continue;
    for (const [i, item] of properties.written(key).entries()) check(properties, warn, key, item, [key, i]);
  }
}

function check(
  properties: PropertiesFile,
  warn: Warn,
  name: string,
  item: unknown,
  path: readonly (string | number)[],
): void {
  const shape = SHAPES[name];
  const entry: Record | undefined = asRecord(item);
  if (!shape || !entry) return;
  for (const key of Object.keys(entry)) {
    if (shape.keys.has(key)) continue;
    const [near] = closest(key, shape.keys);
    if (near === undefined || Object.hasOwn(entry, near)) continue;
    const what = INNER.has(name) ? name : name.slice(0, -1);
    const message = `'${key}' is no property of a ${what}: it is kept, but nothing reads it`;
    warn(
      configWarning('ValidationWarning', 'properties-unknown-key', message, {
        span: properties.document.span([...path, key], 'key'),
        sourceText: properties.file.text,
        hint: `Did you mean '${near}'?`,
      }),
    );
  }
  for (const [key, below] of Object.entries(shape.lists ?? {})) {
    const list = entry[key];
    if (!Array.isArray(list)) continue;
    for (const [i, inner] of list.entries()) check(properties, warn, below, inner, [...path, key, i]);
  }
}
