// Runs one dbt project with dbt-core and with tsdbt, and compares them: the manifest key by key, the results node by node,
// compiled SQL up to whitespace and comments, and every relation row by row.
//
//   node tests/oracle/compare-project.mjs PROJECT [--command build] [--before seed]... [--packages DIR]... [--profiles DIR]
//       [--database NAME.duckdb] [--only manifest,results,compiled,relations] [--limit 40] [--keep] [-- ARGS]
//
// The project is copied twice; each copy runs in its own folder with the project's own profile, or with the one of --profiles.
// A --packages directory is a package that packages.yml wants and that cannot be downloaded: it is linked into dbt_packages/ under its
// name. --before runs commands first, e.g. so that `compile` finds relations. Prints what differs and exits 1 when anything does.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: 'string', default: 'build' },
    before: { type: 'string', multiple: true, default: [] },
    packages: { type: 'string', multiple: true, default: [] },
    profiles: { type: 'string' },
    database: { type: 'string' },
    only: { type: 'string', default: 'manifest,results,compiled,relations' },
    limit: { type: 'string', default: '40' },
    keep: { type: 'boolean', default: false },
  },
});
const [project, ...extra] = positionals;
if (!project) throw new Error('usage: compare-project.mjs PROJECT [--command build] [-- ARGS]');
const only = new Set(values.only.split(','));

const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();
const tools = { dbt: [join(venv, 'bin/dbt')], tsdbt: [process.execPath, join(root, 'dist/cli/main.js')] };
const work = mkdtempSync(join(tmpdir(), 'tsdbt-compare-'));

/** @typedef {{ status: string, failures: number | null, message: string | null, compiled: string | null }} Result */
/** @typedef {{ status: number | null, nodes: Record<string, Result>, relations: Record<string, unknown>, manifest: any, seconds: number }} Outcome */

