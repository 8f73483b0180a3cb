{% if execute %}{% set name = 'no_such' %}select {{ adapter.dispatch(name, 'pkg_a')('x') }}{% else %}select 1{% endif %}
