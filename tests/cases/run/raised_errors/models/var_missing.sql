{% if execute %}{{ var('not_set') }}{% endif %}
