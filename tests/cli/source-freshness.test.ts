import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const sources = (field: string, freshness: string): string => `sources:
  - name: raw
    schema: main
    tables:
      - name: events
        config:
          loaded_at_field: ${field}
          freshness: ${freshness}
`;

async function freshness(field: string, macros: { readonly [path: string]: string } = {}) {
  const cwd = makeProject({
    'models/sources.yml': sources(field, '{warn_after: {count: 1, period: hour}}'),
    ...macros,
  });
  const stdout = new MemoryOutput();
  const make =
    '{% macro make() %}{% do run_query("create table events as select timestamp \'2024-01-02 03:04:05\' as seen") %}{% endmacro %}';

  writeFiles(cwd, { 'macros/make.sql': make });
  await invoke(['run-operation', 'make'], { cwd, env: { HOME: cwd } });
  const result = await invoke(['source', 'freshness'], { cwd, env: { HOME: cwd }, stdout });
  const artifact = JSON.parse(readFileSync(join(cwd, 'target/sources.json'), 'utf8')) as {
    results: { [key: string]: unknown }[];
  };
  return { result, stdout: stdout.text, artifact };
}

it('writes times in UTC, the form of dbt', async () => {
  const { result, artifact } = await freshness('seen');
  expect(result.exitCode).toBe(0);
  expect(artifact.results[0]).toMatchObject({
    status: 'warn',
    max_loaded_at: '2024-01-02T03:04:05+00:00',
    snapshotted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/) as string,
    criteria: { warn_after: { count: 1, period: 'hour' }, error_after: { count: null, period: null }, filter: null },
  });
});

it('says what to do when the answer is no timestamp (freshness-result)', async () => {
  const { result, stdout, artifact } = await freshness('seen::date');
  expect(result.exitCode).toBe(1);
  expect(artifact.results).toEqual([]);
  expect(stdout).toContain('error[freshness-result]');
  expect(stdout).toContain('--> models/sources.yml:');
  expect(stdout).toContain('hint: Cast it');
});

it('refuses a macro that gives more than one time (freshness-result)', async () => {
  const macro =
    '{% macro collect_freshness(source, loaded_at_field, filter) %}{% call statement("x", fetch_result=True) %}select 1 as a, 2 as b, 3 as c{% endcall %}{% do return(load_result("x")) %}{% endmacro %}';
  const { result, stdout } = await freshness('seen', { 'macros/collect.sql': macro });
  expect(result.exitCode).toBe(1);
  expect(stdout).toContain('one row with two columns');
});
