import type { Catalog, CatalogTable } from '../contracts/catalog.js';
import type { ColumnInfo, Json, JsonObject, Owner, UniqueId } from '../contracts/common.js';
import type { Manifest } from '../contracts/manifest.js';
import type { FunctionArgument, FunctionReturns, GraphResource } from '../contracts/nodes.js';
import type { RunResults } from '../contracts/results.js';
import type { SiteColumn, SiteData, SiteMacro, SiteNode, SiteRun, SiteTest } from './site-data.js';

export interface SiteInput {
  readonly manifest: Manifest;
  readonly catalog: Catalog | null;
  readonly runResults?: RunResults | null;
}

/** Any resource of the manifest, with the fields that only some kinds have. */
interface Resource extends GraphResource {
  readonly alias?: string;
  readonly access?: string;
  readonly arguments?: readonly FunctionArgument[];
  readonly attached_node?: string | null;
  readonly column_name?: string | null;
  readonly columns?: { readonly [name: string]: ColumnInfo };
  readonly compiled_code?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly depends_on?: { readonly nodes?: readonly UniqueId[]; readonly macros?: readonly UniqueId[] };
  readonly description?: string | null;
  readonly docs?: { readonly show: boolean; readonly node_color: string | null };
  readonly group?: string | null;
  readonly label?: string | null;
  readonly language?: string;
  readonly latest_version?: string | number | null;
  readonly loader?: string;
  readonly maturity?: string | null;
  readonly meta?: JsonObject;
  readonly owner?: Owner;
  readonly patch_path?: string | null;
  readonly raw_code?: string;
  readonly relation_name?: string | null;
  readonly returns?: FunctionReturns;
  readonly source_description?: string;
  readonly source_name?: string;
  readonly tags?: readonly string[];
  readonly test_metadata?: { readonly name: string; readonly namespace: string | null; readonly kwargs: JsonObject };
  readonly type?: string;
  readonly url?: string | null;
  readonly version?: string | number | null;
}

/** Gathers from the artifacts what the site shows, without what is hidden, empty or internal to dbt. */
export function collectSiteData({ manifest, catalog, runResults }: SiteInput): SiteData {
  const resources = [
    manifest.nodes,
    manifest.sources,
    manifest.exposures,
    manifest.metrics,
    manifest.semantic_models,
    manifest.saved_queries,
    manifest.unit_tests,
    manifest.functions,
  ]
    .flatMap((part) => Object.values(part ?? {}) as Resource[])
    .filter((resource) => resource.resource_type !== 'operation');
  const position = new Map(resources.map((resource, i) => [resource.unique_id, i]));
  const runs = new Map(runResults?.results.map((result) => [result.unique_id, result]));
  const owners = new Map(Object.values(manifest.groups).map((group) => [group.name, group.owner]));

  const nodes = resources.map((resource): SiteNode => {
    const parents = (resource.depends_on?.nodes ?? []).flatMap((id) => position.get(id) ?? []);
    const label = labelOf(resource);
    const base = {
      id: resource.unique_id,
      type: resource.resource_type,
      name: resource.name,
      package: resource.package_name,
      path: resource.original_file_path,
      ...(label !== resource.name && { label }),
      ...(parents.length > 0 && { parents: [...new Set(parents)] }),
    };
    if (resource.docs?.show === false) return { ...base, hidden: true };
    const table = catalog?.nodes[resource.unique_id] ?? catalog?.sources[resource.unique_id];
    const color = resource.docs?.node_color;
    const run = runs.get(resource.unique_id);
    const config = resource.config ?? {};
    return {
      ...base,
      ...filled({
        describedIn: resource.patch_path?.split('://')[1],
        color: color ?? undefined,
        description: resource.description || resource.source_description,
        tags: resource.tags ?? (config['tags'] as string[] | undefined),
        meta: resource.meta ?? (config['meta'] as JsonObject | undefined),
        columns: columnsOf(resource, table),
        details: detailsOf(resource, table, owners),
        materialized: config['materialized'] as string | undefined,
        raw: resource.raw_code,
        compiled: resource.compiled_code,
        language: resource.language === 'sql' ? undefined : resource.language,
        url: resource.url,
        test: testOf(resource, position),
        run: run && runOf(run),
      }),
    };
  });

  const generated = manifest.metadata.generated_at;
  return {
    project: manifest.metadata.project_name,
    generatedAt: generated,
    dbtVersion: manifest.metadata.dbt_version,
    adapter: manifest.metadata.adapter_type,
    overviews: overviewsOf(manifest),
    nodes,
    macros: macrosOf(manifest, resources),
    ...(runResults && { runAt: runResults.metadata.generated_at }),
  };
}

