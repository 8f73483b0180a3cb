{#
  A data test: a query whose rows are failures. With `store_failures` they are kept in a relation of their own, and
  counted there instead of being searched for twice.
#}

{% materialization test, default %}
  {%- set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set relations = [] -%}
  {%- set failures_sql %}{{ get_limit_subquery_sql(sql, config.get('limit')) }}{% endset -%}

  {%- if should_store_failures() -%}
    {%- set kept_as = config.get('store_failures_as') -%}
    {%- set kept_as = 'table' if kept_as is none else kept_as -%}
    {%- if kept_as not in ['table', 'view'] -%}
      {%- do exceptions.raise_compiler_error("'" ~ kept_as ~ "' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']") -%}
    {%- endif -%}

    {%- set target_relation = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type=kept_as) -%}
    {%- set existing = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
    {%- if existing -%}
      {%- do tsdbt__begin() -%}
      {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}

    {%- call statement(auto_begin=True) -%}
      {{ header if header }}
      {{ get_create_sql(target_relation, failures_sql) }}
    {%- endcall -%}
    {%- do relations.append(target_relation) -%}
    {%- do adapter.commit() -%}

    {%- set failures_sql %}
        select *
        from {{ target_relation }}
    {% endset -%}
  {%- endif -%}

  {%- call statement('main', fetch_result=True) -%}
    {{ header if header }}
    {{ get_test_sql(failures_sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall -%}

  {%- do return({'relations': relations}) -%}
{% endmaterialization %}
