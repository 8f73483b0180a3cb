{% macro outer() %}{{ return(inner() ~ '_by_outer') }}{% endmacro %}
