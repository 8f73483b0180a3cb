// The macros of the large project: each kind is a different part of Jinja and of dbt's macro rules, numbered to make many of one.
// What a macro gives is a SQL expression over the columns `id`, `name` and `amount`, so that every model can be built.

/**
 * @typedef {{ package: string, name: string, call: (qualified: boolean) => string }} MacroUse How a model calls a macro.
 * @typedef {{ text: string, uses: MacroUse[], count: number }} Made Macros of one kind, as text.
 * @typedef {{ package: string, i: number, earlier: readonly MacroUse[] }} Place Where macros are made, and what stands before them.
 */

/** @param {string} pkg @param {string} name @param {string} args @returns {MacroUse} */
const use = (pkg, name, args) => ({
  package: pkg,
  name,
  call: (qualified) => `${qualified ? `${pkg}.` : ''}${name}(${args})`,
});

/** A call of a macro that stands elsewhere. @param {Place} place */
const other = ({ package: pkg, i, earlier }) => {
  const macro = earlier[(i * 37 + 11) % Math.max(1, earlier.length)];
  return macro ? macro.call(macro.package !== pkg) : "'nothing'";
};

/** @type {((place: Place) => Made)[]} */
const KINDS = [
  // Defaults, keyword arguments, whitespace control, a ternary.
  ({ package: pkg, i }) => ({
    text: `{#- Adds ${i} to a column. -#}
{% macro add_${i}(column, by=${i}, cast=none) -%}
    ({{ column }} + {{ by }}){{ '::' ~ cast if cast is not none }}
{%- endmacro %}
`,
    uses: [use(pkg, `add_${i}`, `'amount', by=${i % 7}${i % 3 === 0 ? ", cast='double'" : ''}`)],
    count: 1,
  }),
  // Dispatch with implementations for the adapter and the default.
  ({ package: pkg, i }) => ({
    text: `{% macro rounded_${i}(column, digits=2) %}
    {{ return(adapter.dispatch('rounded_${i}', '${pkg}')(column, digits)) }}
{% endmacro %}

{% macro default__rounded_${i}(column, digits) %}round({{ column }}, {{ digits }}){% endmacro %}
${Math.floor(i / 12) % 2 === 0 ? `\n{% macro duckdb__rounded_${i}(column, digits) %}round_even({{ column }}, {{ digits }}){% endmacro %}\n` : ''}`,
    uses: [use(pkg, `rounded_${i}`, `'amount'${i % 3 === 0 ? ', digits=1' : ''}`)],
    count: Math.floor(i / 12) % 2 === 0 ? 3 : 2,
  }),
  // Recursion, and a value that is returned.
  ({ package: pkg, i }) => ({
    text: `{% macro nested_${i}(column, depth=${1 + (i % 6)}) %}
    {%- if depth <= 0 -%}
        {{ return(column) }}
    {%- else -%}
        {{ return('coalesce(' ~ ${pkg}.nested_${i}(column, depth - 1) ~ ', ' ~ depth ~ ')') }}
    {%- endif -%}
{% endmacro %}
`,
    uses: [use(pkg, `nested_${i}`, "'amount'")],
    count: 1,
  }),
  // varargs and kwargs.
  ({ package: pkg, i }) => ({
    text: `{% macro listed_${i}(first) %}
    {%- set parts = [first] -%}
    {%- for value in varargs %}{% do parts.append(value | string) %}{% endfor -%}
    {%- for key, value in kwargs | dictsort %}{% do parts.append("'" ~ key ~ '=' ~ value ~ "'") %}{% endfor -%}
    concat_ws('-', {{ parts | join(', ') }})
{%- endmacro %}
`,
    uses: [use(pkg, `listed_${i}`, `'name', ${i}, 'id', zone='z${i % 5}', *[${i}, 1.5], **{'alpha': true}`)],
    count: 1,
  }),
  // A call block with arguments, and a macro that takes it.
  ({ package: pkg, i }) => ({
    text: `{% macro wrapped_${i}(times=2) %}
    {%- for n in range(times) %}{{ caller(n, loop.last) }}{{ ' || ' if not loop.last }}{% endfor -%}
{%- endmacro %}

{% macro wrapping_${i}(word) -%}
    {%- call(n, last) ${pkg}.wrapped_${i}(times=${1 + (i % 3)}) -%}
        '{{ word }}{{ n }}{% if last %}!{% endif %}'
    {%- endcall -%}
{%- endmacro %}
`,
    uses: [use(pkg, `wrapping_${i}`, `'w${i}'`)],
    count: 2,
  }),
  // Loops: else, filtered, recursive, cycle, break and continue, namespace.
  ({ package: pkg, i }) => ({
    text: `{% macro looped_${i}(items=[1, 2, 3, ${i}]) %}
    {%- set ns = namespace(total=0, seen='') -%}
    {%- for item in items if item is odd -%}
        {%- if item > 100 %}{% continue %}{% endif -%}
        {%- set ns.total = ns.total + item -%}
        {%- set ns.seen = ns.seen ~ loop.cycle('a', 'b') ~ loop.index0 ~ '/' ~ loop.length -%}
    {%- else -%}
        {%- set ns.seen = 'none' -%}
    {%- endfor -%}
    {%- set tree = [{'n': 'a', 'c': [{'n': 'b', 'c': [{'n': 'c${i}', 'c': []}]}]}] -%}
    ('{{ ns.seen }}' || '{% for node in tree recursive %}{{ node.n }}{{ loop.depth }}{{ loop(node.c) }}{% endfor %}' || {{ ns.total }})
{%- endmacro %}
`,
    uses: [use(pkg, `looped_${i}`, i % 2 === 0 ? '' : `[${i}, ${i + 1}, 5]`)],
    count: 1,
  }),
  // Set blocks, filters blocks, with, raw, do, comments, strings of every kind.
  ({ package: pkg, i }) => ({
    text: `{% macro blocks_${i}(word='w') %}
    {%- set text -%} {{ word }}-{% raw %}{{ raw }}{% endraw %}-${i} {%- endset -%}
    {%- set loud | upper %}{{ word }}{{ ${i} // 3 }}{% endset -%}
    {%- with a = ${i} % 7, b = 'it''s' | replace("'", '') -%}
        {%- do modules.re.compile('x') -%}
        {# a comment with {{ braces }} and {% tags %} #}
        '{% filter trim %} {{ text | trim }}_{{ loud }}_{{ a }}{{ b }} {% endfilter %}'
    {%- endwith -%}
{%- endmacro %}
`,
    uses: [use(pkg, `blocks_${i}`, i % 2 === 0 ? '' : `word='v${i}'`)],
    count: 1,
  }),
  // Python's methods, slices, formats and numbers.
  ({ package: pkg, i }) => ({
    text: `{% macro pythonic_${i}(text='Alpha_beta-${i}') %}
    {%- set d = {'k': [1, 2, {'x': text}], 'z': (1, 'b')} -%}
    {%- do d.update({'n': ${i}}) -%}
    '{{ text.split('_')[-1][:4] | title }}{{ '%05.1f|%s' | format(${i} / 3, d.z) | replace("'", '"') }}{{ '{:>6}|{!r}'.format(${i}, 2.50) }}{{ d.k[2].x[::-1] }}{{ d.keys() | list | length }}{{ ${i} ** 2 % 13 }}{{ 7 // -2 }}{{ 1e3 }}{{ (d | tojson)[:3] | length }}'
{%- endmacro %}
`,
    uses: [use(pkg, `pythonic_${i}`, '')],
    count: 1,
  }),
  // Calls of other macros, of this package and of others.
  (place) => {
    const { package: pkg, i } = place;
    return {
      text: `{% macro calling_${i}() -%}
    concat({{ ${other(place)} }}, {{ ${other({ ...place, i: i * 3 + 1 })} }})
{%- endmacro %}
`,
      uses: [use(pkg, `calling_${i}`, '')],
      count: 1,
    };
  },
  // dbt's names: var, env_var, target, this, model, config, modules, fromjson, local_md5, zip, set.
  ({ package: pkg, i }) => ({
    text: `{% macro names_${i}() %}
    {%- set parsed = fromyaml('{a: [1, ${i}], b: {c: x}}') -%}
    {%- set day = modules.datetime.date(2024, 1, 31) + modules.datetime.timedelta(days=${i}) -%}
    '{{ var('region', 'none') }}_{{ var('local_${i % 4}', ${i}) }}_{{ env_var('LARGE_PROJECT_NOT_SET', 'unset') }}_{{ target.name }}_{{ this.identifier }}_{{ model.resource_type }}_{{ parsed.a[1] }}{{ parsed.b.c }}_{{ day.strftime('%Y-%m-%d') }}_{{ modules.re.sub('[0-9]+', '#', 'a${i}b') }}_{{ local_md5('${i}')[:6] }}_{{ zip([1, 2], ['a', 'b']) | list | length }}_{{ set([1, 1, ${i}]) | length }}_{{ fromjson('[1,2]') | sum }}_{{ modules.itertools.chain([1], [2]) | list | length }}_{{ config.get('materialized') }}_{{ project_name }}'
{%- endmacro %}
`,
    uses: [use(pkg, `names_${i}`, '')],
    count: 1,
  }),
  // The cross-database macros.
  ({ package: pkg, i }) => ({
    text: `{% macro portable_${i}(column) -%}
    {{ ${
      [
        'dbt.concat([column, "\'-\'", "\'x\'"])',
        `dbt.dateadd('day', ${i}, "cast('2024-01-01' as timestamp)")`,
        'dbt.length(column)',
        `dbt.right(column, ${1 + (i % 4)})`,
        'dbt.hash(column)',
        "dbt.safe_cast(column, api.Column.translate_type('string'))",
        `dbt.split_part(column, "'_'", 1)`,
        'dbt.replace(column, "\'a\'", "\'b\'")',
        `dbt.date_trunc('month', "cast('2024-02-03' as date)")`,
        "dbt.string_literal('o' ~ dbt.escape_single_quotes(\"it's\"))",
      ][i % 10]
    } }}
{%- endmacro %}
`,
    uses: [use(pkg, `portable_${i}`, "'name'")],
    count: 1,
  }),
  // Lists and dictionaries that are returned, and what is made of them.
  ({ package: pkg, i }) => ({
    text: `{% macro columns_${i}() %}
    {% do return([{'name': 'id', 'type': 'int'}, {'name': 'amount', 'type': 'num'}, {'name': 'c${i}', 'type': 'int'}]) %}
{% endmacro %}

{% macro described_${i}() -%}
    {%- set all = ${pkg}.columns_${i}() -%}
    {%- set ints = all | selectattr('type', 'equalto', 'int') | map(attribute='name') | list -%}
    {%- set groups = all | groupby('type') -%}
    '{{ ints | join(',') }};{% for type, members in groups %}{{ type }}:{{ members | length }}{{ ' ' if not loop.last }}{% endfor %};{{ all | map(attribute='name') | reject('equalto', 'id') | first }};{{ ints | batch(2) | list | length }}'
{%- endmacro %}
`,
    uses: [use(pkg, `described_${i}`, '')],
    count: 2,
  }),
];

