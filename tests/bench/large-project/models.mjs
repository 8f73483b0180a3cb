// The models of the large project, layer over layer; every model has the columns id, name and amount.

/** @typedef {import('./macros.mjs').MacroUse} MacroUse */

/** @param {number} i @param {string} name */
function header(i, name) {
  const parts = [];
  if (i % 4 === 0) parts.push(`tags=['t${i % 5}', 'every']`);
  if (i % 5 === 0) parts.push(`meta={'owner': 'team ${i % 3}', 'level': ${i}}`);
  if (i % 7 === 0) parts.push(`alias='${name}_alias'`);
  if (i % 11 === 0) parts.push("schema='extra'");
  if (i % 13 === 0) parts.push('pre_hook="select 1 as {{ this.name }}"');
  return parts.length === 0 ? '' : `{{ config(${parts.join(', ')}) }}\n\n`;
}

/** @param {{ name: string, version?: number }} model @param {string} [pkg] */
const refOf = ({ name, version }, pkg) =>
  `{{ ref(${pkg ? `'${pkg}', ` : ''}'${name}'${version === undefined ? '' : `, v=${version}`}) }}`;

/**
 * A model's SQL over one or two others, with macros in it.
 *
 * @param {{ i: number, name: string, from: readonly string[], macros: readonly MacroUse[], pkg: string, config?: string }} model
 */
export function modelSql({ i, name, from, macros, pkg, config = '' }) {
  const [first, second] = from;
  const calls = [0, 1, 2].map((n) => {
    const macro = macros[(i * 41 + n * 613) % macros.length];
    if (!macro) throw new Error('no macros');
    return `    {{ ${macro.call(macro.package !== pkg || (i + n) % 2 === 0)} }} as m${n}`;
  });
  const joined = second ? `\nleft join ${second} as b on a.id = b.id` : '';
  const filter =
    i % 3 === 0 ? `\n{% if is_incremental() %}where a.id > (select max(id) from {{ this }}){% endif %}` : '';
  const loop =
    i % 4 === 1
      ? `{% set wanted = ['x', 'y', 'z'] %}\n`
      : i % 4 === 2
        ? `{%- set limit_rows = var('limit_rows', 0) | int -%}\n`
        : '';
  const extra = i % 4 === 1 ? `\n{% for w in wanted %}    '{{ w }}' as w_{{ w }},\n{% endfor %}` : '';
  const end = i % 4 === 2 ? '\n{% if limit_rows > 0 %}limit {{ limit_rows }}{% endif %}' : '';
  return `${config}${header(i, name)}${loop}-- ${name}
with a as (
    select * from ${first}
)

select
    a.id,
    a.name,
    a.amount,${extra}
${calls.join(',\n')}
from (select id, name, amount from a) as a${joined.replace('select *', 'select')}${filter}${end}
`.replace(/\{\{ (.*?) \}\} as m(\d)/g, (whole) => whole);
}

/**
 * One entry of a properties file.
 *
 * @param {{ i: number, name: string, pkg: string, upstream: string | null, root: boolean }} model
 */
export function modelYaml({ i, name, pkg, upstream, root }) {
  const lines = [
    `  - name: ${name}`,
    `    description: ${i % 6 === 0 ? `"{{ doc('about_${i % 4}') }}"` : `Model ${name}.`}`,
  ];
  /** @type {string[]} */
  const config = [];
  if (i % 3 === 0) config.push(`tags: [yml, 'y${i % 4}']`);
  if (i % 5 === 1) config.push(`meta: {from: yml, n: ${i}}`);
  if (i % 9 === 0) config.push('persist_docs: {relation: true}');
  if (i % 10 === 3 && root) config.push('group: finance');
  if (config.length > 0) lines.push('    config:', ...config.map((c) => `      ${c}`));
  if (i % 10 === 4 && !name.includes('_helpers_')) lines.push('    access: public');
  lines.push(
    '    columns:',
    '      - name: id',
    '        description: The key.',
    '        data_tests:',
    '          - unique',
    '          - not_null:',
    `              config: {severity: ${i % 2 ? 'warn' : 'error'}}`,
  );
  if (upstream !== null && i % 4 === 0) {
    lines.push(
      '          - relationships:',
      '              arguments:',
      `                to: ref('${upstream}')`,
      '                field: id',
    );
  }
  lines.push('      - name: name', '        meta: {pii: true}', '        tags: [named]', '      - name: amount');
  if (i % 3 === 1)
    lines.push(
      '        data_tests:',
      `          - ${root ? 'acme' : pkg}_positive:`,
      '              arguments:',
      `                above: ${i % 5}`,
    );
  if (i % 6 === 2) {
    lines.push(
      '    data_tests:',
      `      - ${root && i % 12 === 2 ? 'acme_utils.acme_utils' : root ? 'acme' : pkg}_rows:`,
      `          name: rows_of_${name}`,
      '          arguments:',
      '            at_least: 1',
      `            where_text: "id > {{ ${i} }}"`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export { refOf };
