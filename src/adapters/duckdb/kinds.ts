import type { ColumnKind } from '../base/column.js';
import type { RelationKind } from '../base/relation.js';
import { ALL } from '../base/relation-path.js';
import { relationAttribute } from '../base/relation-view.js';

/** DuckDB's relations: quoted in all parts; subqueries need no alias. */
export const DUCKDB_RELATION: RelationKind = {
  className: 'DuckDBRelation',
  quoteCharacter: '"',
  requireAlias: false,
  quotePolicy: ALL,
  renameable: new Set(),
  replaceable: new Set(),
  attribute: relationAttribute,
};

/** DuckDB's types in dbt's groups. */
export const DUCKDB_COLUMN: ColumnKind = {
  className: 'DuckDBColumn',
  typeLabels: { STRING: 'TEXT' },
  stringTypes: new Set(['text', 'character varying', 'character', 'varchar']),
  numericTypes: new Set(['numeric', 'decimal']),
  floatTypes: new Set(['real', 'float', 'float4', 'float8', 'double']),
  integerTypes: new Set([
    ...['tinyint', 'smallint', 'integer', 'bigint', 'hugeint'],
    ...['utinyint', 'usmallint', 'uinteger', 'ubigint'],
    ...['int1', 'int2', 'int4', 'int8', 'short', 'int', 'signed', 'long'],
  ]),
  structFields,
};

/** `STRUCT(a INTEGER, b DECIMAL(10, 2))` as its fields; null for other types, among them arrays of structures. */
function structFields(dtype: string): readonly { readonly name: string; readonly dtype: string }[] | null {
  const content = /^STRUCT\((.*)\)/is.exec(dtype)?.[1];
  if (content === undefined) return null;
  return splitOutsideParentheses(content).map((field) => {
    const space = field.indexOf(' ');
    return space === -1 ? { name: field, dtype: '' } : { name: field.slice(0, space), dtype: field.slice(space + 1) };
  });
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
