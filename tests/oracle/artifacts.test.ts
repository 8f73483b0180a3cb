import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { serveSite } from '../../src/docs/serve-site.js';
import { invoke } from '../../src/index.js';
import { launch } from '../browser/chromium.js';
import { copyProject, temporaryDirectory, withoutCleanUp } from '../helpers/project.js';
import { RunCase } from '../runner/run-case.js';

const here = dirname(fileURLToPath(import.meta.url));
const cases = join(here, '../cases');
const KINDS = ['manifest.json', 'run_results.json', 'catalog.json', 'sources.json'];
const OUTPUT = { type: 'duckdb', path: 'db.duckdb', threads: 1 };
const PROFILE = {
  target: 'dev',
  outputs: { dev: OUTPUT, prod: { ...OUTPUT, schema: 'prod' }, other: { ...OUTPUT, schema: 'other' } },
};
/** By the names of the cases' profiles. */
const PROFILES = JSON.stringify({ case: PROFILE, p: PROFILE, mb: PROFILE });

interface Step {
  readonly args: readonly string[];
  readonly files?: { readonly [path: string]: string | null };
  readonly sql?: readonly string[];
  readonly env?: { readonly [name: string]: string };
}

function venv(name?: string): string {
  const given = process.env['TSDBT_ORACLE_VENV'];
  if (name === undefined && given) return given;
  const made = spawnSync('bash', [join(here, 'venv.sh'), ...(name ? [name] : [])], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return made.stdout.trim();
}

function python(environment: string, script: string, args: readonly string[], cwd = here): string {
  const run = spawnSync(join(environment, 'bin/python'), [join(here, script), ...args], {
    encoding: 'utf8',
    cwd,
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout;
}

async function query(project: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(join(project, 'db.duckdb'));
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** Copies of the artifacts that commands left: of each project the last ones, and those with what was not seen before. */
class Kept {
  readonly directories: string[] = [];
  readonly #root = withoutCleanUp(() => temporaryDirectory());
  /** Kinds of resources, each with a status. */
  readonly seen = new Set<string>();

  keep(target: string, last: boolean): void {
    const written = KINDS.filter((name) => existsSync(join(target, name)));
    const found = written
      .filter((name) => /^(run_results|sources)/.test(name))
      .flatMap((name) => pairs(join(target, name)));
    const fresh = found.filter((pair) => !this.seen.has(pair));
    if (written.length === 0 || !(last || fresh.length > 0)) return;
    for (const pair of fresh) this.seen.add(pair);
    const directory = join(this.#root, String(this.directories.length));
    mkdirSync(directory);
    for (const name of written) cpSync(join(target, name), join(directory, name));
    this.directories.push(directory);
  }
}

function pairs(file: string): string[] {
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: { unique_id: string; status: string }[] };
  return results.map(({ unique_id: id, status }) => `${id.split('.')[0]} ${status}`);
}

/** Runs the steps of a case of tests/cases/commands and keeps what each leaves. */
async function commands(name: string, kept: Kept): Promise<void> {
  const folder = join(cases, 'commands', name);
  const { steps } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as { steps: Step[] };
  const project = copyProject(folder, { 'profiles.yml': PROFILES });
  for (const own of ['case.json', 'expected.json']) rmSync(join(project, own));
  for (const [i, { args, files = {}, sql, env }] of steps.entries()) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      if (text === null) rmSync(join(project, path));
      else writeFileSync(join(project, path), text);
    }
    if (sql) await query(project, sql);
    await invoke([...args], { cwd: project, env: { HOME: project, ...env } });
    kept.keep(join(project, 'target'), i === steps.length - 1);
  }
}

async function runs(name: string, kept: Kept): Promise<void> {
  const run = new RunCase(new URL(`../cases/run/${name}/`, import.meta.url));
  try {
    for (const step of run.spec.steps) {
      await run.step(step);
      kept.keep(join(run.project, 'target'), false);
    }
    await invoke(['docs', 'generate'], { cwd: run.project, env: { HOME: run.project } });
    kept.keep(join(run.project, 'target'), true);
  } finally {
    await run.close();
  }
}

/** What the parser makes of whole projects; those that are wrong write nothing. */
async function parse(name: string, kept: Kept): Promise<void> {
  const folder = join(cases, 'parse', name, 'project');
  if (!existsSync(join(folder, 'dbt_project.yml')) || name.startsWith('err-')) return;
  const project = withoutCleanUp(() => copyProject(folder, { 'profiles.yml': PROFILES }));
  await invoke(['parse'], { cwd: project, env: { HOME: project } });
  kept.keep(join(project, 'target'), true);
}

/** The project of tests/cases/state over its data: every kind of resource. */
async function shop(): Promise<string> {
  const project = withoutCleanUp(() => copyProject(join(cases, 'state/project'), { 'profiles.yml': PROFILES }));
  const { sql } = JSON.parse(readFileSync(join(cases, 'state/case.json'), 'utf8')) as {
    sql: { before: string[]; now: string[] };
  };
  await query(project, [...sql.before, ...sql.now]);
  return project;
}

const COMMANDS = [['build'], ['docs', 'generate'], ['source', 'freshness']];
/** Cases that together have every kind of node with every status. */
const COMMAND_CASES = ['freshness', 'freshness-broken', 'functions', 'retry', 'snapshot', 'state-defer'];
const RUN_CASES = (
  'build_test_gates contracts ephemeral_nesting exposures external failure_skips_downstream hooks_order incremental_merge microbatch_retry ' +
  'run_hooks seed_types snapshots store_failures test_thresholds two_packages unit_tests'
).split(' ');

const kept = new Kept();
let project: string;

beforeAll(async () => {
  project = await shop();
  for (const args of COMMANDS) {
    await invoke([...args], { cwd: project, env: { HOME: project } });
  }
  kept.keep(join(project, 'target'), true);
  for (const name of COMMAND_CASES) await withoutCleanUp(() => commands(name, kept));
  for (const name of RUN_CASES) await runs(name, kept);
  for (const name of readdirSync(join(cases, 'parse'))) await parse(name, kept);
}, 600_000);

it('what is looked at has every kind of node with every status that it may have', () => {
  const of = (kind: string): string[] =>
    [...kept.seen]
      .filter((p) => p.startsWith(`${kind} `))
      .map((p) => p.slice(kind.length + 1))
      .sort();
  expect(of('model')).toEqual(['error', 'partial success', 'skipped', 'success']);
  // `success` is that of a compilation.
  expect(of('test')).toEqual(['error', 'fail', 'pass', 'skipped', 'success', 'warn']);
  expect(of('unit_test')).toEqual(expect.arrayContaining(['error', 'fail', 'pass']));
  // As in dbt, sources.json has no source whose query failed.
  expect(of('source')).toEqual(['error', 'pass', 'warn']);
  for (const kind of ['seed', 'snapshot', 'function', 'operation']) expect(of(kind), kind).toContain('success');
  expect(of('exposure')).toContain('no-op');
});

it("are valid by dbt's schemas, and dbt reads them", () => {
  const said = python(venv(), 'artifacts_validate.py', kept.directories).trim();
  expect(said).toMatch(/^\d+ artifacts$/);
  expect(Number.parseInt(said, 10)).toBeGreaterThan(110);
});

it('are read by dbt-artifacts-parser', () => {
  const said = python(venv('consumers'), 'artifacts_consume.py', ['parse', ...kept.directories]).trim();
  expect(said).toMatch(/^\d+ read$/);
});

describe('beside those of dbt, of the same project', () => {
  let theirs: string;
  beforeAll(async () => {
    theirs = await shop();
    const env = { ...process.env, DO_NOT_TRACK: '1', HOME: theirs };
    const results = join(theirs, 'target/run_results.json');
    let built: string | undefined;
    for (const args of COMMANDS) {
      const run = spawnSync(join(venv(), 'bin/dbt'), ['--quiet', ...args], { cwd: theirs, encoding: 'utf8', env });
      expect([0, 1], run.stdout + run.stderr).toContain(run.status);
      built ??= readFileSync(results, 'utf8');
    }
    // dbt's documentation writes over the results of the build.
    writeFileSync(results, built ?? '');
  }, 600_000);

  it('dbt-bouncer has the same verdicts', () => {
    const verdicts = [project, theirs].map((directory) => {
      const out = join(directory, 'verdicts.json');
      python(venv('consumers'), 'artifacts_consume.py', ['check', join(directory, 'target'), out]);
      return (JSON.parse(readFileSync(out, 'utf8')) as { [key: string]: unknown }[])
        .map((v) => JSON.stringify(v))
        .sort();
    });
    expect(verdicts[0]?.length).toBeGreaterThan(900);
    expect(verdicts[0]).toEqual(verdicts[1]);
  });

  it("dbt's own documentation shows them alike", async () => {
    const site = spawnSync('find', [join(venv(), 'lib'), '-path', '*dbt/task/docs/index.html'], { encoding: 'utf8' });
    const browser = await launch();
    try {
      const texts: string[][] = [];
      for (const directory of [project, theirs]) {
        const dir = temporaryDirectory();
        cpSync(site.stdout.trim(), join(dir, 'index.html'));
        for (const name of ['manifest.json', 'catalog.json']) cpSync(join(directory, 'target', name), join(dir, name));
        texts.push(await pagesOf(browser, dir));
      }
      expect(texts[0]).toEqual(texts[1]);
    } finally {
      await browser.close();
    }
  });

  it.each([...KINDS, 'semantic_manifest.json'])('%s has the same keys', (name) => {
    const read = (directory: string): unknown => JSON.parse(readFileSync(join(directory, 'target', name), 'utf8'));
    expect(keys(read(project))).toEqual(keys(read(theirs)));
  });
});

const PAGES = [
  'model/model.shop.agreed',
  'model/model.shop.plans.v2',
  'source/source.shop.raw.orders',
  'seed/seed.shop.countries',
  'snapshot/snapshot.shop.customers_history',
  'test/test.shop.no_negative_orders',
  'macro/macro.shop.cents',
  'exposure/exposure.shop.board',
  'metric/metric.shop.total',
  'semantic_model/semantic_model.shop.orders',
];

/** What the site says on each page; an error of its scripts is an error. */
async function pagesOf(browser: Browser, dir: string): Promise<string[]> {
  const { url, close } = await serveSite({ dir, port: 0 });
  const texts: string[] = [];
  try {
    for (const path of PAGES) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(new URL(`#!/${path}`, url).href);
      await page.waitForFunction('/Depends On|Referenced By/.test(document.body.innerText)');
      texts.push(await page.evaluate('document.body.innerText'));
      expect(errors, path).toEqual([]);
      await page.close();
    }
  } finally {
    await close();
  }
  return texts;
}

/** dbt's own macros and its docs are others, and ours has more of them. */
const NOT_COMPARED = /^\/(macros|docs)\/|^\/nodes\/[^/]+\/depends_on\/macros|^\/(metadata|args)\/.*(env|invocation)/;

/** The paths of all values, a list's items as one. */
function keys(value: unknown, path = ''): string[] {
  if (NOT_COMPARED.test(path)) return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keys(item, `${path}/*`)))];
  if (value === null || typeof value !== 'object') return [path];
  return [...new Set(Object.entries(value).flatMap(([key, item]) => keys(item, `${path}/${key}`)))].sort();
}
