import { isDeepStrictEqual } from 'node:util';
import type { Selectable } from '../resources.js';

type Fields = Readonly<Record<string, unknown>>;

/** Configuration that is compared elsewhere (the relation's name) or is no reason to build again. */
const NOT_COMPARED = new Set(['alias', 'schema', 'database', 'tags', 'group']);

/** The raw code; for a seed the checksum of its file. */
export function sameBody(now: Selectable, before: Selectable): boolean {
  if (now.resource_type === 'seed') return isDeepStrictEqual(field(now, 'checksum'), field(before, 'checksum'));
  return now.raw_code === before.raw_code;
}

/** The configuration as the user wrote it, before Jinja. */
export function sameConfig(now: Selectable, before: Selectable): boolean {
  if (now.resource_type === 'semantic_model' || now.resource_type === 'saved_query') {
    return isDeepStrictEqual(now.config, before.config);
  }
  const [a, b] = [unrendered(now), unrendered(before)];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!NOT_COMPARED.has(key) && !isDeepStrictEqual(a[key] ?? null, b[key] ?? null)) return false;
  }
  return true;
}

/** Descriptions, as far as `persist_docs` writes them into the database. */
export function sameDescriptions(now: Selectable, before: Selectable): boolean {
  const persist = (now.config?.['persist_docs'] ?? {}) as { relation?: boolean; columns?: boolean };
  if (persist.relation && field(now, 'description') !== field(before, 'description')) return false;
  return !persist.columns || isDeepStrictEqual(columnDescriptions(now), columnDescriptions(before));
}

/** The configured name of the relation (of a source: the name itself), not what the target makes of it. */
export function sameRelation(now: Selectable, before: Selectable): boolean {
  if (now.resource_type === 'source') return sameFields(now, before, ['database', 'schema', 'identifier']);
  const [a, b] = [unrendered(now), unrendered(before)];
  return ['database', 'schema', 'alias'].every((key) => (a[key] ?? null) === (b[key] ?? null));
}

/** The contract: enforced as before, with the same columns, types and constraints. */
export function sameContract(now: Selectable, before: Selectable): boolean {
  if (now.resource_type !== 'model') return true;
  const [a, b] = [now, before].map((n) => (field(n, 'contract') ?? {}) as { enforced?: boolean; checksum?: unknown });
  if (!a?.enforced && !b?.enforced) return true;
  return a?.enforced === b?.enforced && a?.checksum === b?.checksum;
}

/** All that counts as a change of a resource of its kind. */
export function sameContents(now: Selectable, before: Selectable): boolean {
  if (!isDeepStrictEqual(now.fqn, before.fqn) && now.resource_type !== 'unit_test') return false;
  switch (now.resource_type) {
    case 'source':
      return (
        sameRelation(now, before) &&
        sameConfig(now, before) &&
        sameFields(now, before, ['quoting', 'freshness', 'loaded_at_field', 'external'])
      );
    case 'exposure':
      return (
        sameConfig(now, before) &&
        sameFields(now, before, ['type', 'owner', 'maturity', 'url', 'description', 'label']) &&
        isDeepStrictEqual(new Set(now.depends_on?.nodes), new Set(before.depends_on?.nodes))
      );
    case 'unit_test':
      return sameFields(now, before, ['checksum']);
    case 'metric':
      return sameConfig(now, before) && sameFields(now, before, ['type', 'type_params', 'description', 'label']);
    case 'semantic_model':
      return (
        sameConfig(now, before) &&
        sameFields(now, before, [
          'model',
          'description',
          'defaults',
          'entities',
          'dimensions',
          'measures',
          'primary_entity',
          'group',
        ])
      );
    case 'saved_query':
      return (
        sameConfig(now, before) && sameFields(now, before, ['query_params', 'description', 'label', 'group', 'exports'])
      );
    default:
      break;
  }
  if (now.resource_type === 'test' && now.test_metadata) return sameConfig(now, before);
  return (
    sameBody(now, before) &&
    sameConfig(now, before) &&
    sameDescriptions(now, before) &&
    sameRelation(now, before) &&
    sameContract(now, before) &&
    (now.resource_type !== 'model' || sameFields(now, before, ['latest_version', 'access', 'deprecation_date'])) &&
    (now.resource_type !== 'function' || sameFields(now, before, ['arguments', 'returns']))
  );
}

function field(resource: Selectable, name: string): unknown {
  return (resource as unknown as Fields)[name];
}

function unrendered(resource: Selectable): Fields {
  return (field(resource, 'unrendered_config') ?? {}) as Fields;
}

function sameFields(now: Selectable, before: Selectable, names: readonly string[]): boolean {
  return names.every((name) => isDeepStrictEqual(field(now, name) ?? null, field(before, name) ?? null));
}

function columnDescriptions(resource: Selectable): Fields {
  const columns = (field(resource, 'columns') ?? {}) as Readonly<Record<string, { description?: string }>>;
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.description]));
}
