import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { copyProject, withoutCleanUp } from '../helpers/project.js';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../cases/state');
const OUTPUT = { type: 'duckdb', path: 'db.duckdb', threads: 1 };
const PROFILES = JSON.stringify({
  case: { target: 'dev', outputs: { dev: OUTPUT, prod: { ...OUTPUT, schema: 'prod' } } },
});

interface Spec {
  readonly removed: readonly string[];
  readonly edits: readonly (readonly [file: string, now: string, then: string])[];
  readonly sql: { readonly before: readonly string[]; readonly now: readonly string[] };
}

interface Answers {
  readonly selections: { readonly [select: string]: readonly [theirs: string[], ours: string[]] };
  readonly compiled: { readonly [name: string]: readonly [theirs: object, ours: object] };
  readonly retry: { readonly [id: string]: string };
  /** The nodes that use a built-in macro. */
  readonly built_in: readonly string[];
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** A team that goes back from tsdbt to dbt, or runs both. */
describe('dbt with a target/ of tsdbt as state', () => {
  let answers: Answers;

  beforeAll(async () => {
    const venv = process.env['TSDBT_ORACLE_VENV'];
    if (!venv) throw new Error('TSDBT_ORACLE_VENV is not set: see tests/oracle/README.md');
    const spec = read<Spec>(join(folder, 'case.json'));
    const make = (): string => withoutCleanUp(() => copyProject(join(folder, 'project'), { 'profiles.yml': PROFILES }));
    const [before, now] = [make(), make()];
    for (const name of spec.removed) rmSync(join(before, name));
    for (const [name, is, was] of spec.edits) {
      const file = join(before, name);
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(is, () => was),
      );
    }
    const query = async (statements: readonly string[]): Promise<void> => {
      const instance = await DuckDBInstance.create(join(before, 'db.duckdb'));
      const connection = await instance.connect();
      for (const statement of statements) await connection.run(statement);
      connection.closeSync();
      instance.closeSync();
    };
    await query(spec.sql.before);
    await invoke(['build', '--target', 'prod', '--vars', '{currency: usd}'], { cwd: before, env: { HOME: before } });
    await query(spec.sql.now);
    cpSync(join(before, 'db.duckdb'), join(now, 'db.duckdb'));
    const out = join(now, 'answers.json');
    const args = [join(here, 'state_read.py'), before, now, join(before, 'target'), out];
    const run = spawnSync(join(venv, 'bin/python'), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    answers = read<Answers>(out);
  }, 600_000);

  it('selects the same, but for what uses built-in macros: their text is another', () => {
    for (const [select, [theirs, ours]] of Object.entries(answers.selections)) {
      const macros = /state:(modified|unmodified)(?![.a-z])|modified\.macros/.test(select);
      const compared = macros
        ? [theirs, ours].map((ids) => ids.filter((id) => !answers.built_in.includes(id)))
        : [theirs, ours];
      // What stands above or below them comes along.
      if (!macros || !/[+]/.test(select)) expect(compared[1], select).toEqual(compared[0]);
    }
    const [theirs, ours] = answers.selections['state:modified'] as readonly [string[], string[]];
    expect([...new Set([...theirs, ...answers.built_in])].sort()).toEqual(
      [...new Set([...ours, ...answers.built_in])].sort(),
    );
  });

  it('defers to the same relations', () => {
    for (const [name, [theirs, ours]] of Object.entries(answers.compiled)) expect(ours, name).toEqual(theirs);
  });

  it('retries the same nodes', () => {
    const { states } = read<{ states: { [version: string]: { retry: object } } }>(join(folder, 'recorded.json'));
    expect(answers.retry).toEqual(states['1.11']?.retry);
  });
});
