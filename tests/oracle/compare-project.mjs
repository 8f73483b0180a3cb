// Runs one dbt project with dbt-core and with tsdbt, and compares them: the manifest key by key, `ls --output json`, the results node by
// node, compiled SQL up to whitespace and comments, and every relation row by row.
//
//   node tests/oracle/compare-project.mjs PROJECT [--command build] [--before seed]... [--packages DIR]... [--profiles DIR | --duckdb [--schema NAME]]
//       [--vars YAML] [--target NAME] [--env NAME=VALUE]... [--database NAME.duckdb] [--name NAME] [--only manifest,ls,results,compiled,relations]
//       [--limit 40] [--keep] [--cache DIR] [-- ARGS]
//
// The project is copied; each copy runs in its own folder with the project's own profile, or with the one of --profiles, or with a
// DuckDB file under the profile's name (--duckdb). A --packages directory is a package that packages.yml wants and that cannot be
// downloaded: it is linked into dbt_packages/ under its name. --before runs commands first, e.g. so that `compile` finds relations.
// ARGS go to the command alone. Prints one line a difference by kind, then the row for docs/public-projects.md; exits 1 when anything
// differs. With --cache, what dbt did is kept in that directory and taken from there by the next run of the same plan: delete it when the
// project has changed. What differs between two runs of dbt as well (the clock, chance) is no difference.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { differences, entries, withoutChance } from './compare/differences.mjs';
import { outcome, packageName } from './compare/outcome.mjs';
import { HEADER, row, statuses } from './compare/table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: 'string', default: 'build' },
    before: { type: 'string', multiple: true, default: [] },
    packages: { type: 'string', multiple: true, default: [] },
    profiles: { type: 'string' },
    duckdb: { type: 'boolean', default: false },
    schema: { type: 'string', default: 'main' },
    vars: { type: 'string' },
    target: { type: 'string' },
    env: { type: 'string', multiple: true, default: [] },
    database: { type: 'string' },
    name: { type: 'string' },
    only: { type: 'string', default: 'manifest,ls,results,compiled,relations' },
    limit: { type: 'string', default: '40' },
    keep: { type: 'boolean', default: false },
    cache: { type: 'string' },
  },
});
const [project, ...extra] = positionals;
if (!project) throw new Error('usage: compare-project.mjs PROJECT [--command build] [-- ARGS]');
const name = values.name ?? basename(resolve(project));
const work = mkdtempSync(join(tmpdir(), 'tsdbt-compare-'));
const command = [...values.command.split(' '), ...extra];
/** @type {import('./compare/outcome.mjs').Plan} */
const plan = {
  project,
  work,
  command,
  before: values.before,
  always: [
    ...(values.profiles ? ['--profiles-dir', resolve(values.profiles)] : []),
    ...(values.vars ? ['--vars', values.vars] : []),
    ...(values.target ? ['--target', values.target] : []),
  ],
  packages: values.packages,
  env: Object.fromEntries(values.env.map((e) => [e.slice(0, e.indexOf('=')), e.slice(e.indexOf('=') + 1)])),
  duckdb: values.duckdb ? values.schema : undefined,
  database: values.database ?? (values.duckdb ? 'compare.duckdb' : undefined),
  only: new Set(values.only.split(',')),
};

/** What dbt does, from the cache if it is there. @param {string} copy @returns {Promise<import('./compare/outcome.mjs').Outcome>} */
async function dbtOutcome(copy) {
  if (!values.cache) return outcome('dbt', plan, copy);
  const key = JSON.stringify([copy, resolve(project), { ...plan, work: '', only: [...plan.only] }]);
  const file = join(resolve(values.cache), `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const done = await outcome('dbt', plan, copy);
  mkdirSync(values.cache, { recursive: true });
  writeFileSync(file, JSON.stringify(done));
  return done;
}

// One after the other: side by side they would take each other's processors, and the seconds would say nothing.
const dbt = await dbtOutcome('dbt');
const tsdbt = await outcome('tsdbt', plan, 'tsdbt');
let found = differences(dbt, tsdbt, plan.only);
if (found.length > 0 && dbt.status !== 2) found = withoutChance(found, dbt, tsdbt, await dbtOutcome('again'));

for (const [tool, o] of Object.entries({ dbt, tsdbt })) {
  if (o.status === 2) console.log(`${tool} exits 2:\n${o.output.trimEnd().split('\n').slice(-25).join('\n')}`);
  const { all, nodes } = entries(o);
  console.log(
    `${tool}: exit ${o.status}; ${statuses(o)}; ${nodes.size} nodes, ${all.size} entries of the manifest, ` +
      `${Object.keys(o.listed).length} listed, ${Object.keys(o.relations).length} relations; ${o.seconds.toFixed(1)} s`,
  );
}
for (const kind of new Set(found.map((d) => d.kind))) {
  const lines = found.filter((d) => d.kind === kind);
  console.log(`\n== ${kind}: ${lines.length}`);
  for (const { id, text } of lines.slice(0, Number(values.limit))) console.log(`${id}: ${text}`);
}
console.log(found.length === 0 ? '\nno difference\n' : `\n${found.length} differences\n`);
console.log(`${HEADER}\n${row(name, command.join(' '), plan.packages.map(packageName), dbt, tsdbt, found)}`);
if (values.keep) console.log(`\nkept in ${work}`);
else rmSync(work, { recursive: true, force: true });
process.exit(found.length === 0 ? 0 : 1);
