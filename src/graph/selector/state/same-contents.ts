import type { FileHash } from '../../../contracts/common.js';
import type { Selectable, SelectorContext } from '../resources.js';
import { sameContract } from './same-contract.js';
import { sameFields, sameValue } from './same-value.js';

type Fields = Readonly<Record<string, unknown>>;
type Warn = SelectorContext['warn'];

/** Configuration that is compared elsewhere (the relation's name) or is no reason to build again. */
const NOT_COMPARED: readonly string[] = ['alias', 'schema', 'database', 'tags', 'group'];
/** Of a test's configuration only what changes its result. */
const OF_TESTS: readonly string[] = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
];

/** The raw code; for a seed the checksum of its file, for a TypeScript model that of its file and of what it imports. */
export function sameBody(now: Selectable, before: Selectable, warn: Warn): boolean {
  if (now.resource_type === 'seed') return sameSeed(now, before, warn);
  if (field(now, 'language') === 'typescript') return sameValue(field(now, 'checksum'), field(before, 'checksum'));
  return now.raw_code === before.raw_code;
}

/** A seed above 1 MiB has the path for a checksum, which says nothing of its content: dbt's warnings tell so. */
function sameSeed(now: Selectable, before: Selectable, warn: Warn): boolean {
  const [is, was] = [now, before].map((seed) => field(seed, 'checksum') as FileHash | undefined);
  const same = is?.name !== 'none' && is?.name === was?.name && is?.checksum === was?.checksum;
  if (is?.name !== 'path') return same;
  const found = `Found a seed (${now.package_name}.${now.name}) >1MiB in size`;
  if (was?.name !== 'path') warn('SeedIncreased', `${found}. The previous file was <=1MiB, so it has changed`);
  else if (same) {
    const assumed = 'dbt cannot tell if it has changed: assuming they are the same';
    warn('SeedExceedsLimitSamePath', `${found} at the same path, ${assumed}`);
  } else {
    const assumed = 'The previous file was in a different location, assuming it has changed';
    warn('SeedExceedsLimitAndPathChanged', `${found}. ${assumed}`);
  }
  return same;
}

/** The configuration as the user wrote it, before Jinja. Semantic models and saved queries: what it came to. */
export function sameConfig(now: Selectable, before: Selectable): boolean {
  if (now.resource_type === 'semantic_model' || now.resource_type === 'saved_query') {
    return sameFields(now, before, ['config']);
  }
  const [a, b] = [unrendered(now), unrendered(before)];
  const keys =
    now.resource_type === 'test'
      ? OF_TESTS
      : [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !NOT_COMPARED.includes(key));
  return keys.every((key) => Object.hasOwn(a, key) === Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}

/** Descriptions, as far as `persist_docs` writes them into the database. */
export function sameDescriptions(now: Selectable, before: Selectable): boolean {
  const persist = (now.config?.['persist_docs'] ?? {}) as { relation?: boolean; columns?: boolean };
  if (persist.relation && field(now, 'description') !== field(before, 'description')) return false;
  return !persist.columns || sameValue(columnDescriptions(now), columnDescriptions(before));
}

/** The configured name of the relation, not what the target makes of it. */
export function sameRelation(now: Selectable, before: Selectable): boolean {
  const [a, b] = [unrendered(now), unrendered(before)];
  return ['database', 'schema', 'alias'].every((key) => (a[key] ?? null) === (b[key] ?? null));
}

/**
 * All that counts as a change of a resource of its kind.
 *
 * @throws DbtError `contract-breaking`.
 */
export function sameContents(now: Selectable, before: Selectable, warn: Warn, sourceRelation: SameRelation): boolean {
  const same = (...names: readonly string[]): boolean => sameFields(now, before, names);
  switch (now.resource_type) {
    case 'source':
      return (
        sourceRelation(now, before) &&
        same('fqn', 'quoting', 'freshness', 'loaded_at_field', 'external') &&
        sameConfig(now, before)
      );
    case 'exposure':
      return (
        same('fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label') &&
        sameConfig(now, before) &&
        sameValue([...new Set(now.depends_on?.nodes)].sort(), [...new Set(before.depends_on?.nodes)].sort())
      );
    case 'unit_test':
      return same('checksum');
    case 'metric':
      return same('type', 'description', 'label') && sameConfig(now, before);
    case 'semantic_model':
      return (
        same('model', 'description', 'defaults', 'entities', 'dimensions', 'measures', 'primary_entity', 'group') &&
        sameConfig(now, before)
      );
    case 'saved_query':
      return same('description', 'label', 'group', 'tags') && sameConfig(now, before) && sameQuery(now, before);
    default:
      break;
  }
  if (now.resource_type === 'test' && now.test_metadata) return sameConfig(now, before) && same('fqn');
  // First, for it may tell of a change that breaks others.
  const contract = sameContract(now, before, warn);
  return (
    sameBody(now, before, warn) &&
    sameConfig(now, before) &&
    sameDescriptions(now, before) &&
    same('fqn') &&
    sameRelation(now, before) &&
    contract &&
    (now.resource_type !== 'model' || same('latest_version', 'access', 'deprecation_date')) &&
    (now.resource_type !== 'function' || same('arguments', 'returns'))
  );
}

export type SameRelation = (now: Selectable, before: Selectable) => boolean;

/**
 * The name of a source's relation: as the target makes it, or with the behaviour flag
 * `state_modified_compare_more_unrendered_values` as it is written.
 */
export function sameSource(unrendered: boolean): SameRelation {
  const names = unrendered ? ['unrendered_database', 'unrendered_schema'] : ['database', 'schema'];
  return (now, before) => sameFields(now, before, [...names, 'identifier']);
}

function sameQuery(now: Selectable, before: Selectable): boolean {
  const [a, b] = [now, before].map((query) => (field(query, 'query_params') ?? {}) as Fields);
  if (!sameFields(a as Fields, b as Fields, ['metrics', 'group_by', 'where'])) return false;
  const [is, was] = [now, before].map((query) =>
    ((field(query, 'exports') ?? []) as readonly { name: string; unrendered_config?: Fields }[]).map(
      ({ name, unrendered_config: config = {} }) => [
        name,
        config['export_as'] ?? null,
        config['schema'] ?? null,
        config['alias'] ?? null,
      ],
    ),
  );
  return sameValue(is, was);
}

function field(resource: Selectable, name: string): unknown {
  return (resource as unknown as Fields)[name];
}

function unrendered(resource: Selectable): Fields {
  return (field(resource, 'unrendered_config') ?? {}) as Fields;
}

function columnDescriptions(resource: Selectable): Fields {
  const columns = (field(resource, 'columns') ?? {}) as Readonly<Record<string, { description?: string }>>;
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.description ?? '']));
}
