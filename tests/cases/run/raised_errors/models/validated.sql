{% if execute %}{{ validation.any('a')('b') }}{% endif %}
