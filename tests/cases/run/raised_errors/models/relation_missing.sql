{% if execute %}{{ exceptions.missing_relation(this) }}{% endif %}
