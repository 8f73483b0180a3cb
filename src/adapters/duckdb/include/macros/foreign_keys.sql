{#
  Tables with foreign keys, and tables that foreign keys point at.

  DuckDB notes with the referenced table under which name the referencing one was created, does not follow a rename,
  and then never lets go of the referenced table. So a table with foreign keys is built under its final name, and
  before a referenced table is replaced the ones that point at it must go: only those that this run builds anew anyway,
  their rows kept meanwhile in a table without constraints.
#}

{% macro enforced_constraint_types() -%}
  {%- set constraints = [] -%}
  {%- if (config.get('contract') or {}).enforced -%}
    {%- for owner in [model] + (model.get('columns', {}).values() | list) -%}
      {%- do constraints.extend(owner.get('constraints', [])) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do return(constraints | map(attribute='type') | list) -%}
{%- endmacro %}

{% macro existing_constraint_types(relation) -%}
  {%- set is_table = relation is not none and relation.is_table -%}
  {%- do return(adapter.existing_key_constraint_types(relation) if is_table else []) -%}
{%- endmacro %}

{% macro has_foreign_key_constraints(relation=none) -%}
  {%- do return('foreign_key' in tsdbt__duckdb_constraint_types(relation)) -%}
{%- endmacro %}

{# Our own: of the model and of what it replaces. None where the catalog has no foreign keys, whose keys don't matter. #}
{% macro tsdbt__duckdb_constraint_types(relation) -%}
  {%- set of_interest = adapter.catalog_supports_foreign_keys(this.database) -%}
  {%- do return(enforced_constraint_types() + existing_constraint_types(relation) if of_interest else []) -%}
{%- endmacro %}

{# Only what is unique can be referred to, now or before the change that is being built. #}
{% macro may_be_foreign_key_target(relation=none) -%}
  {%- do return(tsdbt__duckdb_constraint_types(relation) | select('in', ['primary_key', 'unique']) | list | length > 0) -%}
{%- endmacro %}


{# Drops a relation in the transaction that creates it again; a failure then brings everything back. #}
{% macro drop_relation_for_rebuild(relation) -%}
  {%- do adapter.ensure_transaction() -%}
  {%- set dependents = tsdbt__duckdb_drop_dependents(relation) -%}
  {%- do adapter.drop_relation(relation) -%}
  {%- do return(dependents) -%}
{%- endmacro %}

{# Our own: views, and tables without a key, are not asked about. #}
{% macro tsdbt__duckdb_drop_dependents(relation) -%}
  {%- set asked = relation.is_table and may_be_foreign_key_target(relation) -%}
  {%- do return(drop_foreign_key_dependents(relation) if asked else []) -%}
{%- endmacro %}


{# Drops what points at `relation`, directly or not, and returns [{relation, backup}] for the macro below. #}
{% macro drop_foreign_key_dependents(relation) -%}
  {%- set references = tsdbt__duckdb_foreign_key_references_to(relation) -%}
  {%- if not references -%}
    {%- do return([]) -%}
  {%- endif -%}

  {# Which model makes which of the tables. Foreign keys stay within a schema. #}
  {%- set makers = {} -%}
  {%- set ids = {relation.identifier | lower: model.unique_id} -%}
  {%- for node in graph.nodes.values() if node.resource_type == 'model'
      and node.schema | lower == relation.schema | lower
      and (node.database or '') | lower == (relation.database or '') | lower -%}
    {%- for table in references if table | lower == (node.alias or node.name) | lower -%}
      {%- do makers.update({table: node}) -%}
      {%- do ids.update({table | lower: node.unique_id}) -%}
    {%- endfor -%}
  {%- endfor -%}

  {%- set problems = [] -%}
  {%- for table, referenced in references.items() -%}
    {%- set problem = tsdbt__duckdb_why_not_rebuilt_later(makers.get(table), referenced, ids) -%}
    {%- if problem -%}
      {%- do problems.append(table ~ ' (' ~ problem ~ ')') -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if problems -%}
    {%- do exceptions.raise_compiler_error('Cannot replace ' ~ relation
        ~ ' because DuckDB does not allow replacing a table that a foreign key references, and dbt-duckdb can only drop referencing tables that this run will rebuild. Problem tables: '
        ~ problems | join('; ')) -%}
  {%- endif -%}

  {%- set dropped = [] -%}
  {%- for table in references -%}
    {%- set dependent = api.Relation.create(database=relation.database, schema=relation.schema, identifier=table, type='table') -%}
    {%- set backup = dependent.incorporate(path={'identifier': table ~ '__dbt_fk_backup'}, type='table') -%}
    {%- do adapter.drop_relation(backup) -%}
    {%- call statement('backup_foreign_key_dependent_' ~ loop.index) -%}
      create table {{ backup }} as select * from {{ dependent }}
    {%- endcall -%}
    {%- do log('Dropping ' ~ dependent ~ ' because it references ' ~ relation ~ ' through a foreign key; it is rebuilt later in this run', info=True) -%}
    {%- do adapter.drop_relation(dependent) -%}
    {%- do dropped.append({'relation': dependent, 'backup': backup}) -%}
  {%- endfor -%}
  {%- do return(dropped) -%}
{%- endmacro %}

{# The rows of the dropped tables are there again, without constraints until their models run. #}
{% macro restore_foreign_key_dependents(dropped) -%}
  {%- for lost in dropped | reverse -%}
    {%- set table, backup = lost['relation'], lost['backup'] -%}
    {%- do log('Restoring data for ' ~ table ~ '; its constraints are rebuilt later in this run', info=True) -%}
    {%- do adapter.rename_relation(backup, table) -%}
  {%- endfor -%}
{%- endmacro %}


{# Our own: {table: [tables that it references]}, the furthest first, which is the order in which they can be dropped. #}
{% macro tsdbt__duckdb_foreign_key_references_to(relation) -%}
  {%- call statement('get_foreign_key_dependents', fetch_result=True) -%}
    with recursive keys as (
      select table_name, referenced_table
      from duckdb_constraints()
      where constraint_type = 'FOREIGN KEY'
        and lower(database_name) = lower('{{ adapter.escape_sql_string(relation.database) }}')
        and lower(schema_name) = lower('{{ adapter.escape_sql_string(relation.schema) }}')
        and lower(table_name) <> lower(referenced_table)
    ),
    reached(table_name, depth) as (
      select table_name, 1
      from keys
      where lower(referenced_table) = lower('{{ adapter.escape_sql_string(relation.identifier) }}')
      union
      select keys.table_name, reached.depth + 1
      from keys
      join reached on lower(keys.referenced_table) = lower(reached.table_name)
    )
    select keys.table_name, keys.referenced_table
    from keys
    join (select table_name, max(depth) as depth from reached group by table_name) furthest using (table_name)
    order by furthest.depth desc, keys.table_name, keys.referenced_table
  {%- endcall -%}
  {%- set found = {} -%}
  {%- for row in load_result('get_foreign_key_dependents').table -%}
    {%- do found.setdefault(row[0], []).append(row[1] | lower) -%}
  {%- endfor -%}
  {%- do return(found) -%}
{%- endmacro %}

{# Our own: none when this run builds the table again after the present model. #}
{% macro tsdbt__duckdb_why_not_rebuilt_later(node, referenced, ids) -%}
  {%- if node is none -%}
    {%- do return('not built by a dbt model in this project') -%}
  {%- elif node.unique_id not in selected_resources -%}
    {%- do return('model ' ~ node.name ~ ' is not selected in this run') -%}
  {%- endif -%}

  {%- set upstream = [] -%}
  {%- for table in referenced if ids.get(table) in node.depends_on.nodes -%}
    {%- do upstream.append(table) -%}
  {%- endfor -%}
  {%- if not upstream -%}
    {%- do return('model ' ~ node.name ~ ' does not ref() the table its foreign key points at, so it may not be rebuilt afterwards; use `to: ref(...)` in the constraint') -%}
  {%- endif -%}

  {%- set full_refresh = flags.FULL_REFRESH if node.config.full_refresh is none or node.config.full_refresh is undefined else node.config.full_refresh -%}
  {%- set kind = node.config.materialized -%}
  {%- if kind != 'table' and not (kind == 'incremental' and full_refresh) -%}
    {%- do return('model ' ~ node.name ~ ' is materialized as ' ~ kind ~ ' and would lose its data; run with --full-refresh') -%}
  {%- endif -%}
  {%- do return(none) -%}
{%- endmacro %}
