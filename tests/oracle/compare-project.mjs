// Builds one dbt project with dbt-core and with tsdbt, and compares them node by node and row by row.
//
//   node tests/oracle/compare-project.mjs PROJECT [--command build] [--database NAME.duckdb] [--keep] [-- ARGS]
//
// The project is copied twice; each copy is built in its own folder with the project's own profile. Prints a table and exits 1 when
// a status, a relation's columns, row count or checksum differs.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: 'string', default: 'build' },
    database: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const [project, ...extra] = positionals;
if (!project) throw new Error('usage: compare-project.mjs PROJECT [--command build] [--database FILE] [-- ARGS]');

const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();
const tools = { dbt: [join(venv, 'bin/dbt')], tsdbt: [process.execPath, join(root, 'dist/cli/main.js')] };
const work = mkdtempSync(join(tmpdir(), 'tsdbt-compare-'));

/** @param {'dbt' | 'tsdbt'} tool */
function build(tool) {
  const dir = join(work, tool, basename(resolve(project)));
  cpSync(resolve(project), dir, {
    recursive: true,
    filter: (path) => !/\/(target|logs|\.git|node_modules|dist)(\/|$)|\.duckdb(\.wal)?$/.test(path),
  });
  const [command, ...args] = [...tools[tool], values.command, ...extra];
  const run = spawnSync(command, args, { cwd: dir, encoding: 'utf8', env: { ...process.env, DO_NOT_TRACK: '1', NO_COLOR: '1' } });
  const path = join(dir, 'target/run_results.json');
  if (!existsSync(path)) throw new Error(`${tool} wrote no results:\n${run.stdout}\n${run.stderr}`);
  const results = JSON.parse(readFileSync(path, 'utf8')).results;
  /** @type {Record<string, {status: string, failures: number | null, message: string | null}>} */
  const nodes = {};
  for (const r of results) nodes[r.unique_id] = { status: r.status, failures: r.failures, message: r.message };
  const database = values.database ?? readdirSync(dir).find((f) => f.endsWith('.duckdb'));
  const relations = database
    ? JSON.parse(
        execFileSync(join(venv, 'bin/python'), [join(root, 'tests/oracle/relations.py'), join(dir, database), dir], {
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        }),
      )
    : {};
  return { status: run.status, nodes, relations };
}

const theirs = build('dbt');
const ours = build('tsdbt');
const differences = [];
if (theirs.status !== ours.status) differences.push(`exit status: dbt ${theirs.status}, tsdbt ${ours.status}`);
for (const id of new Set([...Object.keys(theirs.nodes), ...Object.keys(ours.nodes)])) {
  const [a, b] = [theirs.nodes[id], ours.nodes[id]];
  if (a?.status !== b?.status || a?.failures !== b?.failures) {
    differences.push(`${id}: dbt ${a?.status ?? 'absent'} (${a?.failures ?? '-'}), tsdbt ${b?.status ?? 'absent'} (${b?.failures ?? '-'})\n    dbt: ${a?.message}\n    tsdbt: ${b?.message}`);
  }
}
for (const name of new Set([...Object.keys(theirs.relations), ...Object.keys(ours.relations)])) {
  const [a, b] = [theirs.relations[name], ours.relations[name]];
  if (JSON.stringify(a) !== JSON.stringify(b)) differences.push(`${name}:\n    dbt   ${JSON.stringify(a)}\n    tsdbt ${JSON.stringify(b)}`);
}
/** @param {Record<string, {status: string}>} nodes */
const count = (nodes) => {
  /** @type {Record<string, number>} */
  const by = {};
  for (const { status } of Object.values(nodes)) by[status] = (by[status] ?? 0) + 1;
  return Object.entries(by).map(([k, v]) => `${v} ${k}`).join(', ');
};
console.log(`dbt:   ${count(theirs.nodes)}; ${Object.keys(theirs.relations).length} relations`);
console.log(`tsdbt: ${count(ours.nodes)}; ${Object.keys(ours.relations).length} relations`);
for (const line of differences) console.log(`differs  ${line}`);
console.log(differences.length === 0 ? 'equal: every status, failure count, column, row count and checksum' : `${differences.length} differences`);
if (values.keep) console.log(`kept in ${work}`);
else rmSync(work, { recursive: true, force: true });
process.exit(differences.length === 0 ? 0 : 1);
