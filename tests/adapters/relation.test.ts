import { describe, expect, it } from 'vitest';
import { ephemeralRelation, Relation, type RelationFields } from '../../src/adapters/base/relation.js';
import { RelationCache } from '../../src/adapters/base/relation-cache.js';
import { RelationClass } from '../../src/adapters/base/relation-view.js';
import { DUCKDB_RELATION } from '../../src/adapters/duckdb/kinds.js';
import { sourceRelation } from '../../src/adapters/duckdb/source-location.js';
import type { SourceDefinition } from '../../src/contracts/nodes.js';
import { asHost, JINJA, pyEquals, pyRepr, pyStr, truthy, Undefined } from '../../src/jinja/values.js';

function relation(fields: Partial<RelationFields> = {}): Relation {
  return new Relation(DUCKDB_RELATION, {
    path: { database: 'd', schema: 's', identifier: 'i' },
    type: 'table',
    ...fields,
  });
}

function call(
  value: unknown,
  name: string,
  positional: unknown[] = [],
  keyword: Record<string, unknown> = {},
): unknown {
  const method = asHost(asHost(value)?.[JINJA.attr]?.(name));
  return method?.[JINJA.call]?.({ positional, keyword: new Map(Object.entries(keyword)) });
}

/** Recorded from dbt 1.11.16 with dbt-duckdb 1.11.1. */
describe('a relation as templates see it', () => {
  const r = relation();
  it.each([
    [r, '"d"."s"."i"'],
    [call(r, 'include', [], { database: false }), '"s"."i"'],
    [call(r, 'quote', [], { identifier: false }), '"d"."s".i'],
    [call(r, 'without_identifier'), '"d"."s"'],
    [call(r, 'information_schema', ['tables']), '"d".INFORMATION_SCHEMA.tables'],
    [call(r, 'information_schema'), '"d".INFORMATION_SCHEMA'],
    [call(r, 'replace_path', [], { identifier: 'z' }), '"d"."s"."z"'],
    [call(r, 'incorporate', [], { path: { schema: null } }), '"d"."i"'],
    [call(r, 'incorporate', [], { path: { database: null, schema: null, identifier: 'x' } }), '"x"'],
    [call(r, 'quoted', ['q']), '"q"'],
    [call(r, 'create', [], { identifier: 'n' }), '"n"'],
    [r[JINJA.attr]('path'), "Path(database='d', schema='s', identifier='i')"],
    [r[JINJA.attr]('include_policy'), 'Policy(database=True, schema=True, identifier=True)'],
    [r[JINJA.attr]('type'), 'table'],
    [r[JINJA.attr]('table'), 'i'],
    [r[JINJA.attr]('MaterializedView'), 'materialized_view'],
    [call(r, 'get', ['metadata']), "{'type': 'DuckDBRelation'}"],
    [call(r, 'scd_args', ['a', 'b']), "['a', 'b']"],
    [call(r, 'scd_args', [['a', 'c'], 'b']), "['a', 'c', 'b']"],
    [[r], '[<DuckDBRelation "d"."s"."i">]'],
  ])('%# prints as dbt does', (value, text) => {
    expect(pyStr(value)).toBe(text);
  });

  it('has the types as questions', () => {
    expect(r[JINJA.attr]('is_table')).toBe(true);
    expect(asHost(call(r, 'incorporate', [], { type: 'view' }))?.[JINJA.attr]?.('is_view')).toBe(true);
    expect(() => call(r, 'incorporate', [], { type: 'chair' })).toThrow("'chair' is not one of");
  });

  it('equals another of the same fields, is true, and is a mapping', () => {
    expect(pyEquals(r, relation())).toBe(true);
    expect(pyEquals(r, relation({ type: 'view' }))).toBe(false);
    expect(truthy(r)).toBe(true);
    expect(r[JINJA.mapping]).toBe(true);
    expect(pyRepr(r)).toBe('<DuckDBRelation "d"."s"."i">');
  });

  it('with a limit is a subquery', () => {
    expect(pyStr(relation({ limit: 0 }))).toBe('(select * from "d"."s"."i" where false limit 0)');
    expect(pyStr(relation({ limit: 5 }))).toBe('(select * from "d"."s"."i" limit 5)');
    expect(relation({ limit: 0 }).render()).toBe('"d"."s"."i"');
  });

  it('with an event time is filtered around its limit', () => {
    const filter = { fieldName: 'at', start: '2024-01-01', end: '2024-01-02' };
    expect(pyStr(relation({ eventTimeFilter: filter, limit: 0 }))).toBe(
      `(select * from (select * from "d"."s"."i" where false limit 0) where at >= '2024-01-01' and at < '2024-01-02')`,
    );
  });

  it('of an ephemeral model is the name of a CTE', () => {
    expect(pyStr(ephemeralRelation(DUCKDB_RELATION, 'm'))).toBe('__dbt__cte__m');
  });

  it('refuses a part that is not defined', () => {
    expect(() => call(r, 'incorporate', [], { path: { schema: new Undefined('x') } })).toThrow(
      'Got an invalid path schema',
    );
    expect(() => call(r, 'incorporate', [], { path: { identifier: 5 } })).toThrow('Got an invalid path identifier: 5');
  });

  it('matches by exact name only', () => {
    expect(call(r, 'matches', [], { identifier: 'i', schema: 's' })).toBe(true);
    expect(call(r, 'matches', [], { identifier: 'j' })).toBe(false);
    expect(() => call(r, 'matches', [], { identifier: 'I' })).toThrow('differs in letter case');
    expect(() => call(r, 'matches')).toThrow('no search path');
  });
});

