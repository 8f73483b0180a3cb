import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project.js';

let project: Project;
afterEach(() => project.remove());

async function rows(sql: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(join(project.root, 'db.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const found = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return found;
}

const PROPERTIES = `functions:
  - name: plus
    description: adds
    config: {persist_docs: {relation: true}}
    arguments: [{name: a, data_type: integer}, {name: b, data_type: integer, default_value: 2}]
    returns: {data_type: 'decimal(10,2)'}
  - name: half
    arguments: [{name: x, data_type: double}]
    returns: {data_type: integer}
  - name: largest
    config: {type: aggregate, volatility: stable}
    arguments: [{name: x, data_type: integer}]
    returns: {data_type: bigint}
  - name: series
    description: numbers
    config: {type: table, schema: lists, persist_docs: {relation: true}}
    arguments: [{name: n, data_type: integer}]
    returns: {data_type: table}
  - name: nothing
    returns: {data_type: varchar}
  - name: py
    config: {runtime_version: '3.11', entry_point: main}
    returns: {data_type: integer}
`;

/** dbt-duckdb has no macros for functions: each fails there. tsdbt makes DuckDB macros of them. */
describe('functions on DuckDB, by the macros that come with tsdbt', () => {
  it('creates scalar, aggregate and table functions that models call', async () => {
    project = new Project({
      'functions/f.yml': PROPERTIES.replace(/ {2}- name: py[\s\S]*/, ''),
      'functions/plus.sql': 'a + b -- a comment at the end',
      // A body may be a query too, as it is on Postgres.
      'functions/half.sql': "select {{ function('plus') }}(x, 0) / 2",
      'functions/largest.sql': 'max(x)',
      'functions/series.sql': 'select i from range(n) t(i)',
      'functions/nothing.sql': "'nothing'",
      'models/m.sql': `{{ config(materialized='table') }}
select {{ function('plus') }}(1) as a, {{ function('plus') }}(1, 1) as b, {{ function('half') }}(9) as c, {{ function('nothing') }}() as d,
  (select {{ function('largest') }}(i) from {{ function('series') }}(4)) as e`,
    });
    const { output, exitCode } = await project.run(['build']);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('Found `stable` volatility specified on function `largest`');
    expect(output).toContain('Finished running 5 functions, 1 table model');
    expect(await rows('select a, b, c, d, e, typeof(a), typeof(c), typeof(e) from m')).toEqual([
      ['3.00', '2.00', 4, 'nothing', '3', 'DECIMAL(10,2)', 'INTEGER', 'BIGINT'],
    ]);
    const described =
      'select function_name, comment from duckdb_functions() where not internal and comment is not null';
    expect(await rows(`${described} order by 1`)).toEqual([
      ['plus', 'adds'],
      ['series', 'numbers'],
    ]);
    // Once more over what is there, with another body.
    const again = await project.run(['build', '--select', 'resource_type:function', '--empty']);
    expect(again.exitCode, again.output).toBe(0);
  });

  it('says what a function lacks, and skips what calls it', async () => {
    project = new Project({
      'functions/f.yml': PROPERTIES.replace(/functions:[\s\S]*(?= {2}- name: py)/, 'functions:\n'),
      'functions/py.py': 'def main():\n    return 1\n',
      'functions/bare.py': 'def main():\n    return 1\n',
      'functions/undescribed.sql': '1',
      'models/m.sql': "select {{ function('undescribed') }}() as x",
    });
    const { output, exitCode } = await project.run(['build']);
    expect(exitCode).toBe(1);
    expect(output).toContain("Function 'py' is written in Python, which DuckDB does not run here");
    expect(output).toContain('error[function-config]: A `runtime_version` is required for python functions');
    expect(output).toContain("Nothing says what function 'undescribed' returns");
    expect(output).toMatch(/SKIP relation main\.m/);
  });
});
