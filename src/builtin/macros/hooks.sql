{#
  Pre- and post-hooks. A hook outside of the transaction needs the open one closed first, because engines that connect
  with a transaction already open would otherwise run it inside.
#}

{% macro run_hooks(hooks, inside_transaction=True) %}
  {%- for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) -%}
    {%- if loop.first and not inside_transaction -%}
      {%- call statement(auto_begin=inside_transaction) -%}
        commit;
      {%- endcall -%}
    {%- endif -%}
    {%- set hook_sql = render(hook.get('sql')) | trim -%}
    {%- if hook_sql | length > 0 -%}
      {%- call statement(auto_begin=inside_transaction) %}
        {{ hook_sql }}
      {%- endcall -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}


{# Wrappers for the text of a hook: they say, as JSON, on which side of the transaction it belongs. #}

{% macro make_hook_config(sql, inside_transaction) %}
  {{- tojson({'sql': sql, 'transaction': inside_transaction}) -}}
{% endmacro %}

{% macro before_begin(sql) %}
  {{- make_hook_config(sql, inside_transaction=False) -}}
{% endmacro %}

{% macro in_transaction(sql) %}
  {{- make_hook_config(sql, inside_transaction=True) -}}
{% endmacro %}

{% macro after_commit(sql) %}
  {{- make_hook_config(sql, inside_transaction=False) -}}
{% endmacro %}
