import { Relation } from '../../adapters/base/relation.js';
import { changePolicy } from '../../adapters/base/relation-path.js';
import { configWarning } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import { relationClass } from '../../context/relations.js';
import type { JsonObject, Quoting } from '../../contracts/common.js';
import type { FreshnessThreshold, SourceDefinition } from '../../contracts/nodes.js';
import { renderNativeSync } from '../../jinja/environment.js';
import { toPlain } from '../../jinja/values.js';
import { type Config, ConfigRefused } from '../config/merge.js';
import type { GenericTestParser } from '../generic-tests/attach.js';
import { columnName, columnTags } from '../generic-tests/of-node.js';
import { KeptUnusable } from '../partial/kept.js';
import { unitWithin } from '../partial/unit.js';
import { columnInfos, object, texts, type WrittenColumn, writtenColumns } from '../properties/columns.js';
import { descriptionOf, testsOf, textOf } from '../properties/normalize.js';
import type { ParserServices } from '../services.js';
import { isSet, mergeThresholds, readThreshold } from './freshness.js';
import { patchedTable, type SourceReader, unitName, type WrittenTable } from './read.js';

/** Makes the sources of the manifest, each after its tests, and keeps the disabled ones apart. */
export function buildSources(services: ParserServices, reader: SourceReader, tests: GenericTestParser): void {
  const { builder, units } = services;
  for (const [uniqueId, written] of reader.tables) {
    const [entry, hash] =
      'entry' in written
        ? [written.unit, written.entry.file.file.hash]
        : [{ id: written.unit, signature: null }, written.place.file.hash];
    const parse = (): void => {
      if (!('entry' in written)) throw new KeptUnusable(`the source ${uniqueId} has changed`);
      if (entry) units.recorder.name(unitName(entry.id));
      const table = patchedTable(written, reader);
      parseTests(services, tests, table);
      const source = toSource(services, table);
      if (source.config.enabled !== false) builder.sources.set(source.unique_id, source);
      else builder.disable(source);
    };
    units.parse({ id: unitWithin(entry?.id ?? '', uniqueId), hash, signature: entry?.signature ?? null }, parse);
  }
}

function toSource(services: ParserServices, written: WrittenTable): SourceDefinition {
  const { entry, source, table, fqn, uniqueId } = written;
  const { packageName } = entry.file.file;
  const precedence = precedenceConfig(written);
  const request = { type: 'source' as const, packageName, fqn, patch: precedence };
  let config: Config;
  try {
    config = services.resolver.resolve(request);
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    throw entry.file.error(
      [...entry.place.path, ...written.path, error.key],
      `Invalid config of source '${written.sourceName}.${written.tableName}': at path ['${error.key}']: ${error.message}`,
      `Correct '${error.key}'.`,
    );
  }
  const columns = writtenColumns(entry, table, written.path);
  const database = textOf(source, 'database') || services.config.target.database;
  const definition: { -readonly [key in keyof SourceDefinition]: SourceDefinition[key] } = {
    database,
    schema: textOf(source, 'schema') || written.sourceName,
    name: written.tableName,
    resource_type: 'source',
    package_name: packageName,
    path: entry.file.file.original,
    original_file_path: entry.file.file.original,
    unique_id: uniqueId,
    fqn: [...fqn],
    source_name: written.sourceName,
    source_description: descriptionOf(entry, source),
    loader: textOf(source, 'loader') ?? '',
    identifier: textOf(table, 'identifier') || written.tableName,
    quoting: quotingOf(source, table),
    loaded_at_field: (config['loaded_at_field'] as string | null) ?? null,
    loaded_at_query: (config['loaded_at_query'] as string | null) ?? null,
    freshness: config['freshness'] as FreshnessThreshold | null,
    external: externalOf(table),
    description: descriptionOf(entry, table, written.path),
    columns: columnInfos(entry, columns),
    meta: config['meta'] as JsonObject,
    source_meta: { ...object(source['meta']), ...object(asRecord(source['config'])?.['meta']) } as JsonObject,
    tags: config['tags'] as string[],
    config: config as SourceDefinition['config'],
    patch_path: null,
    unrendered_config: services.resolver.resolveUnrendered(request) as JsonObject,
    relation_name: null,
    created_at: services.now(),
    unrendered_database: textOf(entry.raw, 'database') || null,
    unrendered_schema: textOf(entry.raw, 'schema') || null,
    doc_blocks: [],
  };
  definition.relation_name = relationName(services, definition);
  warnFreshness(services, written, definition);
  return definition;
}

