import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/contracts/manifest.js';
import { createGraph } from '../../src/graph/create-graph.js';
import type { PreviousState, SourceFreshness } from '../../src/graph/selector/resources.js';
import { selectNodes } from '../../src/graph/selector/select-nodes.js';
import { type InvokeResult, invoke } from '../../src/index.js';
import { copyProject, withoutCleanUp } from '../helpers/project.js';
import { LISTED } from './select-cases.js';

interface Selected {
  readonly ids: readonly string[];
  readonly told: readonly string[];
  /** What dbt selects where its own macros of now and of then count. */
  readonly raw_ids?: readonly string[];
}

interface State {
  readonly selections: { readonly [select: string]: Selected };
  readonly compiled: { readonly [name: string]: { readonly [id: string]: string } };
  readonly retry: { readonly [id: string]: string };
}

const folder = fileURLToPath(new URL('../cases/state', import.meta.url));
const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const spec = read<{
  readonly removed: readonly string[];
  readonly edits: readonly (readonly [file: string, now: string, then: string])[];
  readonly sql: { readonly before: readonly string[]; readonly now: readonly string[] };
  readonly compile: { readonly [name: string]: readonly string[] };
}>(join(folder, 'case.json'));
const { states } = read<{ states: { [version: string]: State } }>(join(folder, 'recorded.json'));

const OUTPUT = { type: 'duckdb', path: 'db.duckdb', threads: 1 };
const PROFILES = JSON.stringify({
  case: { target: 'dev', outputs: { dev: OUTPUT, prod: { ...OUTPUT, schema: 'prod' } } },
});

/** The database that the earlier project's build for production leaves. */
let database: string;
beforeAll(async () => {
  const before = withoutCleanUp(() => copyProject(join(folder, 'project'), { 'profiles.yml': PROFILES }));
  for (const name of spec.removed) rmSync(join(before, name));
  for (const [name, now, then] of spec.edits) {
    const file = join(before, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(now, () => then),
    );
  }
  database = join(before, 'db.duckdb');
  await query(database, spec.sql.before);
  await invoke(['build', '--target', 'prod', '--vars', '{currency: usd}'], { cwd: before, env: { HOME: before } });
  await query(database, spec.sql.now);
});

describe.each(Object.entries(states))('a target/ that dbt %s wrote', (version, recorded) => {
  let project: string;
  let manifest: Manifest;
  let state: PreviousState;
  const run = (...args: string[]): Promise<InvokeResult> => invoke(args, { cwd: project, env: { HOME: project } });

  beforeAll(async () => {
    project = withoutCleanUp(() => copyProject(join(folder, 'project'), { 'profiles.yml': PROFILES }));
    cpSync(join(folder, 'targets', version), join(project, 'state'), { recursive: true });
    cpSync(database, join(project, 'db.duckdb'));
    await run('source', 'freshness');
    manifest = (await run('parse')).manifest as Manifest;
    const results = <T>(path: string): T => read<{ results: T }>(join(project, path)).results;
    state = {
      manifest: read<Manifest>(join(project, 'state/manifest.json')),
      results: results('state/run_results.json'),
      sources: results<SourceFreshness[]>('state/sources.json'),
      currentSources: results<SourceFreshness[]>('target/sources.json'),
    };
  });

  it.each(Object.entries(recorded.selections))('is selected from as by dbt: %s', (select, { ids, told }) => {
    const selection = selectNodes({
      manifest,
      graph: createGraph(manifest),
      select: select.split(' '),
      resourceTypes: LISTED,
      includeEmptyNodes: true,
      state,
    });
    expect([...selection.ids].sort()).toEqual([...ids].sort());
    // dbt says twice of a contract that it broke.
    expect(selection.warnings.map((w) => w.name).sort()).toEqual([...new Set(told)].sort());
  });

  it.each(Object.entries(spec.compile))('is deferred to as by dbt: %s', async (name, args) => {
    const compiled = await run('compile', ...args, '--state', 'state');
    expect(compiled.exitCode).toBe(0);
    for (const [id, code] of Object.entries(recorded.compiled[name] ?? {})) {
      const node = compiled.results.find((r) => r.unique_id === id) as { compiled_code?: string } | undefined;
      expect(node?.compiled_code?.replace(/\s+/g, ' ').trim(), id).toBe(code.replace(/\s+/g, ' ').trim());
    }
  });

  it('is retried as by dbt', async () => {
    const { results } = await run('retry', '--state', 'state');
    expect(Object.fromEntries(results.map((r) => [r.unique_id, r.status]))).toEqual(recorded.retry);
  });
});

async function query(file: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}
