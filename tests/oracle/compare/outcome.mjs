// One dbt project, copied and run with one of the two tools: what came out.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const oracle = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ status: string, failures: number | null, message: string | null, compiled: string | null }} Result */
/**
 * @typedef {object} Outcome
 * @property {number | null} status the command's exit status
 * @property {string} output what it printed
 * @property {number} seconds wall time of the command alone
 * @property {Record<string, Result>} results by unique_id, of run_results.json
 * @property {Record<string, any>} relations by schema.name, of the DuckDB file
 * @property {Record<string, any>} manifest without what differs between two runs, and without dbt's own macros
 * @property {Record<string, any>} listed the lines of `ls --output json` by unique_id
 */
/**
 * @typedef {object} Plan
 * @property {string} project
 * @property {string} work where the copies are made
 * @property {string[]} command the command with its own arguments
 * @property {string[]} before commands to run first
 * @property {string[]} always arguments of every command
 * @property {string[]} packages directories that are linked into dbt_packages/
 * @property {Record<string, string>} env
 * @property {string | undefined} duckdb the schema of a DuckDB file that takes the place of the project's profile
 * @property {string | undefined} database name of the DuckDB file to read afterwards
 * @property {Set<string>} only
 */

/** @param {string} file @param {string} key */
function topLevelKey(file, key) {
  return new RegExp(`^${key}:\\s*['"]?([^'"#\\n]+?)['"]?\\s*(#.*)?$`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
}

/** The name of the package in a directory. @param {string} directory */
export function packageName(directory) {
  const name = topLevelKey(join(directory, 'dbt_project.yml'), 'name');
  if (!name) throw new Error(`no name in ${directory}/dbt_project.yml`);
  return name;
}

/** @param {string[]} command @param {string} cwd @param {Record<string, string>} env @returns {Promise<{ status: number | null, output: string }>} */
function run(command, cwd, env) {
  const child = spawn(/** @type {string} */ (command[0]), command.slice(1), {
    cwd,
    env: { ...process.env, DO_NOT_TRACK: '1', NO_COLOR: '1', DBT_TARGET_PATH: 'target', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (status) => done({ status, output }));
  });
}

const NOT_COPIED = /\/(target|logs|\.git|node_modules|dist|dbt_packages|dbt_modules|\.venv)(\/|$)|\.duckdb(\.wal)?$/;

/** Gives the arguments of every command. @param {Plan} plan @param {string} dir */
function copyProject(plan, dir) {
  const from = resolve(plan.project);
  cpSync(from, dir, { recursive: true, filter: (path) => !NOT_COPIED.test(path.slice(from.length)) });
  const installed = topLevelKey(join(dir, 'dbt_project.yml'), 'packages-install-path') ?? 'dbt_packages';
  if (plan.packages.length > 0) mkdirSync(join(dir, installed), { recursive: true });
  for (const directory of plan.packages.map((p) => resolve(p))) {
    symlinkSync(directory, join(dir, installed, packageName(directory)));
  }
  if (!plan.duckdb) return plan.always;
  const profile = topLevelKey(join(dir, 'dbt_project.yml'), 'profile');
  const output = { type: 'duckdb', path: 'compare.duckdb', schema: plan.duckdb, threads: 1 };
  writeFileSync(
    join(dir, 'profiles.yml'),
    JSON.stringify({ [profile ?? 'default']: { target: 'dev', outputs: { dev: output } } }, null, 2),
  );
  return profile ? plan.always : [...plan.always, '--profile', 'default'];
}

/** @param {unknown} value @param {string} dir @returns {any} */
function normalised(value, dir) {
  if (typeof value === 'string') return value.replaceAll(dir, '<project>');
  if (Array.isArray(value)) return value.map((v) => normalised(v, dir));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([k]) => !['created_at', 'metadata'].includes(k))
      .map(([k, v]) => /** @type {[string, any]} */ ([k, normalised(v, dir)]))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** @param {string} path @returns {any} */
const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/**
 * dbt's static parser has the sources of a model in an order that changes from run to run: here they are in the order of their names,
 * in the places that sources have.
 * @param {any} node
 */
function sortSources(node) {
  node.sources?.sort();
  const ids = node.depends_on?.nodes;
  if (!Array.isArray(ids)) return;
  const sources = ids.filter((id) => id.startsWith('source.')).sort();
  node.depends_on.nodes = ids.map((id) => (id.startsWith('source.') ? sources.shift() : id));
}

const INTERNAL = /^(macro|doc)\.dbt(_duckdb)?\./;
const COMPILED = ['compiled_code', 'compiled', 'compiled_path', 'extra_ctes', 'extra_ctes_injected', 'build_path'];

/** @param {string} dir */
function readManifest(dir) {
  const read = readJson(join(dir, 'target/manifest.json'));
  if (!read) return {};
  const manifest = normalised(read, dir);
  // In the order in which the file system names the files.
  for (const ids of Object.values(manifest.group_map ?? {})) ids.sort();
  for (const kind of ['macros', 'docs']) {
    manifest[kind] = Object.fromEntries(Object.entries(manifest[kind]).filter(([id]) => !INTERNAL.test(id)));
  }
  for (const node of Object.values(manifest.nodes)) {
    sortSources(node);
    for (const key of COMPILED) delete node[key];
  }
  return manifest;
}

/** @param {string} dir @returns {Record<string, Result>} */
function readResults(dir) {
  const results = readJson(join(dir, 'target/run_results.json'))?.results ?? [];
  return Object.fromEntries(
    results.map((/** @type {any} */ r) => [
      r.unique_id,
      {
        status: r.status,
        failures: r.failures,
        message: r.message?.replaceAll(dir, '<project>') ?? null,
        compiled: r.compiled_code?.replaceAll(dir, '<project>') ?? null,
      },
    ]),
  );
}

/** @param {Plan} plan @param {string} dir @param {string} venv */
function readRelations(plan, dir, venv) {
  const database = plan.database ?? readdirSync(dir).find((f) => f.endsWith('.duckdb'));
  if (!database || !existsSync(join(dir, database)) || !plan.only.has('relations')) return {};
  const script = [join(oracle, 'relations.py'), join(dir, database), dir];
  return JSON.parse(execFileSync(join(venv, 'bin/python'), script, { encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** @param {string} output @param {string} dir */
function readListed(output, dir) {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  const nodes = lines.map((line) => normalised(JSON.parse(line), dir));
  for (const node of nodes) sortSources(node);
  return Object.fromEntries(nodes.map((node) => [node.unique_id, node]));
}

/**
 * Copies the project and runs it with one tool.
 * @param {'dbt' | 'tsdbt'} tool
 * @param {Plan} plan
 * @param {string} copy name of the copy
 * @returns {Promise<Outcome>}
 */
export async function outcome(tool, plan, copy) {
  const venv = execFileSync('bash', [join(oracle, 'venv.sh')], { encoding: 'utf8' }).trim();
  const argv = tool === 'dbt' ? [join(venv, 'bin/dbt')] : [process.execPath, join(oracle, '../../dist/cli/main.js')];
  const dir = join(plan.work, copy, basename(resolve(plan.project)));
  const always = copyProject(plan, dir);
  for (const before of plan.before) {
    const done = await run([...argv, ...before.split(' '), ...always], dir, plan.env);
    if (done.status === 2) throw new Error(`${tool} ${before}: ${done.output}`);
  }
  rmSync(join(dir, 'target'), { recursive: true, force: true });
  const start = Date.now();
  const done = await run([...argv, ...plan.command, ...always], dir, plan.env);
  const seconds = (Date.now() - start) / 1000;
  const found = { ...done, seconds, results: readResults(dir), manifest: readManifest(dir) };
  const relations = readRelations(plan, dir, venv);
  const ls = plan.only.has('ls')
    ? await run([...argv, 'ls', '--output', 'json', '--quiet', ...always], dir, plan.env)
    : { output: '' };
  return { ...found, relations, listed: readListed(ls.output, dir) };
}
