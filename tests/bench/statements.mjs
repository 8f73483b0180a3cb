// Sends the statements that dbt-core wrote to target/run straight to DuckDB, in the order of the graph, on as many connections
// as the profile has threads. It is the floor that tsdbt is measured against and imports nothing of tsdbt.
//
//   node tests/bench/statements.mjs DBT_PROJECT TARGET_PATH DATABASE THREADS
//
// BENCH_SESSION is a statement that each connection begins with, BENCH_MEMORY_LIMIT DuckDB's setting.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [project, target, database, threads] = process.argv.slice(2);
process.chdir(project);
const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
rmSync(database, { force: true });
const limit = process.env.BENCH_MEMORY_LIMIT;
const instance = await DuckDBInstance.create(database, limit ? { memory_limit: limit } : {});

const { results } = JSON.parse(readFileSync(join(target, 'run_results.json'), 'utf8'));
/** What dbt has run: a selection runs a part of the manifest. */
const ran = new Set(results.map((/** @type {{unique_id: string}} */ result) => result.unique_id));
const nodes = Object.values(manifest.nodes).filter(
  (n) =>
    ran.has(n.unique_id) &&
    ['model', 'seed', 'test', 'snapshot'].includes(n.resource_type) &&
    n.config.materialized !== 'ephemeral',
);
const wanted = new Set(nodes.map((n) => n.unique_id));
// As in a build, what depends on a model waits for the model's tests.
const testsOf = new Map();
for (const n of nodes) {
  if (n.resource_type === 'test')
    for (const p of n.depends_on.nodes) testsOf.set(p, [...(testsOf.get(p) ?? []), n.unique_id]);
}
const waits = new Map();
/** Parents that have a statement of their own: an ephemeral model stands for its parents. @param {{depends_on: {nodes?: string[]}}} n @returns {string[]} */
const parentsOf = (n) =>
  (n.depends_on.nodes ?? []).flatMap((p) =>
    wanted.has(p) ? [p] : manifest.nodes[p] ? parentsOf(manifest.nodes[p]) : [],
  );
for (const n of nodes) {
  const parents = parentsOf(n);
  const own = new Set(parents);
  if (n.resource_type !== 'test') {
    for (const p of parents) {
      for (const t of testsOf.get(p) ?? []) {
        const test = manifest.nodes[t];
        if (new Set(parentsOf(test)).size === 1) own.add(t);
      }
    }
  }
  waits.set(n.unique_id, own);
}

/** @param {{original_file_path: string, package_name: string, path: string, resource_type: string}} node */
function fileOf(node) {
  const base = join(target, 'run', node.package_name, node.original_file_path);
  return existsSync(base) && base.endsWith(node.path.split('/').pop()) ? base : join(base, node.path);
}

async function run(connection, node) {
  const file = fileOf(node);
  if (!existsSync(file)) throw new Error(`no statement for ${node.unique_id}: ${file}`);
  const sql = readFileSync(file, 'utf8');
  if (node.resource_type === 'test') {
    await connection.runAndReadAll(sql);
    return;
  }
  await connection.run('begin');
  await connection.run(sql);
  const temporary = `"${node.alias}__dbt_tmp"`;
  if (sql.includes(temporary)) {
    const kind = /create\s+(or\s+replace\s+)?view/i.test(sql) ? 'view' : 'table';
    await connection.run(`alter ${kind} "${node.database}"."${node.schema}".${temporary} rename to "${node.alias}"`);
  }
  await connection.run('commit');
}

const idle = await Promise.all(
  Array.from({ length: Number(threads) }, async () => {
    const connection = await instance.connect();
    if (process.env.BENCH_SESSION) await connection.run(process.env.BENCH_SESSION);
    return connection;
  }),
);
const byId = new Map(nodes.map((n) => [n.unique_id, n]));
for (const schema of new Set(nodes.map((n) => n.schema))) await idle[0].run(`create schema if not exists "${schema}"`);
let finished = 0;
await new Promise((resolve, reject) => {
  const next = () => {
    if (finished === nodes.length) return resolve(undefined);
    for (const [id, open] of waits) {
      if (idle.length === 0) return undefined;
      if (open.size > 0) continue;
      waits.delete(id);
      const connection = idle.pop();
      run(connection, byId.get(id)).then(() => {
        finished += 1;
        idle.push(connection);
        for (const other of waits.values()) other.delete(id);
        next();
      }, reject);
    }
    return undefined;
  };
  next();
});
instance.closeSync();
console.log(`${finished} statements`);