function labelOf(resource: Resource): string {
  if (resource.resource_type === 'source') return `${resource.source_name}.${resource.name}`;
  if (resource.version !== null && resource.version !== undefined) return `${resource.name}.v${resource.version}`;
  return resource.name;
}

function columnsOf(resource: Resource, table: CatalogTable | undefined): SiteColumn[] {
  const described = new Map(Object.values(resource.columns ?? {}).map((column) => [column.name.toLowerCase(), column]));
  const columns: SiteColumn[] = [];
  const found = Object.values(table?.columns ?? {}).sort((a, b) => a.index - b.index);
  for (const { name, type } of found) {
    const column = described.get(name.toLowerCase());
    described.delete(name.toLowerCase());
    columns.push({ name, type, ...(column ? describe(column) : { only: 'database' as const }) });
  }
  for (const column of described.values()) {
    const type = column.data_type;
    const missing = table !== undefined && { only: 'project' as const };
    columns.push({ name: column.name, ...(type && { type }), ...describe(column), ...missing });
  }
  return columns;
}

function describe(column: ColumnInfo): Partial<SiteColumn> {
  return filled({
    description: column.description,
    tags: column.tags,
    meta: column.meta,
    constraints: (column.constraints ?? []).map((constraint) => constraint.expression ?? constraint.type),
  });
}

