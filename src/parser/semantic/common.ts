import type { JsonObject } from '../../contracts/common.js';
import type { TimeWindow, WhereFilters } from '../../contracts/semantic.js';
import { pyStr } from '../../jinja/values.js';
import { ConfigRefused } from '../config/merge.js';
import type { ConfigRequest } from '../config/resolver.js';
import { fqnPrefix } from '../nodes/render-node.js';
import { GRANULARITIES } from '../properties/columns.js';
import type { PropertiesEntry } from '../properties/file.js';
import { invalidEntry, type Step } from '../properties/shape.js';
import type { ParserServices } from '../services.js';

/** The shape of a filter: one condition or several. */
export const FILTER = { either: ['string', { list: 'string' }] } as const;

/** How measures are aggregated. */
export const AGGREGATIONS = [
  'sum',
  'min',
  'max',
  'count_distinct',
  'sum_boolean',
  'average',
  'percentile',
  'median',
  'count',
] as const;

/** A filter's conditions, still templates. */
export function whereFilters(written: unknown): WhereFilters | null {
  if (written === undefined || written === null) return null;
  const list = Array.isArray(written) ? written : [written];
  return { where_filters: list.map((text) => ({ where_sql_template: pyStr(text) })) };
}

/** `28 days`; a standard granularity loses its plural. */
export function timeWindow(entry: PropertiesEntry, path: readonly Step[], written: unknown): TimeWindow | null {
  if (written === undefined || written === null) return null;
  const text = pyStr(written);
  const parts = text.toLowerCase().split(' ');
  const refuse = (message: string): Error => invalidEntry(entry, path, message, "Write e.g. 'window: 28 days'.");
  if (parts.length !== 2) {
    throw refuse(
      `Invalid window (${text}) in cumulative/conversion metric. Should be of the form \`<count> <granularity>\`, e.g., \`28 days\``,
    );
  }
  const [count = '', unit = ''] = parts;
  const singular = unit.endsWith('s') ? unit.slice(0, -1) : unit;
  const granularity = (GRANULARITIES as readonly string[]).includes(singular) ? singular : unit;
  if (!/^\d+$/.test(count))
    throw refuse(`Invalid count (${count}) in cumulative/conversion metric window string: (${text})`);
  return { count: Number(count), granularity };
}

/** What every resource of the semantic layer begins with. */
export function headOf<T extends 'metric' | 'semantic_model' | 'saved_query'>(
  services: ParserServices,
  entry: PropertiesEntry,
  type: T,
  name: string,
  patch: { readonly [key: string]: unknown },
) {
  const { packageName, relative, original } = entry.file.file;
  const fqn = [...fqnPrefix(packageName, relative), name];
  const request: ConfigRequest = { type, packageName, fqn, patch };
  const config = resolved(services, entry, request);
  const group = typeof config['group'] === 'string' ? config['group'] : null;
  return {
    name,
    resource_type: type,
    package_name: packageName,
    path: relative,
    original_file_path: original,
    unique_id: `${type}.${packageName}.${name}`,
    fqn,
    config,
    unrendered_config: services.resolver.resolveUnrendered(request) as JsonObject,
    group,
    metadata: null,
    depends_on: { macros: [], nodes: [] },
    refs: [],
    created_at: services.now(),
  };
}

function resolved(services: ParserServices, entry: PropertiesEntry, request: ConfigRequest): JsonObject {
  try {
    return services.resolver.resolve(request) as JsonObject;
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    throw invalidEntry(entry, ['config', error.key], error.message, `Correct '${error.key}'.`);
  }
}

/** The error of a second resource of one kind and name. */
export function duplicate(entry: PropertiesEntry, kind: string): Error {
  return entry.file.error(
    [...entry.place.path, 'name'],
    `dbt found two ${kind} with the name "${entry.name}".`,
    'Rename or remove one of the two.',
  );
}
