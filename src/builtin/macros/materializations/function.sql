{# User-defined functions as nodes: `<type>_function_<language>` writes the statement. #}

{% materialization function, default, supported_languages=['sql', 'python', 'javascript'] %}
  {%- set replaced = load_cached_relation(this) -%}
  {%- set function_relation = this.incorporate(type=this.Function) -%}
  {%- do run_hooks(pre_hooks) -%}
  {# By another name, so that the parser does not take a dispatch with a variable name for a mistake. #}
  {%- set find_macro = adapter.dispatch -%}
  {%- set write_sql = find_macro(this.get_function_macro_name(this.get_function_config(model)), 'dbt') -%}
  {%- do function_execute_build_sql(write_sql(function_relation), replaced, function_relation) -%}
  {%- do run_hooks(post_hooks) -%}
  {%- do return({'relations': [function_relation]}) -%}
{% endmaterialization %}


{% macro function_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {%- do return(adapter.dispatch('function_execute_build_sql', 'dbt')(build_sql, existing_relation, target_relation)) -%}
{% endmacro %}

{% macro default__function_execute_build_sql(build_sql, existing_relation, target_relation) %}
  {%- call statement('main') %}
    {{ build_sql }}
  {%- endcall -%}
  {%- do tsdbt__grant(target_relation, existing_relation) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do adapter.commit() -%}
{% endmacro %}


{% macro scalar_function_sql(target_relation) %}
  {%- do return(adapter.dispatch('scalar_function_sql', 'dbt')(target_relation)) -%}
{% endmacro %}

{% macro default__scalar_function_sql(target_relation) %}
  {{ scalar_function_create_replace_signature_sql(target_relation) }}
  {{ scalar_function_body_sql() }};
{% endmacro %}

{% macro scalar_function_create_replace_signature_sql(target_relation) %}
  {%- do return(adapter.dispatch('scalar_function_create_replace_signature_sql', 'dbt')(target_relation)) -%}
{% endmacro %}

{% macro default__scalar_function_create_replace_signature_sql(target_relation) %}
  {{ tsdbt__function_signature('FUNCTION', target_relation, formatted_scalar_function_args_sql(), [scalar_function_volatility_sql()]) }}
{% endmacro %}

{# Our own: `clauses` go between the return type and the body, the empty ones left out. #}
{% macro tsdbt__function_signature(kind, target, arguments, clauses) %}
  {%- set lines = ['CREATE OR REPLACE ' ~ kind ~ ' ' ~ target.render() ~ ' (' ~ arguments ~ ')', 'RETURNS ' ~ model.returns.data_type] -%}
  {%- do return((lines + clauses + ['AS']) | map('trim') | select | join('\n  ')) -%}
{% endmacro %}

{% macro scalar_function_body_sql() %}
  {%- do return(adapter.dispatch('scalar_function_body_sql', 'dbt')()) -%}
{% endmacro %}

{% macro default__scalar_function_body_sql() %}
  $$
  {{ model.compiled_code }}
  $$ LANGUAGE SQL
{% endmacro %}

{% macro formatted_scalar_function_args_sql() %}
  {%- do return(adapter.dispatch('formatted_scalar_function_args_sql', 'dbt')()) -%}
{% endmacro %}

{% macro default__formatted_scalar_function_args_sql() %}
  {%- for arg in model.arguments -%}
    {{ arg.name }} {{ arg.data_type }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro formatted_scalar_function_args_javascript() %}
  {%- do return(adapter.dispatch('formatted_scalar_function_args_javascript', 'dbt')()) -%}
{% endmacro %}

{% macro default__formatted_scalar_function_args_javascript() %}
  {%- do exceptions.raise_compiler_error('formatted_scalar_function_args_javascript not implemented for adapter ' ~ adapter.type()) -%}
{% endmacro %}

{% macro scalar_function_volatility_sql() %}
  {%- do return(adapter.dispatch('scalar_function_volatility_sql', 'dbt')()) -%}
{% endmacro %}

{% macro default__scalar_function_volatility_sql() %}
  {%- set words = {'deterministic': 'IMMUTABLE', 'stable': 'STABLE', 'non-deterministic': 'VOLATILE'} -%}
  {%- set volatility = model.config.get('volatility') -%}
  {%- if volatility in words -%}
    {{ words[volatility] }}
  {%- elif volatility -%}
    {%- do unsupported_volatility_warning(volatility) -%}
  {%- endif -%}
{% endmacro %}

{% macro scalar_function_volatility_javascript() %}
  {%- do return(adapter.dispatch('scalar_function_volatility_javascript', 'dbt')()) -%}
{% endmacro %}

{% macro default__scalar_function_volatility_javascript() %}
  {%- set ignored = 'Volatility is not supported by %s in javascript UDF and will be ignored' | format(adapter.type()) -%}
  {%- do exceptions.warn(ignored) if model.config.get('volatility') -%}
{% endmacro %}

{% macro unsupported_volatility_warning(volatility) %}
  {%- do return(adapter.dispatch('unsupported_volatility_warning', 'dbt')(volatility)) -%}
{% endmacro %}

{% macro default__unsupported_volatility_warning(volatility) %}
  {%- do exceptions.warn(
      'Found `%s` volatility specified on function `%s`. This volatility is not supported by %s, and will be ignored'
      | format(volatility, model.name, adapter.type())) -%}
{% endmacro %}


{% macro get_aggregate_function_create_replace_signature(target_relation) %}
  {%- do return(adapter.dispatch('get_aggregate_function_create_replace_signature', 'dbt')(target_relation)) -%}
{% endmacro %}

{% macro default__get_aggregate_function_create_replace_signature(target_relation) %}
  {{ tsdbt__function_signature('AGGREGATE FUNCTION', target_relation, get_formatted_aggregate_function_args(), [
      get_function_language_specifier(),
      get_aggregate_function_volatility_specifier(),
      get_function_python_options() if model.get('language') == 'python' else ''
  ]) }}
{% endmacro %}

{% macro get_formatted_aggregate_function_args() %}
  {%- do return(adapter.dispatch('get_formatted_aggregate_function_args', 'dbt')()) -%}
{% endmacro %}

{% macro default__get_formatted_aggregate_function_args() %}
  {{ formatted_scalar_function_args_sql() }}
{% endmacro %}

{% macro get_aggregate_function_volatility_specifier() %}
  {%- do return(adapter.dispatch('get_aggregate_function_volatility_specifier', 'dbt')()) -%}
{% endmacro %}

{% macro default__get_aggregate_function_volatility_specifier() %}
  {{ scalar_function_volatility_sql() }}
{% endmacro %}

{# SQL goes without saying. #}
{% macro get_function_language_specifier() %}
  {%- do return(adapter.dispatch('get_function_language_specifier', 'dbt')()) -%}
{% endmacro %}

{% macro default__get_function_language_specifier() %}
  {%- set spelt = {'sql': none, 'javascript': 'js'} -%}
  {%- set name = spelt.get(model.language, model.language | upper) -%}
  {{ 'LANGUAGE ' ~ name if name }}
{% endmacro %}

{% macro get_function_python_options() %}
  {%- do return(adapter.dispatch('get_function_python_options', 'dbt')()) -%}
{% endmacro %}

{% macro default__get_function_python_options() %}
  {%- set settings = model.config -%}
  RUNTIME_VERSION = '{{ settings.get('runtime_version') }}' HANDLER = '{{ settings.get('entry_point') }}'
  {%- if settings.get('packages') %} PACKAGES = ('{{ settings.get('packages') | join("','") }}'){% endif %}
{% endmacro %}
