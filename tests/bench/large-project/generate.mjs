// Writes a large dbt project: 700 models, 2,000 macros, four packages. The same every time.
//
//   node tests/bench/large-project/generate.mjs DIR [--models 700] [--macros 2000]
//
// tests/oracle/large-project.test.ts compiles it with dbt and with tsdbt and compares them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { genericTests, macrosOf } from './macros.mjs';
import { modelSql, modelYaml, refOf } from './models.mjs';

/** @typedef {import('./macros.mjs').MacroUse} MacroUse */
/** @typedef {{ [path: string]: string }} Files */

/** The packages, each with the ones that it calls macros and uses models of. */
const PACKAGES = [
  { name: 'acme_utils', models: 0.03, macros: 0.35, needs: [] },
  { name: 'acme_finance', models: 0.13, macros: 0.2, needs: ['acme_utils'] },
  { name: 'acme_marketing', models: 0.13, macros: 0.15, needs: ['acme_utils', 'acme_finance'] },
  { name: 'acme', models: 0.71, macros: 0.3, needs: ['acme_utils', 'acme_finance', 'acme_marketing'] },
];
const LAYERS = /** @type {const} */ (['staging', 'helpers', 'intermediate', 'marts']);
const SEEDS = 12;

/**
 * Writes the project below a directory; gives what there is of each kind.
 *
 * @param {string} directory @param {{ models?: number, macros?: number }} [size]
 */
export function generate(directory, { models = 700, macros = 2000 } = {}) {
  const counts = { models: 0, macros: 0, packages: PACKAGES.length };
  /** @type {MacroUse[]} */
  let uses = [];
  for (const { name, needs, ...share } of PACKAGES) {
    const root = name === 'acme';
    const made = macrosOf(
      name,
      Math.round(macros * share.macros),
      uses.filter((u) => needs.includes(u.package)),
    );
    const reachable = [...uses.filter((u) => needs.includes(u.package)), ...made.uses];
    const built = modelsOf(name, Math.round(models * share.models), reachable, root);
    const files = {
      ...made.files,
      ...genericTests(name),
      ...built.files,
      ...settings(name, needs, root),
      ...(root ? rootOnly() : {}),
    };
    const target = root ? directory : join(directory, 'packages', name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), text);
    }
    uses = [...uses, ...made.uses];
    counts.models += built.count;
    counts.macros += made.count;
  }
  return counts;
}

/** @param {string} pkg @param {number} count @param {readonly MacroUse[]} macros @param {boolean} root */
function modelsOf(pkg, count, macros, root) {
  /** @type {Files} */
  const files = {};
  /** @type {Map<string, string[]>} */
  const yaml = new Map();
  /** @type {{ [layer: string]: { name: string, version?: number }[] }} */
  const names = { staging: [], helpers: [], intermediate: [], marts: [] };
  const short = root ? 'core' : pkg.replace('acme_', '');
  let made = 0;
  for (let i = 0; made < count; i++) {
    const at = made / count;
    const layer = LAYERS[at < 0.25 ? 0 : at < 0.35 ? 1 : at < 0.6 ? 2 : 3] ?? 'marts';
    const name = `${short}_${layer}_${String(i).padStart(3, '0')}`;
    const below =
      layer === 'staging'
        ? []
        : layer === 'helpers'
          ? (names['staging'] ?? [])
          : layer === 'intermediate'
            ? [...(names['staging'] ?? []), ...(names['helpers'] ?? [])]
            : [...(names['intermediate'] ?? []), ...(names['helpers'] ?? [])];
    const one = below[(i * 31) % below.length];
    const two = below[(i * 17 + 5) % below.length];
    const input = `{{ source('raw_${pkg}', 'events_${i % 6}') }}`;
    const from =
      one && two
        ? [refOf(one, i % 3 === 0 ? pkg : undefined), ...(two === one || i % 5 === 0 ? [] : [refOf(two)])]
        : [i % 2 === 0 ? input : `{{ ref('${short}_seed_${i % SEEDS}') }}`];
    const folder = `models/${layer}/part_${Math.floor(i / 20)}`;
    const versions = root && layer === 'marts' && i % 15 === 0 ? [1, 2] : [undefined];
    for (const version of versions) {
      const file = version === undefined ? name : `${name}_v${version}`;
      const config =
        layer === 'marts' && i % 6 === 0
          ? "{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}\n"
          : '';
      files[`${folder}/${file}.sql`] = modelSql({ i: made, name: file, from, macros, pkg, config });
      made += 1;
    }
    const path = `${folder}/_models.yml`;
    if (i % 8 !== 7 || versions.length > 1) {
      const upstream = one && one.version === undefined ? one.name : null;
      const entry = modelYaml({ i, name, pkg, upstream, root });
      const more =
        versions.length > 1
          ? '    latest_version: 2\n    versions:\n      - v: 1\n        deprecation_date: 2035-01-01\n      - v: 2\n        config: {tags: [latest]}\n'
          : '';
      yaml.set(path, [...(yaml.get(path) ?? []), entry + more]);
    }
    names[layer]?.push(versions.length > 1 ? { name, version: 1 + (i % 2) } : { name });
  }
  for (const [path, entries] of yaml) files[path] = `version: 2\n\nmodels:\n${entries.join('')}`;
  for (let i = 0; i < SEEDS; i++) {
    files[`seeds/${short}_seed_${i}.csv`] =
      `id,name,amount\n${[1, 2, 3].map((n) => `${n},n_${n}_${i},${n * i}.5`).join('\n')}\n`;
  }
  files['models/sources.yml'] = `sources:
  - name: raw_${pkg}
    schema: "{{ var('raw_schema', 'raw') }}"
    description: Raw events.
    config: {tags: [raw], meta: {team: ingest}}
    freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 2, period: day}}
    loaded_at_field: loaded_at
    tables:
${Array.from({ length: 6 }, (_, i) => `      - name: events_${i}\n        identifier: "events_{{ ${i} + 1 }}"\n        columns: [{name: id, data_tests: [not_null]}]\n`).join('')}`;
  const [a, b] = names['marts'] ?? [];
  files['models/exposures.yml'] = `exposures:
  - name: ${short}_board
    label: Board
    type: dashboard
    maturity: high
    url: https://example.com/${short}
    owner: {name: Team, email: team@example.com}
    depends_on:
${[a, b].flatMap((m) => (m ? [`      - ref('${m.name}'${m.version === undefined ? '' : `, v=${m.version}`})\n`] : [])).join('')}      - source('raw_${pkg}', 'events_1')
`;
  const staging = names['staging']?.[0]?.name;
  files['snapshots/snapshots.sql'] = `{% snapshot ${short}_history %}
{{ config(target_schema='snapshots', unique_key='id', strategy='check', check_cols=['name', 'amount']) }}
select id, name, amount from {{ ref('${staging}') }}
{% endsnapshot %}
`;
  files['snapshots/snapshots.yml'] = `snapshots:
  - name: ${short}_history_yml
    relation: ref('${short}_seed_0')
    config: {unique_key: id, strategy: check, check_cols: all}
`;
  files[`tests/${short}_singular_one.sql`] =
    `{{ config(tags=['singular'], severity='warn') }}\nselect * from {{ ref('${staging}') }} where id is null\n`;
  files[`tests/${short}_singular_two.sql`] =
    `select {{ ${macros[0]?.call(true)} }} from {{ ref('${staging}') }} where false\n`;
  files['models/docs.md'] = [0, 1, 2, 3]
    .map((n) => `{% docs about_${n} %}\nText ${n} of *${pkg}*.\n\n| a | b |\n{% enddocs %}\n`)
    .join('\n');
  files['analyses/look.sql'] = `select count(*) from {{ ref('${staging}') }} -- {{ target.schema }}\n`;
  return { files, count: made };
}