describe('api.Relation', () => {
  it('creates relations with the quoting of the project', () => {
    const api = new RelationClass(DUCKDB_RELATION, { database: true, schema: false, identifier: true });
    expect(pyStr(call(api, 'create', ['d', 's', 'i']))).toBe('"d".s."i"');
    expect(pyStr(call(api, 'create', [], { schema: 's', quote_policy: { schema: true } }))).toBe('"s"');
    expect(pyStr(call(api, 'create', [], { schema: 's', identifier: 'i', no_such: 1 }))).toBe('s."i"');
  });
});

describe('a source', () => {
  const source = (settings: Record<string, unknown>): SourceDefinition =>
    ({
      name: 'n',
      identifier: 'i',
      schema: 's',
      database: 'd',
      source_name: 'src',
      tags: [],
      meta: settings,
      config: { enabled: true },
    }) as unknown as SourceDefinition;

  it.each([
    [{}, '"d"."s"."i"'],
    [{ external_location: 'data/{name}.parquet' }, "'data/n.parquet'"],
    [{ external_location: "read_csv('data/{identifier}_{schema}.csv')" }, "read_csv('data/i_s.csv')"],
    [{ external_location: "'{name}.csv'" }, "'n.csv'"],
    [{ external_location: '{{x}}/{region}.csv', region: 'eu' }, "'{x}/eu.csv'"],
    [{ external_location: '%(name)s.csv', formatter: 'oldstyle' }, "'n.csv'"],
    [{ external_location: '$name-${schema}.csv', formatter: 'template' }, "'n-s.csv'"],
  ])('%o prints as %s', (settings, text) => {
    expect(pyStr(sourceRelation(relation(), source(settings)))).toBe(text);
  });

  it('names what a location asks for in vain', () => {
    const wrong = (): Relation => sourceRelation(relation(), source({ external_location: '{nme}.csv' }));
    expect(wrong).toThrow("names 'nme', which the source does not have");
    expect(() => sourceRelation(relation(), source({ plugin: 'excel' }))).toThrow("plugin 'excel'");
    expect(() => sourceRelation(relation(), source({ external_location: 'x', formatter: 'f' }))).toThrow('Formatter f');
  });
});

describe('the cache of relations', () => {
  const at = (identifier: string, type: 'table' | 'view' = 'table'): Relation =>
    relation({ type, path: { database: 'd', schema: 's', identifier } });

  it('knows a schema once it was read, and takes no notice of letter case', () => {
    const cache = new RelationCache();
    expect(cache.hasSchema('d', 's')).toBe(false);
    cache.addSchema('D', 'S');
    expect(cache.hasSchema('d', 's')).toBe(true);
    cache.add(at('A'));
    cache.add(at('a', 'view'));
    expect(cache.list('d', 'S').map((r) => [r.identifier, r.type])).toEqual([['A', 'table']]);
  });

  it('follows renames, also of what it did not know', () => {
    const cache = new RelationCache();
    cache.add(at('a__dbt_tmp', 'view'));
    cache.rename(at('a__dbt_tmp'), at('a'));
    cache.rename(at('unknown'), at('b'));
    expect(cache.list('d', 's').map((r) => [r.identifier, r.type])).toEqual([
      ['a', 'view'],
      ['b', 'table'],
    ]);
    expect(() => cache.rename(at('a'), at('b'))).toThrow('a relation of that name already');
  });

  it('forgets what is dropped, and a schema with all that is in it', () => {
    const cache = new RelationCache();
    cache.add(at('a'));
    cache.add(at('b'));
    cache.drop(at('A'));
    expect(cache.list('d', 's')).toHaveLength(1);
    cache.dropSchema('D', 's');
    expect(cache.hasSchema('d', 's')).toBe(false);
    expect(cache.list('d', 's')).toHaveLength(0);
  });
});
