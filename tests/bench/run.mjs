// Prints tsdbt beside dbt-core on the same work, in one run. Needs Python (tests/oracle/venv.sh).
//
//   npm run bench -- --jaffle PATH [--synth PATH/gen_synth.py] [--models 1000] [--runs 5]
//
// PATH is a checkout of jaffle_shop_duckdb; gen_synth.py N OUTDIR writes a synthetic project of N models.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    jaffle: { type: 'string' },
    synth: { type: 'string', default: join(root, '../shared/tools/gen_synth.py') },
    models: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
  },
});
const runs = Number(values.runs);
const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh')], { encoding: 'utf8' }).trim();
const dbt = join(venv, 'bin/dbt');
const tsdbt = [process.execPath, join(root, 'dist/cli/main.js')];
const work = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));

const CALLERS = 50;

/** The first models of a project, by their paths. @param {string} project */
const someModels = (project) =>
  readdirSync(join(project, 'models'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .sort()
    .slice(0, CALLERS)
    .map((path) => join('models', path));

/** Gives a project a macro that some of its models call. @param {string} project */
function withMacro(project) {
  mkdirSync(join(project, 'macros'), { recursive: true });
  writeFileSync(join(project, 'macros/bench.sql'), '{% macro bench() %}-- macro{% endmacro %}\n');
  for (const path of someModels(project)) appendFileSync(join(project, path), '\n{{ bench() }}\n');
}

/** Changes a file before each run. @param {string} path */
const edited = (path) => (/** @type {string} */ dir) => () => {
  const file = join(dir, path);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, path.startsWith('macros') ? text.replace('-- macro', '-- macro x') : `${text}-- edited\n`);
};

/** @param {string} dir */
const clean = (dir) => () => {
  for (const name of ['target', 'logs', 'jaffle_shop.duckdb', 'synth.duckdb'])
    rmSync(join(dir, name), { recursive: true, force: true });
};

/**
 * @param {string} title
 * @param {string} project
 * @param {string[]} args
 * @param {(dir: string) => () => void} before
 */
function sideBySide(title, project, args, before = clean) {
  const [ours, theirs] = ['tsdbt', 'dbt'].map((name) => {
    const dir = join(work, name, title.replace(/\W+/g, '-'));
    cpSync(project, dir, { recursive: true, filter: (path) => !/\/(target|logs|\.git)(\/|$)/.test(path) });
    return dir;
  });
  return compare(
    title,
    { name: 'tsdbt', command: [...tsdbt, ...args], cwd: ours, before: before(ours) },
    { name: 'dbt-core', command: [dbt, ...args], cwd: theirs, before: before(theirs) },
    runs,
  );
}

if (values.jaffle) sideBySide('build of jaffle_shop_duckdb, cold', resolve(values.jaffle), ['build']);
else console.log('jaffle_shop_duckdb left out: give its checkout with --jaffle PATH');

if (existsSync(values.synth)) {
  const project = join(work, 'synth');
  execFileSync('python3', [values.synth, values.models, project]);
  withMacro(project);
  sideBySide(`parse of ${values.models} models, cold`, project, ['parse']);
  sideBySide(`parse of ${values.models} models, nothing changed`, project, ['parse'], () => () => {});
  sideBySide(`parse of ${values.models} models, one model edited`, project, ['parse'], edited(someModels(project)[0]));
  sideBySide(
    `parse of ${values.models} models, a macro edited that ${CALLERS} of them call`,
    project,
    ['parse'],
    edited('macros/bench.sql'),
  );
} else console.log('synthetic project left out: give the generator with --synth PATH');
rmSync(work, { recursive: true, force: true });
