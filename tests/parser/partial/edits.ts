import type { Random } from '../../helpers/random.js';
import type { State } from './edited-project.js';

/** Changes a state in place and says what was done; undefined when there was nothing to do it to. */
export type Edit = (state: State, random: Random, original: ReadonlyMap<string, string>) => string | undefined;

const paths = (state: State, pattern: RegExp): string[] => [...state.files.keys()].filter((path) => pattern.test(path));
const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
const MODELS = /(?:^|\/)models\/.*\.sql$/;
const FUNCTIONS = /(?:^|\/)functions\/.*\.(?:sql|py)$/;
const SQL = /\.sql$/;
const MACROS = /(?:^|\/)macros\/.*\.sql$/;
const YAML = /\.ya?ml$/;
const PROPERTIES = /^(?!dbt_project\.yml|profiles\.yml|packages\.yml)(?:.*\/)?(?!dbt_project)[^/]+\.ya?ml$/;

/** Pieces of Jinja that read all that a template can read. */
const PIECES: readonly ((state: State, random: Random) => string)[] = [
  () => `-- {{ var('fuzz', 'none') }}`,
  (_s, random) => `{{ config(tags=['t' ~ var('fuzz', 0), 'x${random.below(3)}']) }}`,
  () => `-- {{ env_var('FUZZ_ENV', 'unset') }}`,
  () => `{{ config(alias='a_' ~ this.name ~ env_var('FUZZ_ENV', '')) if env_var('FUZZ_ENV', '') != '' }}`,
  () => `{{ config(meta={'target': target.name, 'schema': target.schema}) }}`,
  () => `{{ config(tags=['full']) if flags.FULL_REFRESH else '' }}`,
  () => `{{ config(meta={'which': flags.WHICH}) }}`,
  () => `{{ config(meta={'random': [1, 2] | random is number, 'at': run_started_at is defined}) }}`,
  () => `{{ config(enabled=var('fuzz_enabled', true)) }}`,
  () => `{{ config(schema='custom') }}`,
  (_s, random) => `{{ config(materialized='${random.pick(['view', 'table', 'ephemeral', 'incremental'])}') }}`,
  (state, random) => `-- {{ ref('${stem(random.pick([...paths(state, MODELS), 'models/missing.sql']))}') }}`,
  (state, random) => `-- {{ function('${stem(random.pick([...paths(state, FUNCTIONS), 'functions/missing.sql']))}') }}`,
  () => `-- {{ fuzz_outer('x') }}`,
  () => `-- {{ dbt.type_string() }} {{ dbt.concat(["'a'", "'b'"]) }}`,
  () => `-- {{ fuzz_dispatched() }}`,
  () => `{{ exceptions.warn('a warning of a template') }}`,
  () => `{{ log('said', info=true) }}`,
  () => `-- {{ fuzz_missing() }}`,
  () => `-- {{ modules.datetime.date(2024, 1, 1) }} {{ modules.datetime.datetime.now() is defined }}`,
  () => `-- {{ context.get('fuzz_outer') is none }}`,
  () => `-- {{ invocation_args_dict.which }} {{ dbt_metadata_envs }}`,
  () => `{{ config(pre_hook="select '{{ var('fuzz', 'hook') }}' as x -- {{ fuzz_outer(1) }}") }}`,
  () => `{% if`,
  () => `select 1 as {{ 'x' }}`,
];

const MACRO_FILES: readonly string[] = [
  `{% macro fuzz_outer(x) %}{{ fuzz_inner(x) }}{% endmacro %}\n`,
  `{% macro fuzz_outer(x) %}{{ config(tags=['from macro']) }}{{ return(var('fuzz', 'm')) }}{% endmacro %}\n`,
  `{% macro fuzz_inner(x) %}{{ env_var('FUZZ_ENV', 'e') ~ x }}{% endmacro %}\n`,
  `{% macro fuzz_inner(x) %}{{ target.name }}{% endmacro %}\n`,
  `{% macro generate_schema_name(custom, node) %}{{ target.schema }}{{ '_' ~ custom if custom }}_{{ var('fuzz', '') }}{% endmacro %}\n`,
  `{% macro generate_schema_name(custom, node) %}{{ custom or env_var('FUZZ_ENV', 'plain') }}{% endmacro %}\n`,
  `{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ (custom_alias_name or node.name) ~ ('_v' ~ node.version if node.version else '') ~ '_x' }}{% endmacro %}\n`,
  `{% macro fuzz_dispatched() %}{{ return(adapter.dispatch('fuzz_dispatched')()) }}{% endmacro %}\n{% macro default__fuzz_dispatched() %}default{% endmacro %}\n`,
  `{% macro duckdb__fuzz_dispatched() %}{{ config(tags=['duck']) }}{% endmacro %}\n`,
  `{% macro duckdb__type_string() %}{{ config(tags=['string']) }}varchar{% endmacro %}\n`,
  `{% macro get_where_subquery(relation) %}{{ config(tags=['where']) }}{{ return(relation) }}{% endmacro %}\n`,
  `{% test not_null(model, column_name) %}{{ config(severity='warn') }}select * from {{ model }} where {{ column_name }} is null{% endtest %}\n`,
  `{% test fuzz_test(model, column_name=none, x=1) %}select {{ x }} from {{ model }} {{ fuzz_outer(1) }}{% endtest %}\n`,
  `{% macro ref(name) %}{{ return(builtins.ref(name)) }}{% endmacro %}\n`,
  `{% macro %}`,
];

