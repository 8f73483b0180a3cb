import { asRecord } from '../../config/yaml.js';
import type { Constraint, JsonObject } from '../../contracts/common.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { pyRepr, toPlain } from '../../jinja/values.js';
import type { ColumnDraft } from '../nodes/draft.js';
import type { PropertiesEntry, Record } from './file.js';

/** The units of time that a column of a time spine may have. */
export const GRANULARITIES = [
  'nanosecond',
  'microsecond',
  'millisecond',
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
] as const;

const CONSTRAINT_TYPES = ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom'];
const KNOWN: ReadonlySet<string> = new Set([
  'name',
  'description',
  'meta',
  'data_type',
  'constraints',
  'docs',
  'config',
  'data_tests',
  'tests',
  'quote',
  'tags',
  'granularity',
]);

/** A column of a properties file. */
export interface WrittenColumn {
  readonly data: Record;
  /** Where it is, below the entry that has it. */
  readonly path: readonly (string | number)[];
}

/** The columns below an entry. */
export function writtenColumns(
  entry: PropertiesEntry,
  owner: Record,
  at: readonly (string | number)[] = [],
): WrittenColumn[] {
  const columns = owner['columns'];
  if (columns === undefined || columns === null) return [];
  const path = [...at, 'columns'];
  const fail = (where: readonly (string | number)[], message: string): Error =>
    entry.file.error(
      [...entry.place.path, ...where],
      `Invalid ${entry.key} config given in ${entry.file.file.original} @ ${entry.key}: ${message}`,
    );
  if (!Array.isArray(columns)) throw fail(path, 'columns must be a list');
  return columns.map((column, i) => {
    const data = asRecord(column);
    if (!data) throw fail([...path, i], 'a column must be a dictionary with a name');
    return { data, path: [...path, i] };
  });
}

/** The columns as the manifest has them, by name. */
export function columnInfos(
  entry: PropertiesEntry,
  columns: readonly WrittenColumn[],
): { [name: string]: ColumnDraft } {
  const infos: { [name: string]: ColumnDraft } = {};
  for (const { data, path } of columns) {
    const name = data['name'];
    if (typeof name !== 'string') {
      throw entry.file.error(
        [...entry.place.path, ...path],
        `Invalid ${entry.key} config given in ${entry.file.file.original} @ ${entry.key}: a column needs a name, a text`,
        `Add 'name: …' to it.`,
      );
    }
    infos[name] = columnInfo(entry, name, data, path);
  }
  return infos;
}

function columnInfo(
  entry: PropertiesEntry,
  name: string,
  data: Record,
  path: readonly (string | number)[],
): ColumnDraft {
  const config = asRecord(data['config']) ?? {};
  const meta = { ...object(data['meta']), ...object(config['meta']) } as JsonObject;
  const tags = [...new Set([...texts(data['tags']), ...texts(config['tags'])])];
  const extra: Record = Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !KNOWN.has(key))
      .map(([key, value]) => [key, toPlain(value)]),
  );
  return {
    name,
    description: typeof data['description'] === 'string' ? data['description'] : '',
    meta,
    data_type: typeof data['data_type'] === 'string' ? data['data_type'] : null,
    constraints: constraintsOf(entry, data['constraints'], [...path, 'constraints'], `column ${name}`),
    quote: typeof data['quote'] === 'boolean' ? data['quote'] : null,
    config: { meta, tags },
    tags,
    granularity: granularityOf(entry, data, path),
    doc_blocks: [],
    ...extra,
  };
}

/** The granularity of a column of a time spine. */
function granularityOf(entry: PropertiesEntry, data: Record, path: readonly (string | number)[]): string | null {
  const value = data['granularity'];
  if (typeof value !== 'string' || value === '') return null;
  if ((GRANULARITIES as readonly string[]).includes(value)) return value;
  throw entry.file.error(
    [...entry.place.path, ...path, 'granularity'],
    `Invalid enum value: \`${value}\` in enum TimeGranularity`,
    didYouMean(value, GRANULARITIES) ?? `Use one of ${GRANULARITIES.join(', ')}.`,
  );
}

/** The constraints of a column or, with `columns`, of a model. */
export function constraintsOf(
  entry: PropertiesEntry,
  written: unknown,
  path: readonly (string | number)[],
  owner: string,
  ofModel = false,
): readonly Constraint[] {
  if (!Array.isArray(written)) return [];
  return written.map((item, i) => {
    const data = asRecord(item) ?? {};
    const { type } = data;
    if (typeof type !== 'string' || !CONSTRAINT_TYPES.includes(type)) {
      throw entry.file.error(
        [...entry.place.path, ...path, i],
        `Invalid constraint type on ${owner}${ofModel ? `: Type must be one of ${pyRepr(CONSTRAINT_TYPES)}` : ''}`,
        `Use one of ${CONSTRAINT_TYPES.join(', ')}.`,
      );
    }
    const constraint: Constraint = {
      type: type as Constraint['type'],
      name: text(data['name']),
      expression: text(data['expression']),
      warn_unenforced: data['warn_unenforced'] !== false,
      warn_unsupported: data['warn_unsupported'] !== false,
      to: text(data['to']),
      to_columns: texts(data['to_columns']),
    };
    return ofModel ? { ...constraint, columns: texts(data['columns']) } : constraint;
  });
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A list of texts; one text is a list of it. */
export function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A dictionary as plain data, empty when it is none. */
export function object(value: unknown): { [key: string]: unknown } {
  const record = asRecord(value);
  return record ? (toPlain(record) as { [key: string]: unknown }) : {};
}
