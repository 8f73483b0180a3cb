// The declared schema of an entity (project/schema/<system>/<entity>.json) and the SQL that enforces it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../generate/options.mjs';

/** Something wrong with the lake's files or schema that its owner can mend: printed without a stack. */
export class LakeError extends Error {
  name = 'LakeError';
}

/**
 * @typedef {object} SchemaColumn
 * @property {string} name
 * @property {string} type
 * @property {string} [path] where it is in a JSON record, names with dots between
 * @property {boolean} [required]
 * @property {string} [pattern] a regular expression for the whole value
 * @property {number} [max_length]
 * @property {string} [min]
 * @property {string} [max]
 * @property {string} description
 */

/** @typedef {{entity: string, description: string, null_tokens: string[], columns: SchemaColumn[]}} EntitySchema */

const TYPE = /^(varchar|integer|bigint|boolean|date|timestamp|decimal\(\d{1,2},\d{1,2}\))$/;

/** @param {string} system @param {string} entity @param {string} [folder] @returns {Promise<EntitySchema>} */
export async function readSchema(system, entity, folder = join(ROOT, 'project', 'schema', system)) {
  const path = join(folder, `${entity}.json`);
  /** @type {EntitySchema} */
  const schema = JSON.parse(await readFile(path, 'utf8'));
  for (const column of schema.columns) {
    if (!TYPE.test(column.type))
      throw new LakeError(`${path}: column ${column.name} has the unknown type '${column.type}'`);
    if (!/^[a-z][a-z0-9_]*$/.test(column.name)) throw new LakeError(`${path}: '${column.name}' is no column name`);
  }
  return schema;
}

/** @param {string} text */
export function literal(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The column's value of the declared type, null where it does not fit. @param {SchemaColumn} column */
function typed(column) {
  const raw = `raw.${column.name}`;
  if (column.type === 'varchar') return raw;
  if (column.type === 'boolean') {
    return (
      `case lower(trim(${raw})) when 'true' then true when 't' then true when 'y' then true when 'yes' then true when '1' then true ` +
      `when 'false' then false when 'f' then false when 'n' then false when 'no' then false when '0' then false end`
    );
  }
  // An engine's cast is generous (1e3, 1_000, 2025-1-1); the schema is not.
  const shape = {
    integer: '[+-]?[0-9]{1,9}',
    bigint: '[+-]?[0-9]{1,18}',
    date: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
    timestamp: '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}',
  }[column.type];
  const pattern = shape ?? '[+-]?[0-9]+([.][0-9]+)?';
  return `case when regexp_full_match(trim(${raw}), '${pattern}') then try_cast(trim(${raw}) as ${column.type}) end`;
}

/** The first thing wrong with the column's value, as `kind:column`, or null. @param {SchemaColumn} column */
function problem(column) {
  const cases = [];
  if (column.required) cases.push(`when raw.${column.name} is null then 'missing_required:${column.name}'`);
  cases.push(`when raw.${column.name} is null then null`);
  if (column.type !== 'varchar')
    cases.push(`when t.${column.name} is null then 'invalid_${column.type.replace(/\(.*/, '')}:${column.name}'`);
  if (column.pattern)
    cases.push(
      `when not regexp_full_match(t.${column.name}, ${literal(column.pattern)}) then 'invalid_format:${column.name}'`,
    );
  if (column.max_length)
    cases.push(`when length(t.${column.name}) > ${column.max_length} then 'too_long:${column.name}'`);
  if (column.min)
    cases.push(
      `when t.${column.name} < cast(${literal(column.min)} as ${column.type}) then 'out_of_range:${column.name}'`,
    );
  if (column.max)
    cases.push(
      `when t.${column.name} > cast(${literal(column.max)} as ${column.type}) then 'out_of_range:${column.name}'`,
    );
  return `case ${cases.join(' ')} end`;
}

/**
 * A query over the prepared CSV files: typed columns, where each row came from, and what is wrong with it (`problems`, null when it fits).
 * @param {EntitySchema} schema @param {readonly string[]} files
 */
export function typedRows(schema, files) {
  const names = schema.columns.map((column) => column.name);
  const all = ['load_date', 'source_file', 'source_row', ...names];
  const types = all.map((name) => `${literal(name)}: 'varchar'`).join(', ');
  const tokens = schema.null_tokens.map(literal).join(', ');
  const nulls = schema.columns.map(
    ({ name }) => `case when trim(${name}) in (${tokens}) then null else ${name} end as ${name}`,
  );
  return `
    with raw as (
      select cast(load_date as date) as load_date, source_file, cast(source_row as integer) as source_row, ${nulls.join(', ')}
      from read_csv([${files.map(literal).join(', ')}], columns = {${types}}, header = false, auto_detect = false,
        delim = ',', quote = '"', escape = '"', parallel = false, max_line_size = 1000000)
    ),
    t as (
      select raw.load_date, raw.source_file, raw.source_row,
        ${schema.columns.map((column) => `${typed(column)} as ${column.name}`).join(',\n        ')},
        raw
      from raw
    )
    select load_date, source_file, source_row, ${names.map((name) => `t.${name}`).join(', ')},
      nullif(concat_ws(' ', ${schema.columns.map((column) => problem(column)).join(',\n        ')}), '') as problems
    from t`;
}

/** Stops the load of a file whose columns are not the schema's, in its order. @param {string} path @param {string[]} found @param {string[]} expected */
export function checkHeader(path, found, expected) {
  if (found.join(',') === expected.join(',')) return;
  const missing = expected.filter((name) => !found.includes(name));
  const surplus = found.filter((name) => !expected.includes(name));
  const what = [];
  if (missing.length > 0) what.push(`missing: ${missing.join(', ')}`);
  if (surplus.length > 0) what.push(`not in the schema: ${surplus.join(', ')}`);
  if (what.length === 0) what.push('the columns are in another order');
  throw new LakeError(
    `${path}:1: the header does not match project/schema (${what.join('; ')}). Nothing of it was loaded.`,
  );
}
