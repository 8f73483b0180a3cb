import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { makeProject, writeFiles } from '../helpers/project.js';

const FILES = {
  'dbt_project.yml': 'name: p\nprofile: case\n',
  'models/a.sql': "{{ config(materialized='table') }} select 1 as id",
  'models/b.sql': "select id from {{ ref('a') }} where {{ positive('id') }}",
  'models/c.sql': "select id from {{ ref('b') }} {{ fails() if execute }}",
  'models/s.yml': 'models:\n  - name: b\n    columns:\n      - {name: id, data_tests: [not_null, unique]}\n',
  'macros/m.sql':
    "{% macro positive(column) %}{{ column }} > 0{% endmacro %}\n\n{% macro fails() %}\n  {{ exceptions.raise_compiler_error('no') }}\n{% endmacro %}\n",
};

/** Runs a command; the names of its events, and what it printed without times. */
async function run(cwd: string, ...args: readonly string[]) {
  const stdout = new MemoryOutput();
  const names: string[] = [];
  const result = await invoke(args, {
    cwd,
    env: { HOME: cwd },
    stdout,
    stderr: new MemoryOutput(),
    onEvent: ({ info }) => void names.push(info.name),
  });
  const text = stdout.text.replace(/\d\d:\d\d:\d\d/g, '').replace(/\d+\.\d+(?:s| seconds)/g, '<s>');
  return { result, names: names.filter((name) => /Pars/.test(name)), text };
}

const compiled = (cwd: string): string => readFileSync(join(cwd, 'target/compiled/p/models/b.sql'), 'utf8');

it('a run after a parse that was kept gives the same results, and errors at the same places', async () => {
  const cwd = makeProject(FILES);
  const cold = await run(cwd, '--no-use-colors', 'build');
  const sql = compiled(cwd);
  rmSync(join(cwd, 'target/compiled'), { recursive: true });
  const warm = await run(cwd, '--no-use-colors', 'build');
  expect(cold.names).toContain('UnableToPartialParse');
  expect(warm.names).toContain('PartialParsingSkipParsing');
  expect(warm.text).toBe(cold.text.replace(/^.*Unable to do partial parsing.*\n/m, ''));
  expect(warm.text).toContain('macros/m.sql:4');
  expect(compiled(cwd)).toBe(sql);
  const of = ({ result }: typeof cold) =>
    result.results.map(({ unique_id, status, message }) => ({ unique_id, status, message }));
  expect(of(warm)).toEqual(of(cold));
});

it('commands at the same time do not damage what is kept', async () => {
  const cwd = makeProject(FILES);
  const all = await Promise.all([0, 1, 2, 3].map((a) => run(cwd, 'parse', '--vars', `{a: ${a}}`)));
  for (const { result, names } of all) {
    expect(result.success).toBe(true);
    expect(names).not.toContain('ParsedFileLoadFailed');
  }
  expect((await run(cwd, 'parse')).names).toContain('PartialParsingSkipParsing');
});

it('what cannot be written is no error', async () => {
  const cwd = makeProject(FILES);
  mkdirSync(join(cwd, 'target/partial_parse.tsdbt'), { recursive: true });
  const { result, names } = await run(cwd, 'parse');
  expect(result.success).toBe(true);
  expect(names).toContain('ParsedFileLoadFailed');
});

it('--no-partial-parse reads nothing and writes; --partial-parse-file-path reads another file', async () => {
  const cwd = makeProject(FILES);
  expect((await run(cwd, 'parse', '--no-partial-parse')).names).toEqual([
    'PartialParsingNotEnabled',
    'ParsePerfInfoPath',
  ]);
  expect((await run(cwd, 'parse')).names).toContain('PartialParsingSkipParsing');
  cpSync(join(cwd, 'target/partial_parse.tsdbt'), join(cwd, 'kept'));
  expect((await run(cwd, 'clean')).result.success).toBe(true);
  writeFiles(cwd, { 'models/d.sql': 'select 2 as id' });
  const other = await run(cwd, 'parse', '--partial-parse-file-path', 'kept');
  expect(other.names).toContain('PartialParsingEnabled');
  expect(other.names).not.toContain('PartialParsingSkipParsing');
  // It is kept in the target directory, whatever was read.
  expect((await run(cwd, 'parse')).names).toContain('PartialParsingSkipParsing');
});