/**
 * The macros of a package: files of 20 or so, at least `count` macros in all.
 *
 * @param {string} pkg @param {number} count @param {readonly MacroUse[]} earlier Of packages that may be called.
 */
export function macrosOf(pkg, count, earlier) {
  /** @type {{ [path: string]: string }} */
  const files = {};
  /** @type {MacroUse[]} */
  const uses = [];
  let made = 0;
  for (let i = 0; made < count; i++) {
    const kind = KINDS[i % KINDS.length];
    if (!kind) throw new Error('no kinds of macros');
    const more = kind({ package: pkg, i, earlier: [...earlier, ...uses] });
    const path = `macros/group_${Math.floor(i / 12) % 8}/set_${Math.floor(i / 12)}.sql`;
    files[path] = `${files[path] ?? ''}${more.text}\n`;
    uses.push(...more.uses);
    made += more.count;
  }
  return { files, uses, count: made };
}

/** Generic tests of a package. @param {string} pkg */
export function genericTests(pkg) {
  return {
    'tests/generic/own_tests.sql': `{% test ${pkg}_positive(model, column_name, above=0) %}
    {{ config(severity='warn') }}
    select {{ column_name }} from {{ model }} where not ({{ column_name }} > {{ above }})
{% endtest %}

{% test ${pkg}_rows(model, at_least, where_text=none) %}
    select count(*) as n from {{ model }}{% if where_text %} where {{ where_text }}{% endif %} having count(*) < {{ at_least }}
{% endtest %}
`,
  };
}
