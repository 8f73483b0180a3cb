import { join } from 'node:path';
import { expect, it } from 'vitest';
import { invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { temporaryDirectory, writeFiles } from '../helpers/project.js';

const output = (more: string): string => `demo: {target: dev, outputs: {dev: {type: duckdb, threads: 3${more}}}}\n`;

async function debug(more: string): Promise<string> {
  const project = temporaryDirectory('tsdbt-debug-');
  writeFiles(project, { 'dbt_project.yml': 'name: demo\nprofile: demo\n', 'profiles.yml': output(more) });
  const stdout = new MemoryOutput();
  const { exitCode } = await invoke(['debug'], { cwd: project, env: { HOME: project }, stdout });
  expect(exitCode, stdout.text).toBe(0);
  return stdout.text.replaceAll(project, '<project>');
}

it('says what DuckDB runs with: as the profile has it, and as DuckDB does without', async () => {
  const settings = '{memory_limit: 1GB, threads: 1, temp_directory: spill, max_temp_directory_size: 2GB}';
  const text = await debug(`, path: db.duckdb, settings: ${settings}, config_options: {extension_directory: ext}`);
  expect(text).toMatch(/nodes at a time: +3\n/);
  expect(text).toMatch(/threads: +1\n/);
  expect(text).toMatch(/memory limit: +953\.6 MiB\n/);
  expect(text).toMatch(/spill folder: +<project>\/spill \(up to 1\.8 GiB\)\n/);
  expect(text).toMatch(/database file: +<project>\/db\.duckdb \([\d.]+ (bytes|KiB)\)\n/);
  expect(text).toMatch(/extension folder: +ext\n/);
  expect(text).toMatch(/extensions loaded: +.*json/);
});

it('says so of a database in memory, and where extensions are looked for', async () => {
  const text = await debug('');
  expect(text).toMatch(/database file: +none: the database is in memory/);
  expect(text).toContain(join('.duckdb', 'extensions', 'v'));
});
