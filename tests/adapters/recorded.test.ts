import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Column } from '../../src/adapters/base/column.js';
import { seedMethods } from '../../src/adapters/base/methods/seeds.js';
import { inferSeed } from '../../src/adapters/base/seed-inference.js';
import { Table } from '../../src/adapters/base/table.js';
import { type Attachment, attachSql, databaseNameOf } from '../../src/adapters/duckdb/attachment.js';
import { DUCKDB_COLUMN } from '../../src/adapters/duckdb/kinds.js';
import { secretSql } from '../../src/adapters/duckdb/secrets.js';
import { NO_KEYWORDS, pyRepr, pyStr } from '../../src/jinja/values.js';
import { withDatabase } from './helpers.js';

function recorded<T>(name: string): T {
  const path = new URL(`../cases/adapters/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: T }).cases;
}

describe('a cell of a query', () => {
  interface Cell {
    readonly type: string;
    readonly value: readonly [string, string, string] | null;
  }
  const cells = Object.entries(recorded<{ readonly [sql: string]: Cell }>('cells'));

  it.each(cells)('%s is what dbt shows', async (sql, expected) => {
    const result = await withDatabase({}, (session) => session.execute(`select ${sql} as x`, { fetch: true }));
    const table = Table.fromQuery(result);
    const value = table.rows[0]?.values[0];
    expect(table.columnTypes[0]).toBe(expected.type);
    expect(value === null ? null : [pyRepr(value), pyStr(value)]).toEqual(expected.value?.slice(1) ?? null);
  });
});

describe('a seed', () => {
  interface Seed {
    readonly csv: string;
    readonly delimiter?: string;
    readonly text_columns?: readonly string[];
    readonly names?: readonly string[];
    readonly types?: readonly string[];
    readonly rows?: readonly (readonly (string | null)[])[];
    readonly error?: string;
  }
  const convert = seedMethods()['convert_type'];

  it.each(Object.entries(recorded<{ readonly [name: string]: Seed }>('seeds')))('%s', (_name, seed) => {
    const infer = (): Table =>
      inferSeed(seed.csv, {
        ...(seed.delimiter === undefined ? {} : { delimiter: seed.delimiter }),
        textColumns: seed.text_columns ?? [],
      });
    if (seed.error !== undefined) {
      expect(infer).toThrow(seed.error);
      return;
    }
    const table = infer();
    expect(table.columnNames).toEqual(seed.names);
    expect(table.rows.map((row) => row.values.map((v) => (v === null ? null : pyStr(v))))).toEqual(seed.rows);
    const types = table.columnNames.map((_, i) => convert?.parse({ positional: [table, i], keyword: NO_KEYWORDS }));
    expect(types).toEqual(seed.types);
  });
});

describe('a column', () => {
  interface Expected {
    readonly [property: string]: unknown;
  }
  it.each(Object.entries(recorded<{ readonly [type: string]: Expected }>('columns')))(
    'of type %s',
    (dtype, expected) => {
      const column = new Column(DUCKDB_COLUMN, { column: 'x', dtype });
      expect({
        data_type: column.dataType,
        is_string: column.isString,
        is_number: column.isInteger || column.isNumeric || column.isFloat,
        is_float: column.isFloat,
        is_integer: column.isInteger,
        is_numeric: column.isNumeric,
        flatten: column.flatten().map((c) => [c.column, c.dtype]),
        repr: pyStr(column),
        literal: `1::${column.dataType}`,
      }).toEqual(expected);
    },
  );
});

describe('a profile', () => {
  interface Profile {
    readonly databases: { readonly [path: string]: string };
    readonly attach: readonly { readonly entry: Attachment; readonly sql: string }[];
    readonly secrets: readonly { readonly entry: { readonly [key: string]: unknown }; readonly sql: string }[];
  }
  const profile = recorded<Profile>('profile');

  it.each(Object.entries(profile.databases))('the database of %s is %s', (path, name) => {
    expect(databaseNameOf(path)).toBe(name);
  });

  it.each(profile.attach)('attaches $entry', ({ entry, sql }) => {
    expect(attachSql(entry)).toBe(sql);
  });

  it.each(profile.secrets.map((secret, i) => ({ ...secret, i })))('makes the secret $entry', ({ entry, sql, i }) => {
    expect(secretSql(entry, i + 1).replace(/\s+/g, ' ')).toBe(sql.replace(/\s+/g, ' '));
  });
});
