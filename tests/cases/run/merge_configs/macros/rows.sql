{# What a table has, and what comes to it. #}
{% macro rows() %}
  {% if is_incremental() %}
    select * from (values (2, 'x', 'two', 20, true), (3, 'y', 'three', 5, false), (5, 'x', 'five', 50, true)) t(id, kind, name, amount, live)
  {% else %}
    select * from (values (1, 'x', 'one', 1, true), (2, 'x', 'zwei', 2, true), (3, 'x', 'drei', 30, true), (4, 'y', 'vier', 4, false)) t(id, kind, name, amount, live)
  {% endif %}
{% endmacro %}