/** @param {string[]} command @param {string} cwd @returns {Promise<{ status: number | null, output: string }>} */
function run(command, cwd) {
  const child = spawn(command[0], command.slice(1), {
    cwd,
    env: { ...process.env, DO_NOT_TRACK: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((done) => child.on('close', (status) => done({ status, output })));
}

/** @param {string} directory */
function packageName(directory) {
  const name = /^name:\s*['"]?([\w-]+)/m.exec(readFileSync(join(directory, 'dbt_project.yml'), 'utf8'))?.[1];
  if (!name) throw new Error(`no name in ${directory}/dbt_project.yml`);
  return name;
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

const INTERNAL = /^(macro|doc)\.dbt(_duckdb)?\./;

/** @param {string} dir */
function readManifest(dir) {
  const path = join(dir, 'target/manifest.json');
  if (!existsSync(path)) return {};
  const manifest = normalised(JSON.parse(readFileSync(path, 'utf8')), dir);
  for (const kind of ['macros', 'docs']) {
    manifest[kind] = Object.fromEntries(Object.entries(manifest[kind]).filter(([id]) => !INTERNAL.test(id)));
  }
  for (const node of Object.values(manifest.nodes)) {
    for (const key of ['compiled_code', 'compiled', 'compiled_path', 'extra_ctes', 'extra_ctes_injected', 'build_path'])
      delete node[key];
  }
  return manifest;
}

/** @param {'dbt' | 'tsdbt'} tool @param {string} copy @returns {Promise<Outcome>} */
async function outcome(tool, copy = tool) {
  const dir = join(work, copy, basename(resolve(project)));
  cpSync(resolve(project), dir, {
    recursive: true,
    filter: (path) =>
      !/\/(target|logs|\.git|node_modules|dist|dbt_packages)(\/|$)|\.duckdb(\.wal)?$/.test(
        path.slice(resolve(project).length),
      ),
  });
  if (values.packages.length > 0) mkdirSync(join(dir, 'dbt_packages'), { recursive: true });
  for (const directory of values.packages.map((p) => resolve(p))) {
    symlinkSync(directory, join(dir, 'dbt_packages', packageName(directory)));
  }
  const always = values.profiles ? ['--profiles-dir', resolve(values.profiles)] : [];
  for (const before of values.before) {
    const done = await run([...tools[tool], ...before.split(' '), ...always], dir);
    if (done.status === 2) throw new Error(`${tool} ${before}: ${done.output}`);
  }
  rmSync(join(dir, 'target'), { recursive: true, force: true });
  const start = Date.now();
  const done = await run([...tools[tool], ...values.command.split(' '), ...always, ...extra], dir);
  const seconds = (Date.now() - start) / 1000;
  const path = join(dir, 'target/run_results.json');
  if (done.status === 2) console.log(`${tool} exits 2:\n${done.output.split('\n').slice(-25).join('\n')}`);
  /** @type {Record<string, Result>} */
  const nodes = {};
  for (const r of existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).results : []) {
    nodes[r.unique_id] = {
      status: r.status,
      failures: r.failures,
      message: r.message,
      compiled: r.compiled_code?.replaceAll(dir, '<project>'),
    };
  }
  const database = values.database ?? readdirSync(dir).find((f) => f.endsWith('.duckdb'));
  const relations =
    database && only.has('relations')
      ? JSON.parse(
          execFileSync(join(venv, 'bin/python'), [join(root, 'tests/oracle/relations.py'), join(dir, database), dir], {
            encoding: 'utf8',
            maxBuffer: 1 << 28,
          }),
        )
      : {};
  return { status: done.status, nodes, relations, manifest: only.has('manifest') ? readManifest(dir) : {}, seconds };
}

/** Where two JSON values differ, as paths. @param {any} a @param {any} b @param {string[]} path @returns {Generator<{ path: string[], a: any, b: any }>} */
function* difference(a, b, path) {
  const objects = [a, b].every((v) => v !== null && typeof v === 'object' && !Array.isArray(v));
  if (!objects || path.at(-1) === 'columns') {
    if (JSON.stringify(a) !== JSON.stringify(b)) yield { path, a, b };
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) yield* difference(a[key], b[key], [...path, key]);
}

const [theirs, ours] = await Promise.all([outcome('dbt'), outcome('tsdbt')]);
/** @type {Record<string, string[]>} */
const differences = {};
/** @param {string} group @param {string} line */
const note = (group, line) => {
  differences[group] ??= [];
  differences[group].push(line);
};
const short = (/** @type {unknown} */ v) => {
  const text = JSON.stringify(v) ?? 'absent';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
const folded = (/** @type {string | null | undefined} */ text) =>
  (text ?? '')
    .replace(/--[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w' ]) ?/g, '$1')
    .trim();

if (theirs.status !== ours.status) note('exit status', `dbt ${theirs.status}, tsdbt ${ours.status}`);
for (const { path, a, b } of difference(theirs.manifest, ours.manifest, [])) {
  note(
    `manifest ${path.map((p, i) => (i === 1 ? '*' : p)).join('.')}`,
    `${path[1] ?? ''}\n    dbt   ${short(a)}\n    tsdbt ${short(b)}`,
  );
}
let compiled = 0;
for (const id of new Set([...Object.keys(theirs.nodes), ...Object.keys(ours.nodes)])) {
  const [a, b] = [theirs.nodes[id], ours.nodes[id]];
  if (only.has('results') && (a?.status !== b?.status || a?.failures !== b?.failures)) {
    note(
      'result',
      `${id}: dbt ${a?.status ?? 'absent'} (${a?.failures ?? '-'}), tsdbt ${b?.status ?? 'absent'} (${b?.failures ?? '-'})\n    dbt:   ${a?.message}\n    tsdbt: ${b?.message}`,
    );
  } else if (only.has('results') && a?.message !== b?.message && folded(a?.message) !== folded(b?.message)) {
    note('message', `${id} ${a?.status}\n    dbt:   ${a?.message}\n    tsdbt: ${b?.message}`);
  }
  if (!only.has('compiled')) continue;
  if (a?.compiled) compiled += 1;
  const [x, y] = [folded(a?.compiled), folded(b?.compiled)];
  if (x !== y) {
    let at = 0;
    while (x[at] === y[at]) at += 1;
    note(
      'compiled',
      `${id}\n    dbt   …${x.slice(Math.max(0, at - 80), at + 160)}\n    tsdbt …${y.slice(Math.max(0, at - 80), at + 160)}`,
    );
  }
}
const names = [...new Set([...Object.keys(theirs.relations), ...Object.keys(ours.relations)])];
const unlike = (/** @type {Outcome} */ a, /** @type {Outcome} */ b) =>
  names.filter((name) => JSON.stringify(a.relations[name]) !== JSON.stringify(b.relations[name]));
const differing = unlike(theirs, ours);
// Rows that depend on the clock or on chance differ between two runs of dbt as well.
const volatile = differing.length > 0 ? unlike(theirs, await outcome('dbt', 'again')) : [];
for (const name of differing) {
  const [a, b] = [theirs.relations[name], ours.relations[name]];
  if (!volatile.includes(name))
    note('relation', `${name}\n    dbt   ${JSON.stringify(a)}\n    tsdbt ${JSON.stringify(b)}`);
}

/** @param {Outcome} o */
const count = ({ nodes }) => {
  /** @type {Record<string, number>} */
  const by = {};
  for (const { status } of Object.values(nodes)) by[status] = (by[status] ?? 0) + 1;
  return Object.entries(by)
    .map(([k, v]) => `${v} ${k}`)
    .sort()
    .join(', ');
};
/** @param {Outcome} o */
const summary = (o) =>
  `exit ${o.status}; ${count(o) || 'no results'}; ${Object.keys(o.relations).length} relations; manifest: ${[
    'nodes',
    'sources',
    'macros',
    'exposures',
    'unit_tests',
    'disabled',
  ]
    .map((k) => `${Object.keys(o.manifest[k] ?? {}).length} ${k}`)
    .join(', ')}; ${o.seconds.toFixed(1)} s`;
console.log(`dbt:   ${summary(theirs)}`);
console.log(`tsdbt: ${summary(ours)}`);
for (const [group, lines] of Object.entries(differences)) {
  console.log(`\n== ${group}: ${lines.length}`);
  for (const line of lines.slice(0, Number(values.limit))) console.log(line);
}
if (theirs.status === 2 && ours.status === 2) note('refused', 'both exit 2');
const total = Object.values(differences).reduce((n, lines) => n + lines.length, 0);
console.log(
  total === 0
    ? `equal: manifest, ${Object.keys(theirs.nodes).length} results, ${compiled} compiled texts, ${Object.keys(theirs.relations).length} relations`
    : `\n${total} differences`,
);
if (values.keep) console.log(`kept in ${work}`);
else rmSync(work, { recursive: true, force: true });
process.exit(total === 0 ? 0 : 1);
