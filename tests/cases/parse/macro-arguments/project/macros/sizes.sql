{% macro plain(a, b=1) %}{{ a }}{{ b }}{% endmacro %}

{% macro described(one, two) %}{{ one }}{{ two }}{% endmacro %}

{% macro renamed(one, two) %}{{ one }}{{ two }}{% endmacro %}

{% macro counted(one) %}{{ one }}{% endmacro %}

{% macro typed(a, b, c, d) %}{{ a }}{{ b }}{{ c }}{{ d }}{% endmacro %}

{% macro described_without(x) %}{{ x }}{% endmacro %}

{% macro takes_more() %}{{ varargs }}{{ kwargs }}{% endmacro %}

{% test bigger(model, column_name, than=0) %}
select * from {{ model }} where {{ column_name }} <= {{ than }}
{% endtest %}

{# Its own name with the package is a dependency, without it is none. #}
{% macro deep(n) %}{% if n > 0 %}{{ shop.deep(n - 1) }}{% endif %}{% endmacro %}

{% macro flat(n) %}{% if n > 0 %}{{ flat(n - 1) }}{% endif %}{% endmacro %}

{% macro chosen() %}{{ return(adapter.dispatch('chosen', 'shop')()) }}{% endmacro %}

{% macro default__chosen() %}{{ shop.chosen }}{{ shop.default__chosen() }}1{% endmacro %}
