{% if execute %}{% set name = 'greet' %}select {{ adapter.dispatch(name, 'no_package')('x') }}{% else %}select 1{% endif %}
