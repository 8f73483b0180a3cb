import { join } from 'node:path';
import { expect, test } from 'vitest';
import { invoke } from '../../src/index.ts';
import { ROOT, script, standIn, temporaryFolder } from './support.ts';

const SMALL = ['--scale', '40', '--days', '2'];
/** What goes to a command that is not tsdbt: dbt has no models in TypeScript. */
const OFF = '--vars {typescript_models: false}';

/** The call that makes the days of activity. */
const days = (from: string, end: string, ...options: string[]) =>
  [
    `build --select tag:by_day --event-time-start ${from} --event-time-end ${end}`,
    ...options,
    '--target-path target/backfill',
  ].join(' ');

test('the steps run in order; what is built already is kept while the world only grows', () => {
  const folder = temporaryFolder();
  const { command, calls } = standIn(folder);
  const run = (...options: string[]) =>
    script('run.mjs', '--lake', join(folder, 'lake'), '--dbt', command, ...options).status;
  expect(run(...SMALL)).toBe(0);
  const docs = `docs generate --no-compile ${OFF}`;
  const first = days('2024-12-18', '2025-01-03', '--full-refresh', OFF);
  expect(calls()).toEqual(['deps', `build --full-refresh ${OFF}`, first, docs]);
  expect(run('--scale', '40', '--days', '3')).toBe(0);
  // The days since the last one that was built, and the twelve before it.
  expect(calls().slice(4)).toEqual(['deps', `build ${OFF}`, days('2024-12-21', '2025-01-04', OFF), docs]);
  expect(run(...SMALL, '--', '--select', 'staging')).toBe(0);
  expect(calls().slice(8)).toEqual(['deps', `build --full-refresh ${OFF} --select staging`, docs]);
  expect(run(...SMALL, '--seed', '3', '--', '--vars', '{typescript_models: true}')).toBe(0);
  expect(calls()[12]).toBe('build --full-refresh --vars {typescript_models: true}');
});

test('a system alone leaves out what is made day by day, with its tests, until the backfill', async () => {
  const folder = temporaryFolder();
  const { command, calls } = standIn(folder);
  const done = script('run.mjs', '--system', 'member_risk', '--lake', join(folder, 'lake'), '--dbt', command, ...SMALL);
  expect(done.status).toBe(0);
  const [, build = '', backfill = ''] = calls();
  expect(build).toContain('--select tag:member_risk --exclude tag:by_day');
  expect(backfill).toContain('--select tag:by_day');
  const selection = ['--select', 'tag:member_risk', '--exclude', 'tag:by_day', '--target-path', folder];
  let listed = '';
  await invoke(['ls', '--quiet', ...selection], {
    cwd: ROOT,
    env: {},
    stdout: (text) => {
      listed += text;
    },
  });
  expect(listed).toContain('fct_daily_spend');
  expect(listed).not.toContain('fct_member_daily_activity');
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
  expect(mended.calls()).toEqual([
    'deps',
    `build --full-refresh ${OFF}`,
    days('2024-12-18', '2025-01-03', '--full-refresh', OFF),
    `docs generate --no-compile ${OFF}`,
  ]);
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

test('what is made day by day is called with its days; it stops at the first that fails', () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  script('generate/main.mjs', '--system', 'member_risk', '--lake', lake, '--scale', '40', '--days', '4');
  script('load/main.mjs', '--system', 'member_risk', '--lake', lake);
  const { command, calls } = standIn(folder);
  const run = (dbt: string, ...args: string[]) => script('backfill.mjs', ...args, '--lake', lake, '--dbt', dbt);
  const activity = 'build --select tag:by_day';
  expect(run(command, 'activity').status).toBe(0);
  expect(run(command, 'activity', '--recent').status).toBe(0);
  expect(run(command, 'activity', '--from', '2025-01-02', '--every', '2').status).toBe(0);
  expect(run(command, 'snapshot', '--until', '2025-01-02').status).toBe(0);
  expect(calls()).toEqual([
    `${activity} --event-time-start 2024-12-18 --event-time-end 2025-01-05`,
    `${activity} --event-time-start 2024-12-23 --event-time-end 2025-01-05`,
    `${activity} --event-time-start 2025-01-02 --event-time-end 2025-01-04`,
    `${activity} --event-time-start 2025-01-04 --event-time-end 2025-01-05`,
    'run --select stg_members core_member_deliveries',
    'build --select member_snapshot --vars {as_of_date: 2025-01-01}',
    'build --select member_snapshot --vars {as_of_date: 2025-01-02}',
  ]);
  const failing = standIn(folder, 'build', 3);
  expect(run(failing.command, 'activity', '--every', '1').status).toBe(3);
  expect(failing.calls().length).toBe(1);
  for (const wrong of [
    ['nothing'],
    ['snapshot', '--every', '2'],
    ['activity', '--from', '2025-01-09'],
    ['activity', '--every', 'x'],
  ])
    expect(run(command, ...wrong).status, wrong.join(' ')).toBe(2);
});
