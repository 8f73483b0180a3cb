{# The columns of a model before and after the change that it is named for. #}
{% macro rows(change) %}
  {%- set columns = {
    'added': [['a'], ['a', "'new' as b"]],
    'removed': [['a', "'old' as b"], ['a']],
    'retyped': [['a', '5 as b'], ['a', "'five' as b"]],
    'widened': [['a', '5 as b'], ['a', '5000000000 as b']],
    'mixed': [['a', '1 as b', '1.5 as "C c"'], ["'2' as d", "2.5 as \"C c\"", 'a']]
  }[change][var('round') - 1] %}
  select {{ columns | join(', ') }}, id from (values ({{ var('round') }}, 1), (3, {{ var('round') }})) t(id, a)
{% endmacro %}
