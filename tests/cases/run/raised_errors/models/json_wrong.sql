{% if execute %}{{ fromjson(1) }}{% endif %}
