import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { copyProject, withoutCleanUp } from '../helpers/project.js';

type Fields = { readonly [key: string]: unknown };
interface Result {
  readonly unique_id: string;
  readonly compiled_code?: string | null;
  readonly [key: string]: unknown;
}

const cases = fileURLToPath(new URL('../cases', import.meta.url));
const read = (...path: string[]): Fields => JSON.parse(readFileSync(join(...path), 'utf8')) as Fields;
const { commands, artifacts } = read(cases, 'artifacts/recorded.json') as unknown as {
  readonly commands: readonly (readonly string[])[];
  readonly artifacts: { readonly [name: string]: unknown };
};

/** What differs from run to run, as in tests/oracle/artifacts_record.py. */
const RUN = new Set(
  (
    'generated_at invocation_id invocation_started_at run_started_at user_id started_at completed_at execution_time thread_id elapsed_time ' +
    'snapshotted_at max_loaded_at_time_ago_in_s _invocation_id env created_at query_id'
  ).split(' '),
);

const OUTPUT = { type: 'duckdb', path: 'db.duckdb', threads: 1 };
const PROFILES = JSON.stringify({
  case: {
    target: 'dev',
    outputs: { dev: OUTPUT, prod: { ...OUTPUT, schema: 'prod' }, other: { ...OUTPUT, schema: 'other' } },
  },
});

describe('artifacts of a project with every kind of resource, as recorded from dbt', () => {
  let project: string;
  beforeAll(async () => {
    project = withoutCleanUp(() => copyProject(join(cases, 'state/project'), { 'profiles.yml': PROFILES }));
    const { sql } = read(cases, 'state/case.json') as unknown as { sql: { before: string[]; now: string[] } };
    const instance = await DuckDBInstance.create(join(project, 'db.duckdb'));
    const connection = await instance.connect();
    for (const statement of [...sql.before, ...sql.now]) await connection.run(statement);
    connection.closeSync();
    instance.closeSync();
    for (const args of commands) await invoke([...args], { cwd: project, env: { HOME: project } });
  });

  const own = (name: string): Fields => clean(read(project, 'target', `${name}.json`)) as Fields;

  /** Times are of each run, places of each machine. */
  function clean(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value === 'string') return value.replaceAll(project, '<project>');
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, RUN.has(k) ? null : clean(v)]));
  }

  it.each(['catalog', 'sources', 'semantic_manifest'])('%s.json is the same', (name) => {
    expect(own(name)).toEqual(artifacts[name]);
  });

  it('graph_summary.json has the same nodes and edges', () => {
    type Linked = { readonly [n: string]: { name: string; type: string; succ?: readonly number[] } };
    const edges = (summary: unknown): unknown => {
      const { linked, ...rest } = summary as { linked: Linked };
      const named = Object.values(linked).map(({ name, type, succ = [] }) => [
        name,
        type,
        ...succ.map((n) => linked[n]?.name).sort(),
      ]);
      return { ...rest, linked: named.sort() };
    };
    expect(edges(own('graph_summary'))).toEqual(edges(artifacts['graph_summary']));
  });

  it('run_results.json has the same results', () => {
    const results = (artifact: unknown): unknown[] =>
      (artifact as { results: Result[] }).results
        // dbt-duckdb's statement that creates a function is none that DuckDB knows.
        .filter((result) => !result.unique_id.startsWith('function.'))
        .sort((a, b) => (a.unique_id < b.unique_id ? -1 : 1))
        .map(({ compiled_code: code, message, ...rest }) => ({
          ...rest,
          // The text of tests and of statements in messages is that of macros, which is our own.
          compiled_code: /^(model|snapshot|analysis|function)\./.test(rest.unique_id)
            ? (code?.replace(/\s+/g, ' ').trim() ?? null)
            : null,
          message: typeof message === 'string' ? message.replace(/\n\s*LINE \d+:[\s\S]*$/, '').trimEnd() : message,
        }));
    expect(results(own('run_results'))).toEqual(results(artifacts['run_results']));
  });

  it('run_results.json has the same arguments', () => {
    const args = (artifact: unknown): Fields => (artifact as { args: Fields }).args;
    const { invocation_command: _command, ...recorded } = args(artifacts['run_results']);
    expect(args(own('run_results'))).toMatchObject(recorded);
  });

  it.each(['compiled', 'run'])('target/%s has the same files', (folder) => {
    const root = join(project, 'target', folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile())
      .map((e) => relative(root, join(e.parentPath, e.name)).split(sep).join('/'));
    expect(files.sort()).toEqual(artifacts[folder]);
  });
});