/** What the source and the table say about configuration, the table over the source. */
function precedenceConfig(written: WrittenTable): { [key: string]: unknown } {
  const { entry, source, table, path } = written;
  const ofSource = object(source['config']);
  const ofTable = object(table['config']);
  const config: { [key: string]: unknown } = { ...ofSource, ...ofTable };
  try {
    const threshold = mergeThresholds([source, ofSource, table, ofTable].map(readThreshold));
    if (threshold === null) config['freshness'] = null;
    else if (isSet(threshold)) config['freshness'] = threshold;
    else delete config['freshness'];
  } catch (error) {
    throw entry.file.error(
      [...entry.place.path, ...path, 'freshness'],
      `Invalid sources config given in ${entry.file.file.original} @ sources: ${(error as Error).message}`,
      "Write e.g. 'warn_after: {count: 1, period: day}'.",
    );
  }
  const { field, query } = loadedAt(written, ofSource, ofTable);
  config['loaded_at_field'] = field;
  config['loaded_at_query'] = query;
  config['meta'] = {
    ...object(source['meta']),
    ...object(ofSource['meta']),
    ...object(table['meta']),
    ...object(ofTable['meta']),
  };
  config['tags'] = [
    ...new Set([source['tags'], ofSource['tags'], table['tags'], ofTable['tags']].flatMap(texts)),
  ].sort();
  return config;
}

function loadedAt(
  { entry, source, table, path }: WrittenTable,
  ofSource: Config,
  ofTable: Config,
): { field: unknown; query: unknown } {
  const present = Object.hasOwn(table, 'loaded_at_field') || Boolean(ofTable['loaded_at_field']);
  const both = (level: string, at: readonly (string | number)[]): Error =>
    entry.file.error(
      [...entry.place.path, ...at, 'loaded_at_query'],
      `Cannot specify both loaded_at_field and loaded_at_query at ${level} level.`,
      'Keep one of the two.',
    );
  if (present && (table['loaded_at_query'] || ofTable['loaded_at_query'])) throw both('table', path);
  const sourceField = source['loaded_at_field'] || ofSource['loaded_at_field'] || null;
  const sourceQuery = source['loaded_at_query'] || ofSource['loaded_at_query'] || null;
  if (sourceField && sourceQuery) throw both('source', []);
  const field = present ? table['loaded_at_field'] || ofTable['loaded_at_field'] || null : sourceField;
  const tableQuery = table['loaded_at_query'] ?? ofTable['loaded_at_query'] ?? null;
  const query =
    tableQuery === null
      ? present
        ? null
        : sourceQuery
      : table['loaded_at_query'] || ofTable['loaded_at_query'] || null;
  return { field, query };
}

function quotingOf(source: Config, table: Config): Quoting {
  const [of, over] = [object(source['quoting']), object(table['quoting'])];
  const part = (name: string): boolean | null => (over[name] ?? of[name] ?? null) as boolean | null;
  return { database: part('database'), schema: part('schema'), identifier: part('identifier'), column: part('column') };
}

function externalOf(table: Config): JsonObject | null {
  const external = asRecord(table['external']);
  if (!external) return null;
  const known = { location: null, file_format: null, row_format: null, tbl_properties: null, partitions: null };
  return { ...known, ...(toPlain(external) as JsonObject) };
}

function relationName({ invocation }: ParserServices, source: SourceDefinition): string | null {
  const { adapter } = invocation;
  const { kind, quoting } = relationClass(adapter);
  const relation = new Relation(kind, {
    path: { database: source.database, schema: source.schema, identifier: source.identifier },
    quotePolicy: changePolicy(quoting, source.quoting),
  });
  return adapter.sourceRelation(relation, source).render();
}

function warnFreshness(
  services: ParserServices,
  { entry, sourceName, tableName }: WrittenTable,
  source: SourceDefinition,
): void {
  const { freshness } = source;
  if (!freshness || !isSet(freshness) || source.loaded_at_field || source.loaded_at_query) return;
  services.warn(
    configWarning(
      'FreshnessConfigProblem',
      'freshness-config',
      `The configured adapter does not support metadata-based freshness. A loaded_at_field must be specified for source '${sourceName}.${tableName}'.`,
      { span: entry.file.document.span(entry.place.path), hint: "Add 'loaded_at_field: …' to its config." },
    ),
  );
}

function parseTests(services: ParserServices, parser: GenericTestParser, written: WrittenTable): void {
  const { entry, source, table } = written;
  const { file } = entry.file;
  const quoting = { ...object(source['quoting']), ...object(table['quoting']) };
  const ownTags = [...texts(source['tags']), ...texts(table['tags'])];
  const parseList = (owner: Config, path: readonly (string | number)[], column: WrittenColumn | null): void => {
    const list = testsOf(entry, owner, path);
    list?.tests.forEach((value, i) => {
      parser.parse({
        value,
        target: {
          label: `${written.sourceName}_${written.tableName}`,
          expression: `source('${written.sourceName}', '${written.tableName}')`,
          isSource: true,
        },
        column: column === null ? null : columnName(services, column, quoting['column']),
        columnTags: [...ownTags, ...(column === null ? [] : columnTags(column))],
        ownerName: `${written.sourceName}_${written.tableName}`,
        fileKey: `sources.${written.sourceName}`,
        file,
        span: () => entry.file.document.span([...entry.place.path, ...list.path, i]),
        render: (text) => renderNativeSync(text, entry.file.names, { file: file.display }),
        attached: null,
        reference: { source: [written.sourceName, written.tableName] },
      });
    });
  };
  parseList(table, written.path, null);
  for (const column of writtenColumns(entry, table, written.path)) parseList(column.data, column.path, column);
}
