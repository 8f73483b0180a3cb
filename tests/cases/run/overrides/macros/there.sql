{% macro dbt_duckdb_there() %}'{{ dbt_duckdb is defined }} {{ dbt is defined }} {{ pkg_a is defined }} {{ shop is defined }} {{ shop.of_root is defined }} {{ dbt.of_root is defined }}'{% endmacro %}
