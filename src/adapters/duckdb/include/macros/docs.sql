{# Comments are dollar-quoted, so that any text may stand in them but the quote's own label. #}
{% macro duckdb_escape_comment(comment) -%}
  {%- set fence = '$dbt_comment_literal_block$' -%}
  {%- set refusal = 'cannot escape a non-string: ' ~ comment if comment is not string
      else 'The string ' ~ fence ~ ' is not allowed in comments.' if fence in comment else '' -%}
  {%- do exceptions.raise_compiler_error(refusal) if refusal -%}
  {{ [fence, comment, fence] | join }}
{%- endmacro %}

{% macro duckdb__alter_relation_comment(relation, comment) %}
  {%- set kind = 'macro table' if relation.is_function and model.config.type == 'table' else relation.type %}
  comment on {{ kind }} {{ relation }} is {{ duckdb_escape_comment(comment) }};
{% endmacro %}

{% macro duckdb__alter_column_comment(relation, column_dict) %}
  {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
  {%- for name, column in column_dict.items() if name in present %}
  comment on column {{ relation }}.{{ adapter.quote(name) if column['quote'] else name }} is {{ duckdb_escape_comment(column['description']) }};
  {%- endfor %}
{% endmacro %}
