import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const work = mkdtempSync(join(tmpdir(), 'tsdbt-package-'));
const app = join(work, 'an app');
const project = join(app, 'project');

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The versions of Node that the package promises; the others come from npm as plain packages without install scripts. */
const nodes: Readonly<Record<string, string>> = {
  [`running (${process.version})`]: process.execPath,
  22: join(work, 'nodes/node_modules/node22/bin/node'),
  24: join(work, 'nodes/node_modules/node24/bin/node'),
};

beforeAll(() => {
  mkdirSync(join(project, 'models'), { recursive: true });
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(project, 'dbt_project.yml'), "name: three\nversion: '1.0'\nprofile: three\n");
  writeFileSync(
    join(project, 'profiles.yml'),
    'three:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: three.duckdb }\n',
  );
  writeFileSync(join(project, 'models/one.sql'), "{{ config(materialized='table') }}\nselect 1 as id\n");
  npm(['install', '--ignore-scripts', inject('tarball')], app);
  mkdirSync(join(work, 'nodes'));
  writeFileSync(join(work, 'nodes/package.json'), '{ "private": true }\n');
  const platform = `node-${process.platform}-${arch()}`;
  npm(['install', `node22@npm:${platform}@22`, `node24@npm:${platform}@24`], join(work, 'nodes'));
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(Object.entries(nodes))('the installed package on Node %s', (_name, node) => {
  const bin = join(app, 'node_modules/tsdbt/dist/cli/main.js');

  it('builds a project of three files', () => {
    rmSync(join(project, 'three.duckdb'), { force: true });
    rmSync(join(project, 'target'), { recursive: true, force: true });
    const run = spawnSync(node, [bin, 'build'], { cwd: project, encoding: 'utf8' });
    expect(run.stdout + run.stderr).toMatch(/PASS=1 WARN=0 ERROR=0 SKIP=0/);
    expect(run.status).toBe(0);
    const results = JSON.parse(readFileSync(join(project, 'target/run_results.json'), 'utf8'));
    expect(results.results.map((r: { status: string }) => r.status)).toEqual(['success']);
  });

  it('runs a model in TypeScript, with a helper, to the end of the process', () => {
    const typed = join(app, 'typed');
    rmSync(typed, { recursive: true, force: true });
    mkdirSync(join(typed, 'models'), { recursive: true });
    writeFileSync(join(typed, 'dbt_project.yml'), "name: typed\nversion: '1.0'\nprofile: typed\n");
    writeFileSync(
      join(typed, 'profiles.yml'),
      'typed: { target: dev, outputs: { dev: { type: duckdb, path: typed.duckdb } } }\n',
    );
    writeFileSync(join(typed, 'models/twice.ts'), 'export const twice = (n: number): number => n * 2;\n');
    writeFileSync(
      join(typed, 'models/rows.ts'),
      "import type { Model } from 'tsdbt';\nimport { twice } from './twice.ts';\nexport const model: Model = () => [{ n: twice(21) }];\n",
    );
    writeFileSync(
      join(typed, 'models/fails.ts'),
      "export const model = () => {\n  const x: string = 'x'; throw new Error(x);\n};\n",
    );
    const run = spawnSync(node, [bin, 'run'], { cwd: typed, encoding: 'utf8', timeout: 60_000 });
    expect(run.stdout + run.stderr).toMatch(/PASS=1 WARN=0 ERROR=1 SKIP=0/);
    expect(run.stdout).toContain('--> models/fails.ts:2:32');
    expect(run.stderr).toBe('');
    expect(run.status).toBe(1);
  });

  it('writes the docs', () => {
    const run = spawnSync(node, [bin, 'docs', 'generate'], { cwd: project, encoding: 'utf8' });
    expect(run.stdout + run.stderr).not.toMatch(/error/i);
    expect(run.status).toBe(0);
    expect(readFileSync(join(project, 'target/index.html'), 'utf8')).toContain('<html');
  });

  it('is a library', () => {
    writeFileSync(
      join(app, 'use.mjs'),
      `import { invoke } from 'tsdbt';
const seen = [];
const result = await invoke(['run', '--quiet'], { cwd: ${JSON.stringify(project)}, onEvent: (e) => seen.push(e.name) });
console.log(JSON.stringify({ success: result.success, exitCode: result.exitCode, statuses: result.results.map((r) => r.status), events: seen.length > 0 }));
`,
    );
    const run = spawnSync(node, ['use.mjs'], { cwd: app, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout.trim().split('\n').pop() ?? '')).toEqual({
      success: true,
      exitCode: 0,
      statuses: ['success'],
      events: true,
    });
  });
});

describe('the package', () => {
  it('has types for its public door', () => {
    const types = readFileSync(join(app, 'node_modules/tsdbt/dist/index.d.ts'), 'utf8');
    expect(types).toContain('invoke');
  });

  it('carries its executable through npm’s bin', () => {
    const run = spawnSync('npx', ['--no-install', 'tsdbt', '--version'], { cwd: app, encoding: 'utf8' });
    expect(run.stdout).toMatch(/\d+\.\d+\.\d+/);
    expect(run.status).toBe(0);
  });
});
