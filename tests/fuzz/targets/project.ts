import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { readYaml } from '../../../src/config/yaml.js';
import { DbtError, invoke } from '../../../src/index.js';
import { Random } from '../../helpers/random.js';
import { checkError, Finding, type Target } from '../target.js';
import { type Language, mutated } from '../text-mutations.js';
import { changed, placesOf, replaced, VALUES } from '../value-mutations.js';
import { JINJA } from './jinja.js';
import { YAML } from './yaml.js';

/** A project with some of its files written anew. */
interface Changed {
  readonly project: string;
  readonly files: { readonly [path: string]: string };
  readonly args?: readonly string[];
}

const CASES = join(process.cwd(), 'tests/cases/parse');
/** The project of the targets that run something. */
const OWN = 'fuzz';

let names: readonly string[] | undefined;

/** The recorded projects that dbt accepts. */
function projects(): readonly string[] {
  names ??= readdirSync(CASES)
    .filter((name) => !name.startsWith('err-') && !['unsupported', 'python-model'].includes(name))
    .sort();
  return names;
}

const directories = new Map<string, string>();

const bases: string[] = [];

/** The project's copy, the same for all rounds. */
function copyOf(project: string): string {
  let directory = directories.get(project);
  if (directory === undefined) {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-fuzz-')));
    bases.push(base);
    if (bases.length === 1)
      process.on('exit', () => {
        for (const one of bases) rmSync(one, { recursive: true, force: true });
      });
    directory = join(base, 'p');
    if (project === OWN) {
      for (const [path, text] of Object.entries(OWN_FILES)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text);
      }
    } else cpSync(join(CASES, project, 'project'), directory, { recursive: true });
    for (const name of ['pkg', 'pkg2']) {
      const from = join(directory, name);
      if (readdirSync(directory).includes(name))
        cpSync(from, join(directory, 'dbt_packages', name), { recursive: true });
    }
    directories.set(project, directory);
  }
  return directory;
}

