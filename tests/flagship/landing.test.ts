import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { script, temporaryFolder } from './support.ts';

const SMALL = ['--system', 'member_risk', '--scale', '40'];

function landed(): { lake: string; at: (path: string) => string } {
  const lake = join(temporaryFolder(), 'lake');
  expect(script('generate/main.mjs', '--lake', lake, ...SMALL, '--days', '3').status).toBe(0);
  return { lake, at: (path) => join(lake, 'landing', path) };
}

const seal = (lake: string) => script('landing/main.mjs', '--lake', lake);
const load = (lake: string) => script('load/main.mjs', '--system', 'member_risk', '--lake', lake, '--sealed');

test('what has landed is counted and hashed; the load takes those files', () => {
  const { lake, at } = landed();
  const declared = JSON.parse(readFileSync(at('_world.json'), 'utf8'));
  const done = seal(lake);
  expect(done.err).toBe('');
  expect(done.out).toContain('9 files to 2025-01-03 (9 new, 0 changed, 0 gone');
  const sealed = JSON.parse(readFileSync(at('_landed.json'), 'utf8'));
  expect(sealed.records).toEqual(declared.rows);
  expect(sealed.files).toHaveLength(9);
  expect(load(lake).status).toBe(0);

  expect(script('generate/main.mjs', '--lake', lake, ...SMALL, '--days', '4').status).toBe(0);
  const early = load(lake);
  expect(early.status).toBe(1);
  expect(early.err).toContain('members/dt=2025-01-04/part-0000.csv: has come since');
  expect(seal(lake).out).toContain('12 files to 2025-01-04 (3 new, 0 changed, 0 gone');
  expect(load(lake).out).toContain('loaded 3 partitions (9 unchanged');
});

test('a landing zone that is not whole is not sealed, and everything that is wrong is said', () => {
  const { lake, at } = landed();
  rmSync(at('visits/dt=2025-01-02'), { recursive: true });
  writeFileSync(at('transactions/dt=2025-01-01/part-0000.csv'), '');
  writeFileSync(at('transactions/dt=2025-01-03/part-0001.csv.tmp'), 'half');
  const members = at('members/dt=2025-01-01/part-0000.csv');
  writeFileSync(members, readFileSync(members, 'utf8').replace('annual_income', 'yearly_income'));
  const done = seal(lake);
  expect(done.status).toBe(1);
  for (const problem of [
    'visits: 2025-01-02 has not landed',
    'transactions/dt=2025-01-01/part-0000.csv: is empty',
    'transactions/dt=2025-01-03/part-0001.csv.tmp: is still being written',
    'missing: annual_income; not in the schema: yearly_income',
    'transactions: the source delivered ',
  ])
    expect(done.err).toContain(problem);
  expect(load(lake).err).toContain('there is none');
});

test('what happens between the seal and the load stops the load', () => {
  const { lake, at } = landed();
  expect(seal(lake).status).toBe(0);
  appendFileSync(at('transactions/dt=2025-01-02/part-0000.csv'), 'late\n');
  renameSync(at('visits/dt=2025-01-03'), at('visits/dt=2025-01-05'));
  const done = load(lake);
  expect(done.status).toBe(1);
  expect(done.err).toContain('transactions/dt=2025-01-02/part-0000.csv: has changed since');
  expect(done.err).toContain('visits/dt=2025-01-03/part-0000.csv: is gone');
  expect(done.err).toContain('visits/dt=2025-01-05/part-0000.csv: has come since');
});

test('nothing landed at all is said so', () => {
  const done = seal(join(temporaryFolder(), 'lake'));
  expect(done.status).toBe(1);
  expect(done.err).toContain('members: nothing has landed');
});
