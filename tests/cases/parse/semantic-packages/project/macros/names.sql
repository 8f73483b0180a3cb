{% macro generate_schema_name(custom, node) %}{{ 'x_' ~ node.name ~ (custom or '') }}{% endmacro %}