const ENTRIES: readonly ((state: State, random: Random) => string)[] = [
  (state, random) =>
    `models:\n  - name: ${stem(random.pick([...paths(state, MODELS), 'x/missing']))}\n    description: d{{ var('fuzz', 1) }}\n    config: {tags: [y]}\n`,
  (state, random) =>
    `models:\n  - name: ${stem(random.pick([...paths(state, MODELS), 'x/missing']))}\n    columns: [{name: id, data_tests: [not_null, unique, fuzz_test]}]\n`,
  () =>
    `sources:\n  - name: fuzz_source\n    schema: "{{ target.schema }}_{{ env_var('FUZZ_ENV', 'raw') }}"\n    tables: [{name: t, description: "{{ doc('fuzz_doc') }}", columns: [{name: id, data_tests: [not_null]}]}, {name: u, config: {enabled: "{{ var('fuzz_enabled', true) }}"}}]\n`,
  (_s, random) =>
    `exposures:\n  - {name: fuzz_exposure${random.below(2)}, type: dashboard, owner: {email: a@b.c}, depends_on: [source('fuzz_source', 't')]}\n`,
  () => `groups:\n  - {name: fuzz_group, owner: {email: a@b.c}}\n`,
  () =>
    `macros:\n  - {name: fuzz_outer, description: "of fuzz {{ doc('fuzz_doc') }}", arguments: [{name: x, type: string}]}\n`,
  (state, random) =>
    `snapshots:\n  - {name: fuzz_snapshot, relation: ref('${stem(random.pick([...paths(state, MODELS), 'x/missing']))}'), config: {unique_key: id, strategy: check, check_cols: all}}\n`,
  (state, random) =>
    `models:\n  - name: ${stem(random.pick([...paths(state, MODELS), 'x/missing'])).replace(/_v\d$/, '')}\n    versions: [{v: 1}, {v: 2, config: {alias: second}}]\n`,
  (state, random) =>
    `unit_tests:\n  - {name: fuzz_unit, model: ${stem(random.pick([...paths(state, MODELS), 'x/missing']))}, given: [], expect: {rows: [{id: 1}]}}\n`,
  () => `models: [{`,
  () => `data_tests:\n  - {name: fuzz_singular, description: s}\n`,
  (state, random) =>
    `functions:\n  - name: ${stem(random.pick([...paths(state, FUNCTIONS), 'x/fuzz_function']))}\n    returns: {data_type: "{{ var('fuzz', 'int') }}"}\n    config: {enabled: "{{ var('fuzz_enabled', true) }}"}\n`,
  () => `analyses:\n  - {name: fuzz_analysis, description: a}\n`,
  () => `seeds:\n  - {name: fuzz_seed, config: {column_types: {id: integer}}}\n`,
];

const PROJECT_LINES: readonly string[] = [
  `vars: {fuzz: from project, fuzz_enabled: true}`,
  `vars: {fuzz: 7}`,
  `on-run-start: ["select {{ var('fuzz', 0) }} -- {{ fuzz_outer(1) }}"]`,
  `models: {+tags: ["{{ target.name }}"]}`,
  `models: {+schema: configured}`,
  `models: {+meta: {v: "{{ var('fuzz', 'unset') }}"}}`,
  `data_tests: {+severity: warn}`,
  `query-comment: nothing`,
  `# a comment`,
];

function changed(state: State, path: string, change: (lines: string[]) => void): string {
  const lines = (state.files.get(path) ?? '').split('\n');
  change(lines);
  state.files.set(path, lines.join('\n'));
  return path;
}

/** A file of the project's own, or of its packages. */
function someFile(state: State, random: Random, pattern: RegExp): string | undefined {
  const found = paths(state, pattern).filter(
    (path) => path !== 'profiles.yml' && !/(?:^|\/)dbt_project\.yml$/.test(path),
  );
  return found.length === 0 ? undefined : random.pick(found);
}

