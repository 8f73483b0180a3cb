{% macro mymac(a, b=2) %}{{ a }}{% endmacro %}
{% macro shop__helper(a) %}{% endmacro %}
{% macro duckdb__helper(a) %}root{{ a }}{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ (custom_alias_name or node.name) ~ '_x' if node.resource_type == 'seed' else default__generate_alias_name(custom_alias_name, node) }}{% endmacro %}
