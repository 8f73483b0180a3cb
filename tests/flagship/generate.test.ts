import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contents, script, temporaryFolder } from './support.ts';

const SMALL = ['--scale', '80', '--days', '6'];

function generated(...options: string[]): Map<string, string> {
  const lake = temporaryFolder();
  const done = script('generate/main.mjs', '--lake', lake, ...options);
  expect(done.err).toBe('');
  const files = contents(join(lake, 'landing'));
  files.delete('_world.json');
  return files;
}

test('the same options give the same bytes, another seed gives others', () => {
  const first = generated(...SMALL);
  expect(first.size).toBe(3 * 6);
  expect(generated(...SMALL)).toEqual(first);
  const other = generated(...SMALL, '--seed', '7');
  expect([...other.keys()]).toEqual([...first.keys()]);
  for (const [path, hash] of first) {
    if (path.startsWith('transactions')) expect(other.get(path), path).not.toBe(hash);
  }
});

test('one more day leaves the days before it as they are', () => {
  const six = generated(...SMALL);
  const seven = generated('--scale', '80', '--until', '2025-01-07');
  expect(seven.size).toBe(six.size + 3);
  for (const [path, hash] of six) expect(seven.get(path), path).toBe(hash);
});

test('a landing zone of another world is emptied, surplus days go', () => {
  const lake = temporaryFolder();
  script('generate/main.mjs', '--lake', lake, ...SMALL);
  script('generate/main.mjs', '--lake', lake, '--scale', '80', '--days', '4');
  expect(contents(join(lake, 'landing')).size).toBe(3 * 4 + 1);
  script('generate/main.mjs', '--lake', lake, '--scale', '90', '--days', '2', '--start', '2025-03-01');
  expect([...contents(join(lake, 'landing')).keys()].filter((path) => path.includes('dt=2025-01'))).toEqual([]);
});

test('the raw files hold the edge cases that hurt', () => {
  const lake = temporaryFolder();
  script('generate/main.mjs', '--lake', lake, '--scale', '600', '--days', '8');
  const read = (entity: string, day: string): string =>
    readFileSync(join(lake, 'landing', entity, `dt=${day}`, 'part-0000.csv'), 'utf8');
  const days = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => `2025-01-0${day}`);
  const transactions = days.map((day) => read('transactions', day)).join('');
  const members = days.map((day) => read('members', day)).join('');
  const ids = [...transactions.matchAll(/^(T\d{8}-\w+),/gm)].map((match) => match[1]);
  expect(ids.length, 'duplicates and corrections').toBeGreaterThan(new Set(ids).size);
  expect(read('transactions', '2025-01-08'), 'late arrivals').toMatch(/^T2025010[2-7]-/m);
  expect(transactions, 'orphans').toMatch(/,M9\d{6},/);
  expect(transactions, 'negative amounts').toMatch(/,-\d+\.\d\d,/);
  expect(transactions, 'zero amounts').toMatch(/,0\.00,/);
  expect(transactions, 'quoted quotes and commas').toContain('""Best"" Pizza, Inc.');
  expect(transactions, 'unicode').toMatch(/Café|东方|さくら/);
  expect(transactions, 'malformed values').toMatch(/,(12,50|\$40|abc|NaN|1e999|--),|31\/02\/2025|yesterday/);
  expect(members, 'line ends in a field').toMatch(/"[^"\n]+\nc\/o /);
  expect(members, 'missing values').toContain(',N/A,');
});

test.each([
  [['--scale', 'huge'], "--scale must be a number of members or one of tiny, small, medium, million, full, not 'huge'"],
  [['--days', '0'], "--days must be a whole number of at least 1, not '0'"],
  [['--days', '3', '--until', '2025-01-03'], '--days and --until exclude each other'],
  [['--until', '2024-12-31'], '--until 2024-12-31 is before the first day, 2025-01-01'],
  [['--start', '2025-02-30'], "--start must be a date like 2025-01-31, not '2025-02-30'"],
  [['--speed', '9'], "Unknown option '--speed'"],
])('a wrong command line %j is refused with status 2', (options, message) => {
  const done = script('generate/main.mjs', '--lake', temporaryFolder(), ...options);
  expect(done.status).toBe(2);
  expect(done.err).toContain(message);
});
