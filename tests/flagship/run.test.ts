import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { script, temporaryFolder } from './support.ts';

const SMALL = ['--scale', '40', '--days', '2'];

/** A stand-in for tsdbt that writes down how it was called and fails where it is told to. */
function standIn(folder: string, failing = '', status = 0): { command: string; calls: () => string[] } {
  const log = join(folder, 'calls.txt');
  const path = join(folder, 'stand-in.mjs');
  writeFileSync(log, '');
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs';
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, args.join(' ') + '\\n');
process.exit(args[0] === ${JSON.stringify(failing)} ? ${status} : 0);
`,
  );
  return {
    command: `${process.execPath} ${path}`,
    calls: () => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean),
  };
}

/** What goes to a command that is not tsdbt: dbt has no models in TypeScript. */
const OFF = '--vars {typescript_models: false}';

test('the steps run in order; what is built already is kept while the world only grows', () => {
  const folder = temporaryFolder();
  const { command, calls } = standIn(folder);
  const run = (...options: string[]) =>
    script('run.mjs', '--lake', join(folder, 'lake'), '--dbt', command, ...options).status;
  expect(run(...SMALL)).toBe(0);
  expect(calls()).toEqual(['deps', `build --full-refresh ${OFF}`, `docs generate --no-compile ${OFF}`]);
  expect(run('--scale', '40', '--days', '3')).toBe(0);
  expect(calls().slice(3)).toEqual(['deps', `build ${OFF}`, `docs generate --no-compile ${OFF}`]);
  expect(run(...SMALL, '--', '--select', 'staging')).toBe(0);
  expect(calls()[7]).toBe(`build --full-refresh ${OFF} --select staging`);
  expect(run(...SMALL, '--seed', '3', '--', '--vars', '{typescript_models: true}')).toBe(0);
  expect(calls()[10]).toBe('build --full-refresh --vars {typescript_models: true}');
});

test('it stops at the first failure with that status, and builds anew after it', () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const failing = standIn(folder, 'build', 3);
  const done = script('run.mjs', '--lake', lake, '--dbt', failing.command, ...SMALL);
  expect(done.status).toBe(3);
  expect(done.out).toContain('== build: failed with status 3');
  expect(failing.calls()).toEqual(['deps', `build --full-refresh ${OFF}`]);
  const mended = standIn(folder);
  expect(script('run.mjs', '--lake', lake, '--dbt', mended.command, '--skip-load').status).toBe(0);
  expect(mended.calls()).toEqual(['deps', `build --full-refresh ${OFF}`, `docs generate --no-compile ${OFF}`]);
});

test('a load that fails keeps the build from running', () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const { command, calls } = standIn(folder);
  script('generate/main.mjs', '--lake', lake, ...SMALL);
  expect(script('generate/break.mjs', 'landing_drift', '--lake', lake).status).toBe(0);
  const done = script('run.mjs', '--lake', lake, '--dbt', command, '--skip-generate');
  expect(done.status).toBe(1);
  expect(done.err).toContain('yearly_income');
  expect(calls()).toEqual([]);
});

test('a command that is not there is said so', () => {
  const folder = temporaryFolder();
  const done = script('run.mjs', '--lake', join(folder, 'lake'), '--dbt', join(folder, 'nothing'), ...SMALL);
  expect(done.status).toBe(127);
  expect(done.err).toContain("can't run");
});