/** The files of a project, relative, in the order of their names. */
function filesIn(project: string, pattern: RegExp): readonly string[] {
  const root = join(CASES, project, 'project');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const textOf = (project: string, path: string): string => readFileSync(join(CASES, project, 'project', path), 'utf8');

/** Errors of the command line, and of artifacts, which name the file. What `retry` takes from one is of the command line too. */
const PLACELESS = /^(?:cli-|artifact-|retry-|state-)/;

/** Runs a command on the changed project; the error that it ends with must be the user's. */
async function run({ project, files, args = ['parse'] }: Changed): Promise<void> {
  const cwd = copyOf(project);
  const before = new Map<string, string>();
  for (const [path, text] of Object.entries(files)) {
    before.set(path, readFileSync(join(cwd, path), 'utf8'));
    writeFileSync(join(cwd, path), Buffer.from(text, 'utf8'));
  }
  try {
    const result = await invoke(
      [...args, '--profiles-dir', '.', '--no-write-json', '--no-partial-parse', '--log-level-file', 'none', '--quiet'],
      { cwd, env: { HOME: cwd, DBT_CASE_VALUE: 'x' } },
    );
    judge(result, args[0] !== 'retry');
  } finally {
    for (const [path, text] of before) writeFileSync(join(cwd, path), text);
  }
}

function judge({ error, results }: Awaited<ReturnType<typeof invoke>>, placed: boolean): void {
  if (error) {
    if (!(error instanceof DbtError)) throw error;
    checkError(error, placed && !PLACELESS.test(error.code));
  }
  for (const { status, message } of results) {
    if (status === 'error' && /bug of tsdbt|InternalError|TypeError: Cannot/.test(String(message))) {
      throw new Finding(`a result with ${message}`);
    }
  }
}

interface Spot {
  readonly project: string;
  readonly path: string;
  readonly place: readonly (string | number)[];
}

let spots: readonly Spot[] | undefined;

function readValue(project: string, path: string): unknown {
  try {
    return JSON.parse(JSON.stringify(readYaml(textOf(project, path), path).value)) ?? null;
  } catch {
    return null;
  }
}

/** Every place of every YAML file of the projects; of places that are alike (models[].columns[].name) only two. */
function allSpots(): readonly Spot[] {
  if (spots) return spots;
  const seen = new Map<string, number>();
  const found: Spot[] = [];
  for (const project of projects()) {
    for (const path of filesIn(project, /\.ya?ml$/)) {
      for (const place of placesOf(readValue(project, path))) {
        const kind = `${/(?:dbt_project|profiles|packages|selectors|dependencies|vars)\.yml$/.exec(path)?.[0] ?? ''}/${place.map((step) => (typeof step === 'number' ? '*' : step)).join('/')}`;
        const count = (seen.get(kind) ?? 0) + 1;
        seen.set(kind, count);
        if (count <= 2) found.push({ project, path, place });
      }
    }
  }
  spots = found;
  return found;
}

/** Every key of every file that YAML describes things in, replaced by every kind of value. */
export const properties: Target<Changed> = {
  name: 'properties',
  what: 'properties files, dbt_project.yml, profiles.yml, packages.yml, selectors.yml: every place with every kind of value',
  short: 12,
  share: 5,
  generate(random, round) {
    const all = allSpots();
    if (random.chance(0.2)) {
      const { project, path } = random.pick(all);
      return { project, files: { [path]: JSON.stringify(changed(random, readValue(project, path))) } };
    }
    // Goes through all pairs of a place and a value, in an order that looks like chance.
    const pair = (round * 7919) % (all.length * VALUES.length);
    const { project, path, place } = all[Math.floor(pair / VALUES.length)] as Spot;
    const value = replaced(readValue(project, path), place, VALUES[pair % VALUES.length]);
    return { project, files: { [path]: JSON.stringify(value, null, random.chance(0.5) ? 1 : 0) } };
  },
  attempt: run,
};

/** The same files as mutated text. */
export const yamlFiles: Target<Changed> = {
  name: 'yaml-files',
  what: "projects' YAML files as mutated text",
  short: 5,
  share: 2,
  generate(random) {
    const project = random.pick(projects());
    const path = random.pick(filesIn(project, /\.ya?ml$/));
    return { project, files: { [path]: mutated(random, [textOf(project, path)], YAML) } };
  },
  attempt: run,
};

const CALLS = [
  '{{ config(',
  '{{ config(materialized=',
  '{{ ref(',
  '{{ source(',
  '{{ var(',
  '{{ env_var(',
  '{{ doc(',
  '{% snapshot s %}',
  '{% endsnapshot %}',
  '{% docs d %}',
  '{% enddocs %}',
  '{% test t(model) %}',
  '{% endtest %}',
  '{{ this',
  '{{ adapter.get_relation(',
  '{{ run_query(',
  '{{ exceptions.raise_compiler_error(',
  '{{ graph.nodes',
  '{{ model.',
  '{{ target.',
  '{{ modules.datetime.',
  "{{ modules.re.match('(a|b)*', ",
  '{{ fromyaml(',
  '{{ tojson(',
  '{{ fromjson(',
  '{{ set(',
  '{{ zip(',
  '{{ local_md5(',
  '{{ statement(',
  '{{ builtins.',
  '{{ context[',
  '{{ log(',
  '{{ print(',
  '{{ dbt.',
  '{{ api.Relation.create(',
  '{{ api.Column(',
  '{{ adapter.dispatch(',
  '{{ selected_resources',
  '{{ invocation_args_dict',
  '{{ flags.',
  '{{ store_result(',
  '{{ validation.any[',
  '{{ config.get(',
  '{{ config.require(',
  'none',
  '[]',
  '{}',
  "''",
  '1',
  'x=1',
  '**{}',
  '*[1]',
  ')',
  ') }}',
  ', ',
  "'a'",
  'enabled=',
  'tags=',
  'meta=',
  'alias=',
  'schema=',
  'unique_key=',
  'pre_hook=',
  'contract=',
];

const DBT: Language = { ...JINJA, pieces: [...JINJA.pieces, ...CALLS, ...CALLS] };

/** Models, snapshots, macros, tests, docs blocks, seeds. */
export const sqlFiles: Target<Changed> = {
  name: 'sql-files',
  what: 'models, snapshots, macros, tests, docs blocks and seeds as mutated text, parsed',
  short: 8,
  share: 4,
  generate(random) {
    const project = random.pick(projects());
    const paths = filesIn(project, /\.(?:sql|md|csv)$/);
    if (paths.length === 0) return { project, files: {} };
    const path = random.pick(paths);
    const corpus = random.chance(0.7) ? [textOf(project, path)] : paths.map((one) => textOf(project, one));
    return { project, files: { [path]: mutated(random, corpus.filter((text) => text !== '').concat(' '), DBT) } };
  },
  attempt: run,
};

/** A model that uses what a model can, so that mutations reach it. */
const MODEL = `{{ config(materialized='table', tags=['a'], meta={'k': 1}, pre_hook="select 1", unique_key='id') }}
{% set rel = this %}{% set c = api.Column.create('a', 'int') %}
select {{ var('x', 1) }} as a, '{{ modules.datetime.date(2024, 1, 31).strftime('%Y-%m') }}' as b, {{ target.threads }} as c,
{{ dbt.concat(["'a'", "'b'"]) }} as d, {{ tojson({'a': [1]}) | length }} as e, '{{ rel.include(database=false).quote(identifier=false) }}' as f,
{{ c.quoted }}, {{ dbt.dateadd('day', 1, 'now()') }} as g, {{ modules.re.sub('a+', 'b', 'caat') | tojson }} as h,
{% for k, v in fromyaml('{a: 1}').items() %}{{ v }} as i_{{ k }}{% endfor %}, {{ modules.itertools.chain([1], [2]) | list | length }} as j,
{{ zip([1], [2]) | list | length }} as k, {{ set([1, 1]) | length }} as l, '{{ local_md5('x') }}' as m,
'{{ model.unique_id }} {{ model.config.tags }} {{ config.get('meta', {}).k }} {{ graph.nodes.values() | list | length }}' as n
{% if is_incremental() %}where 1 = 1{% endif %}{% if execute %}{% set q = run_query('select 1 as x union all select 2') %}, {{ q.columns[0].values() | sum }} as o, {{ q.rows[0]['x'] }} as p {% endif %}
{%- do adapter.get_columns_in_relation(this) -%}{% call statement('s', fetch_result=true) %}select 5{% endcall %} {{ load_result('s')['data'] }}`;

const OWN_FILES = {
  'dbt_project.yml': "name: fuzz\nversion: '1.0'\nprofile: case\n",
  'profiles.yml': JSON.stringify({
    case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: ':memory:', threads: 1 } } },
  }),
  'models/m.sql': MODEL,
  'models/stg.sql': "{{ config(materialized='table') }} select * from {{ source('raw', 'orders') }}",
  'models/last.sql': "select 1/0 as x, * from {{ ref('stg') }}",
  'models/wrong.sql': "select nope from {{ ref('people') }}",
  'models/schema.yml': `{sources: [{name: raw, tables: [{name: orders}]}],
    models: [{name: stg, columns: [{name: id, data_tests: [unique, {accepted_values: {arguments: {values: [1]}}}]}]}]}`,
  'seeds/people.csv': 'id,name\n1,ann\n',
  'state/manifest.json': '{}',
  'state/run_results.json': '{}',
};

