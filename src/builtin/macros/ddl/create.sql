{# The text of `create` for a relation of any type; running it is the caller's business. #}

{%- macro get_create_sql(relation, sql) -%}
  {%- do log('Applying CREATE to: ' ~ relation) -%}
  {{ adapter.dispatch('get_create_sql', 'dbt')(relation, sql) }}
{%- endmacro -%}

{%- macro default__get_create_sql(relation, sql) -%}
  {%- set writers = {
      'table': tsdbt__create_lasting_table,
      'view': get_create_view_as_sql,
      'materialized_view': get_create_materialized_view_as_sql
  } -%}
  {%- if relation.type not in writers -%}
    {%- do exceptions.raise_compiler_error('`get_create_sql` has not been implemented for: ' ~ relation.type) -%}
  {%- endif -%}
  {{ writers[relation.type](relation, sql) }}
{%- endmacro -%}

{# Our own: with the arguments of its fellows. #}
{%- macro tsdbt__create_lasting_table(relation, sql) -%}
  {{ get_create_table_as_sql(False, relation, sql) }}
{%- endmacro -%}


{%- macro get_create_intermediate_sql(relation, sql) -%}
  {%- do log('Applying CREATE INTERMEDIATE to: ' ~ relation) -%}
  {{ adapter.dispatch('get_create_intermediate_sql', 'dbt')(relation, sql) }}
{%- endmacro -%}

{%- macro default__get_create_intermediate_sql(relation, sql) -%}
  {%- set aside = make_intermediate_relation(relation) -%}
  {{ [get_drop_sql(aside), get_create_sql(aside, sql)] | join(';\n') }}
{%- endmacro -%}


{%- macro get_create_backup_sql(relation) -%}
  {%- do log('Applying CREATE BACKUP to: ' ~ relation) -%}
  {{ adapter.dispatch('get_create_backup_sql', 'dbt')(relation) }}
{%- endmacro -%}

{%- macro default__get_create_backup_sql(relation) -%}
  {%- set kept = make_backup_relation(relation, relation.type) -%}
  {{ [get_drop_sql(kept), get_rename_sql(relation, kept.identifier)] | join(';\n') }}
{%- endmacro -%}
