{% if execute %}{% call statement('s', fetch_result=true) %}select 1{% endcall %}{{ load_result('s').data }}{{ load_result('s') }}{% endif %}