/** Everything that a template sees when it runs, with DuckDB. */
export const compiling: Target<Changed> = {
  name: 'compile',
  what: 'a model that uses everything, as mutated text, compiled against DuckDB (bodies of macros run)',
  short: 4,
  share: 3,
  generate: (random) => ({
    project: 'fuzz',
    files: { 'models/m.sql': mutated(random, random.chance(0.8) ? [MODEL] : [MODEL, ...CALLS], DBT) },
    args: ['compile'],
  }),
  attempt: run,
};

const artifacts = new Map<string, unknown>();

/** The manifest and the results of the project, made once; of the many built-in macros only a few. */
async function artifactsOf(): Promise<void> {
  if (artifacts.size > 0) return;
  const cwd = copyOf(OWN);
  await invoke(['build', '--profiles-dir', '.', '--quiet', '--log-level-file', 'none', '--exclude', 'm'], {
    cwd,
    env: { HOME: cwd },
  });
  for (const name of ['manifest.json', 'run_results.json']) {
    const value = JSON.parse(readFileSync(join(cwd, 'target', name), 'utf8')) as { macros?: object };
    if (value.macros) value.macros = Object.fromEntries(Object.entries(value.macros).slice(0, 5));
    artifacts.set(name, value);
  }
}

interface Stated {
  readonly file: string;
  readonly seed: number;
  readonly asText: boolean;
  /** The file's text; made by the seed unless given. */
  readonly text?: string;
  readonly args: readonly string[];
}

const USES: { readonly [file: string]: readonly (readonly string[])[] } = {
  'manifest.json': [
    [
      'ls',
      '--state',
      'state',
      '--select',
      'state:modified+',
      'state:new',
      'state:old',
      'state:unmodified',
      '--output',
      'json',
    ],
    [
      'ls',
      '--state',
      'state',
      '--select',
      'state:modified.body',
      'state:modified.configs',
      'state:modified.macros',
      'state:modified.contract',
    ],
    ['compile', '--select', 'stg', '--defer', '--state', 'state', '--favor-state'],
  ],
  'run_results.json': [
    ['retry', '--state', 'state'],
    ['ls', '--state', 'state', '--select', 'result:error+', 'result:pass', 'result:skipped'],
  ],
};

/** What an earlier run left. */
export const state: Target<Stated> = {
  name: 'state',
  what: 'mutated manifest.json and run_results.json for state:, --defer, result: and retry',
  short: 4,
  share: 2,
  generate: (random) => {
    const file = random.pick(['manifest.json', 'run_results.json']);
    return { file, seed: random.below(2 ** 32), asText: random.chance(0.15), args: random.pick(USES[file] ?? []) };
  },
  async attempt({ file, seed, asText, text: given, args }) {
    await artifactsOf();
    const random = new Random(seed);
    const value = artifacts.get(file);
    const made = asText
      ? mutated(random, [JSON.stringify(artifacts.get('run_results.json'))], YAML)
      : JSON.stringify(changed(random, value));
    const text = given ?? made;
    const files: { [path: string]: string } = { [`state/${file}`]: text };
    // `result:` needs both.
    const other = file === 'manifest.json' ? 'run_results.json' : 'manifest.json';
    files[`state/${other}`] = JSON.stringify(artifacts.get(other));
    await run({ project: OWN, files, args });
  },
};