/** Texts of a TypeScript model. */
const SCRIPTS: readonly ((state: State, random: Random) => string)[] = [
  (state, random) =>
    `export const model = ({ ref }) => \`from \${ref('${stem(random.pick([...paths(state, MODELS), 'x/missing']))}')}\`;\n`,
  () =>
    `import { tag } from '../lib/fuzz.js';\nexport default ({ config }: any) => { config({ tags: ['ts'] }); return [{ tag }]; };\n`,
  () => `export { tag } from '../lib/fuzz.ts';\n`,
  () => `export const model = ({ config }) => { config({ tags: [tag] }); return ''; };\n`,
  () => `enum Level { Low }\n`,
];

export const EDITS: readonly (readonly [weight: number, name: string, edit: Edit])[] = [
  [
    3,
    'write a TypeScript model',
    (state, random) => {
      const lib = random.below(4);
      if (lib === 0) state.files.delete('lib/fuzz.ts');
      else state.files.set('lib/fuzz.ts', `export const tag: string = 't${lib}';\n`);
      state.files.set('models/fuzz_script.ts', random.pick(SCRIPTS)(state, random));
      return 'models/fuzz_script.ts';
    },
  ],
  [
    8,
    'append to',
    (state, random) => {
      const path = someFile(state, random, SQL);
      return path && changed(state, path, (lines) => lines.push(random.pick(PIECES)(state, random)));
    },
  ],
  [
    3,
    'put in front of',
    (state, random) => {
      const path = someFile(state, random, SQL);
      return path && changed(state, path, (lines) => lines.unshift(random.pick(PIECES)(state, random)));
    },
  ],
  [
    4,
    'comment in',
    (state, random) => {
      const path = someFile(state, random, /\.(?:sql|ya?ml|md|csv)$/);
      return (
        path && changed(state, path, (lines) => (YAML.test(path) ? lines.unshift('# a comment') : lines.push('  ')))
      );
    },
  ],
  [
    4,
    'delete a line of',
    (state, random) => {
      const path = someFile(state, random, /\.(?:sql|ya?ml|md|csv)$/);
      return path && changed(state, path, (lines) => lines.splice(random.below(lines.length), 1));
    },
  ],
  [
    2,
    'repeat a line of',
    (state, random) => {
      const path = someFile(state, random, /\.(?:sql|ya?ml|md|csv)$/);
      return (
        path &&
        changed(state, path, (lines) => {
          const at = random.below(lines.length);
          lines.splice(at, 0, lines[at] ?? '');
        })
      );
    },
  ],
  [
    4,
    'exchange a word of',
    (state, random) => {
      const path = someFile(state, random, /\.(?:sql|ya?ml|md)$/);
      const words = [...paths(state, SQL).map(stem), 'true', 'false', 'view', 'table', 'id', 'x'];
      return (
        path &&
        changed(state, path, (lines) => {
          const at = random.below(lines.length);
          const found = [...(lines[at] ?? '').matchAll(/[A-Za-z_]\w*/g)];
          const word = found.length > 0 ? random.pick(found) : undefined;
          if (word)
            lines[at] =
              `${lines[at]?.slice(0, word.index)}${random.pick(words)}${lines[at]?.slice(word.index + word[0].length)}`;
        })
      );
    },
  ],
  [
    3,
    'describe in',
    (state, random) => {
      const path = someFile(state, random, PROPERTIES);
      return (
        path &&
        changed(state, path, (lines) => {
          const at = lines.findIndex(
            (line, i) => i >= random.below(lines.length) && /^\s*- name: [\w]+\s*$/.test(line),
          );
          const indent = / *- /.exec(lines[at] ?? '')?.[0].length ?? 0;
          if (at >= 0) lines.splice(at + 1, 0, `${' '.repeat(indent)}description: changed ${random.below(5)}`);
        })
      );
    },
  ],
  [
    3,
    'delete',
    (state, random) => {
      const path = someFile(state, random, /./);
      if (path) state.files.delete(path);
      return path;
    },
  ],
  [
    5,
    'bring back',
    (state, random, original) => {
      const gone = [...original.keys()].filter((path) => state.files.get(path) !== original.get(path));
      if (gone.length === 0) return undefined;
      const path = random.pick(gone);
      state.files.set(path, original.get(path) as string);
      return path;
    },
  ],
  [
    3,
    'rename',
    (state, random) => {
      const path = someFile(state, random, /\.(?:sql|ya?ml|md|csv)$/);
      if (!path) return undefined;
      const to = random.chance(0.5)
        ? path.replace(/([^/]+)(\.\w+)$/, `$1${random.pick(['_b', '_v1', '_v2'])}$2`)
        : path.replace(/^(models|macros|seeds|snapshots|tests)\//, '$1/moved/');
      state.files.set(to, state.files.get(path) ?? '');
      if (to !== path) state.files.delete(path);
      return `${path} to ${to}`;
    },
  ],
  [
    2,
    'copy',
    (state, random) => {
      const [path, other] = [someFile(state, random, SQL), someFile(state, random, SQL)];
      if (!path || !other) return undefined;
      const to = `${other.replace(/[^/]+$/, '')}${random.chance(0.3) ? path.replace(/^.*\//, '') : `copy_${random.below(3)}.sql`}`;
      state.files.set(to, state.files.get(path) ?? '');
      return `${path} to ${to}`;
    },
  ],
  [
    1,
    'exchange',
    (state, random) => {
      const [one, two] = [someFile(state, random, SQL), someFile(state, random, SQL)];
      if (!one || !two) return undefined;
      const text = state.files.get(one) ?? '';
      state.files.set(one, state.files.get(two) ?? '');
      state.files.set(two, text);
      return `${one} and ${two}`;
    },
  ],
  [
    6,
    'macro file',
    (state, random) => {
      const folder = random.pick([
        'macros',
        ...new Set(paths(state, MACROS).map((path) => path.replace(/\/[^/]+$/, ''))),
      ]);
      const path = `${folder}/fuzz_${random.below(6)}.sql`;
      state.files.set(path, random.pick(MACRO_FILES));
      return path;
    },
  ],
  [
    3,
    'without macro file',
    (state, random) => {
      const path = someFile(state, random, /macros\/.*fuzz_\d\.sql$/);
      if (path) state.files.delete(path);
      return path;
    },
  ],
  [
    5,
    'properties file',
    (state, random) => {
      const path = `models/fuzz_${random.below(4)}.yml`;
      const before = random.chance(0.4) ? (state.files.get(path) ?? '') : '';
      state.files.set(path, before + random.pick(ENTRIES)(state, random));
      return path;
    },
  ],
  [
    2,
    'other file',
    (state, random) => {
      const [path, text] = random.pick([
        ['models/fuzz.md', `{% docs fuzz_doc %}text ${random.below(3)}{% enddocs %}`],
        ['seeds/fuzz_seed.csv', `id\n${random.below(9)}\n`],
        ['functions/fuzz_function.sql', `x + {{ var('fuzz', 1) }}`],
        ['vars.yml', random.pick([`vars: {fuzz: of the file}\n`, `vars: {}\n`, `fuzz: ignored\n`, `vars: text\n`])],
        ['tests/fuzz_singular.sql', `select 1 where {{ var('fuzz', 1) }} = 2`],
        ['analyses/fuzz_analysis.sql', `select {{ var('fuzz', 1) }}`],
        ['.dbtignore', random.pick(['models/moved/\n', '*_b.sql\n', ''])],
        [
          'snapshots/fuzz.sql',
          `{% snapshot fuzz_old %}{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='s') }} select {{ var('fuzz', 1) }} as id{% endsnapshot %}`,
        ],
      ] as const);
      state.files.set(path, text);
      return path;
    },
  ],
  [
    3,
    'dbt_project.yml',
    (state, random) => {
      const line = random.pick(PROJECT_LINES);
      const key = line.split(':')[0] as string;
      return changed(state, 'dbt_project.yml', (lines) => {
        const at = lines.findIndex((one) => one.startsWith(`${key}:`) && !one.endsWith(':'));
        if (at >= 0) lines[at] = line;
        else if (!lines.some((one) => one.startsWith(`${key}:`))) lines.push(line);
      });
    },
  ],
  [
    2,
    'variable',
    (state, random) => {
      const name = random.pick(['fuzz', 'fuzz_enabled', 'unused']);
      if (random.chance(0.3)) delete state.vars[name];
      else state.vars[name] = name === 'fuzz_enabled' ? random.chance(0.5) : random.pick(['one', 1, 1.5, { a: 1 }]);
      return name;
    },
  ],
  [
    2,
    'environment',
    (state, random) => {
      const name = random.pick(['FUZZ_ENV', 'UNUSED', 'DBT_ENV_CUSTOM_ENV_X']);
      if (random.chance(0.3)) delete state.env[name];
      else state.env[name] = random.pick(['one', 'two']);
      return name;
    },
  ],
  [
    2,
    'option',
    (state, random) => {
      const [name, value] = random.pick([
        ['target', 'prod'],
        ['target', 'dev'],
        ['threads', 3],
        ['full_refresh', true],
        ['empty', true],
        ['warn_error', true],
        ['no', null],
      ] as const);
      if (random.chance(0.4) || value === null) state.options = {};
      else state.options = { ...state.options, [name]: value };
      return `${name} ${value}`;
    },
  ],
  [
    1,
    'command',
    (state, random) => {
      state.which = random.pick(['parse', 'run', 'test']);
      return state.which;
    },
  ],
  [1, 'nothing', () => ''],
];