/** @param {string} pkg @param {readonly string[]} needs @param {boolean} root @returns {Files} */
function settings(pkg, needs, root) {
  const packages =
    needs.length === 0
      ? {}
      : { 'packages.yml': `packages:\n${needs.map((name) => `  - local: packages/${name}\n`).join('')}` };
  return {
    ...packages,
    'dbt_project.yml': `name: ${pkg}
version: '1.2.3'
profile: large
vars:
  ${pkg}:
    local_1: of_${pkg}
  region: eu
${root ? '  acme_finance:\n    local_2: from_root\n' : ''}models:
  +meta: {project: ${pkg}}
  ${pkg}:
    staging: {+materialized: view, +tags: [staging]}
    helpers: {+materialized: ephemeral}
    intermediate: {+materialized: view, +schema: mid}
    marts:
      +materialized: table
      part_0: {+enabled: "{{ target.name == 'dev' }}", +tags: "part one"}
${root ? '  acme_marketing:\n    marts: {+schema: marketing, +tags: [from_root]}\n' : ''}seeds:
  ${pkg}: {+schema: seeds, +column_types: {name: varchar}}
data_tests:
  ${pkg}: {+store_failures: ${root ? 'false' : 'true'}}
${root ? `dispatch:\n  - macro_namespace: acme_utils\n    search_order: [acme, acme_finance, acme_utils]\non-run-start: "select '{{ invocation_id | length }}'"\n` : ''}`,
  };
}

/** Overrides of dbt's own macros and of a package's, groups, selectors. @returns {Files} */
function rootOnly() {
  return {
    'profiles.yml': `large:
  target: dev
  outputs:
    dev: {type: duckdb, path: large.duckdb, schema: main, threads: 4}
`,
    'macros/overrides.sql': `{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%} {{ target.schema }}
    {%- elif node.resource_type == 'seed' -%} {{ custom_schema_name | trim }}
    {%- else -%} {{ target.schema }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- if custom_alias_name -%} {{ custom_alias_name | trim }}
    {%- elif node.version -%} {{ node.name ~ '_version_' ~ (node.version | replace('.', '_')) }}
    {%- else -%} {{ node.name }}
    {%- endif -%}
{%- endmacro %}

{% macro default__concat(fields) -%} ({{ fields | join(' || ') }}) {%- endmacro %}

{% macro duckdb__rounded_13(column, digits) %}floor({{ column }} * {{ 10 ** digits }}){% endmacro %}
{% macro default__rounded_529(column, digits) %}ceil({{ column }}){% endmacro %}
`,
    'models/groups.yml': 'groups:\n  - name: finance\n    owner: {name: Finance, email: finance@example.com}\n',
    'selectors.yml':
      'selectors:\n  - name: nightly\n    definition: {union: [{method: tag, value: every}, {method: fqn, value: "core_marts_*", children: true}]}\n',
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { models: { type: 'string', default: '700' }, macros: { type: 'string', default: '2000' } },
  });
  const [directory] = positionals;
  if (!directory) throw new Error('usage: generate.mjs DIR [--models 700] [--macros 2000]');
  console.log(generate(resolve(directory), { models: Number(values.models), macros: Number(values.macros) }));
}
