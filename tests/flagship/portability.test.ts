import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './support.ts';

/** What only DuckDB understands, or what differs between engines without an error. */
const NOT_PORTABLE: readonly [string, RegExp][] = [
  ['columns()', /\bcolumns\s*\(/i],
  ['exclude', /\*\s*exclude\b/i],
  ['replace', /\*\s*replace\b/i],
  ['qualify', /\bqualify\b/i],
  ['::', /::/],
  ['date functions', /\b(date_diff|datediff|date_part|date_sub|strftime|epoch)\s*\(/i],
  ['list lambdas', /->/],
  ['reading files', /\b(read_parquet|read_csv|parquet_scan)\b/i],
  [
    'aggregates',
    /\b(list|arg_max|arg_min|max_by|min_by|any_value|first|last|median|quantile|string_agg|bool_or|bool_and)\s*\(/i,
  ],
  ['filter', /\bfilter\s*\(\s*where/i],
  ['group by all', /\b(group|order)\s+by\s+all\b/i],
  ['select distinct on', /\bdistinct\s+on\b/i],
  ['join kinds', /\b(asof|semi|anti|positional)\s+join\b/i],
  ['regular expressions', /\bregexp_\w+\s*\(/i],
  ['try_cast', /\btry_cast\s*\(/i],
  ['union by name', /\bunion\s+(all\s+)?by\s+name\b/i],
  ['struct and list literals', /(select|,)\s*[[{]['"\w]/i],
  ['the clock', /\b(current_date|current_timestamp|now\s*\(|today\s*\(|run_started_at)/i],
  ['chance', /\b(random|uuid|gen_random_uuid)\s*\(/i],
];

function sqlFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => join(folder, path));
}

/** The SQL that reaches the engine: no comments, no Jinja. */
function plainSql(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
    .replaceAll(/\{#[\s\S]*?#\}/g, ' ')
    .replaceAll(/\{[%{][\s\S]*?[%}]\}/g, ' x ')
    .replaceAll(/--.*$/gm, ' ');
}

describe.each([
  ...sqlFiles('models'),
  ...sqlFiles('project/ml'),
  ...sqlFiles('tests/data_tests'),
  ...sqlFiles('macros/generic_tests'),
  ...sqlFiles('macros/member_risk'),
  ...sqlFiles('macros/customer_risk'),
  ...sqlFiles('macros/financial_analytics'),
  ...sqlFiles('macros/revenue_operations'),
  ...sqlFiles('macros/shared'),
])('%s', (path) => {
  test('has nothing of one engine only', () => {
    const sql = plainSql(path);
    expect(NOT_PORTABLE.filter(([, pattern]) => pattern.test(sql)).map(([name]) => name)).toEqual([]);
  });
});

test('what one engine only has is in dispatched macros', () => {
  for (const path of sqlFiles('macros/cross_engine')) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [, engine, name] of text.matchAll(/macro (duckdb|postgres|trino)__(\w+)/g)) {
      expect(text, `${path}: ${engine}__${name}`).toContain(`macro default__${name}`);
      expect(text, `${path}: ${name}`).toContain(`adapter.dispatch('${name}', 'tsdbt_flagship')`);
    }
  }
});

test('Parquet is read in sources only', () => {
  for (const folder of ['models', 'macros', 'tests/data_tests', 'project/ml']) {
    // The silver layer is written as Parquet: its location is the one path that a macro has.
    for (const path of sqlFiles(folder))
      expect(readFileSync(join(ROOT, path), 'utf8').replace('/{{ name }}.parquet', ''), path).not.toMatch(
        /\.parquet|read_parquet/,
      );
  }
});
