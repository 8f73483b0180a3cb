{% if execute %}{{ 1 + 'a' }}{% endif %}