function detailsOf(
  resource: Resource,
  table: CatalogTable | undefined,
  owners: ReadonlyMap<string, Owner>,
): [string, string][] {
  const config = resource.config ?? {};
  const group = (resource.group ?? config['group']) as string | null | undefined;
  const contract = config['contract'] as { readonly enforced?: boolean } | undefined;
  const out: [string, string | null | undefined | false][] = [
    ['Relation', resource.relation_name],
    ['Type', typeOf(resource) ?? table?.metadata.type],
    ['Signature', signatureOf(resource)],
    ['Volatility', resource.resource_type === 'function' && (config['volatility'] as string | null)],
    ['Owner', ownerText(resource.owner ?? (group ? owners.get(group) : undefined)) ?? table?.metadata.owner],
    ['Group', group],
    ['Access', resource.resource_type === 'model' && resource.access],
    ['Contract', contract?.enforced === true && 'enforced'],
    [
      'Version',
      resource.version != null &&
        `${resource.version}${resource.version === resource.latest_version ? ' (latest)' : ` (latest is ${resource.latest_version})`}`,
    ],
    ['Maturity', resource.maturity],
    ['Loader', resource.loader],
    ['Label', resource.label],
    ['Strategy', config['incremental_strategy'] as string | null | undefined],
    ['Unique key', config['unique_key'] == null ? undefined : [config['unique_key']].flat().join(', ')],
  ];
  for (const stat of Object.values(table?.stats ?? {})) {
    if (stat.include && stat.value !== null && stat.id !== 'has_stats') out.push([stat.label, String(stat.value)]);
  }
  return out.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

function typeOf({ resource_type: kind, type, config }: Resource): string | undefined {
  if (kind === 'exposure') return type;
  return kind === 'function' ? String(config?.['type'] ?? 'scalar') : undefined;
}

/** How a function is called: `plus(a integer, b integer = 2) -> integer`. */
function signatureOf({ name, arguments: given = [], returns }: Resource): string | undefined {
  if (!returns) return undefined;
  const list = given.map(({ name: argument, data_type: type, default_value: value }) =>
    value === null || value === undefined ? `${argument} ${type}` : `${argument} ${type} = ${String(value)}`,
  );
  return `${name}(${list.join(', ')}) -> ${returns.data_type}`;
}

function ownerText(owner: Owner | undefined): string | undefined {
  if (!owner) return undefined;
  const email = [owner.email ?? []].flat().join(', ');
  if (owner.name && email) return `${owner.name} <${email}>`;
  return owner.name ?? (email || undefined);
}

function testOf(resource: Resource, position: ReadonlyMap<UniqueId, number>): SiteTest | undefined {
  if (resource.resource_type === 'unit_test') {
    const on = position.get(resource.depends_on?.nodes?.[0] ?? '');
    return { kind: 'unit', ...(on !== undefined && { on }) };
  }
  if (resource.resource_type !== 'test') return undefined;
  const { test_metadata: metadata, attached_node: attached, column_name: column } = resource;
  const on = position.get(attached ?? '');
  const severity = String(resource.config?.['severity'] ?? '').toLowerCase();
  const given = Object.fromEntries(
    Object.entries(metadata?.kwargs ?? {}).filter(([name]) => name !== 'model' && name !== 'column_name'),
  ) as { readonly [name: string]: Json };
  return {
    kind: metadata ? (metadata.namespace ? `${metadata.namespace}.${metadata.name}` : metadata.name) : 'singular',
    ...(column && { column }),
    ...(on !== undefined && { on }),
    ...(Object.keys(given).length > 0 && { arguments: given }),
    ...(severity === 'warn' && { severity }),
  };
}

function runOf(result: RunResults['results'][number]): SiteRun {
  return {
    status: result.status,
    seconds: result.execution_time,
    ...(result.message && { message: result.message }),
    ...(result.failures !== null && { failures: result.failures }),
  };
}

/** The project's `__overview__` and, for any package, `__<package>__`. */
function overviewsOf(manifest: Manifest): Record<string, string> {
  const out: Record<string, string> = {};
  const root = manifest.metadata.project_name;
  for (const doc of Object.values(manifest.docs)) {
    const packageName = /^__(.+)__$/.exec(doc.name)?.[1];
    if (packageName === undefined || isInternal(doc.package_name, manifest)) continue;
    if (packageName !== 'overview') out[packageName] ??= doc.block_contents;
    else if (doc.package_name === root) out[root] = doc.block_contents;
  }
  return out;
}

function macrosOf(manifest: Manifest, resources: readonly Resource[]): SiteMacro[] {
  const usedBy = new Map<UniqueId, number[]>();
  for (const [i, resource] of resources.entries()) {
    if (resource.docs?.show === false) continue;
    for (const id of resource.depends_on?.macros ?? []) usedBy.set(id, [...(usedBy.get(id) ?? []), i]);
  }
  const shown = Object.values(manifest.macros).filter(
    (macro) => !isInternal(macro.package_name, manifest) && macro.docs?.show !== false,
  );
  const ids = new Set(shown.map((macro) => macro.unique_id));
  return shown.map((macro) => ({
    id: macro.unique_id,
    name: macro.name,
    package: macro.package_name,
    path: macro.original_file_path,
    sql: macro.macro_sql,
    ...filled({
      description: macro.description,
      arguments: macro.arguments.map((argument) => ({
        name: argument.name,
        ...filled({ type: argument.type ?? undefined, description: argument.description }),
      })),
      uses: macro.depends_on.macros.filter((id) => ids.has(id)),
      usedBy: usedBy.get(macro.unique_id),
    }),
  }));
}

/** The packages that come with the engine are not the user's to read. */
function isInternal(packageName: string, manifest: Manifest): boolean {
  return packageName === 'dbt' || packageName === `dbt_${manifest.metadata.adapter_type}`;
}

/** The fields that say something. */
function filled<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === undefined || value === null || value === '') return false;
      if (Array.isArray(value)) return value.length > 0;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
