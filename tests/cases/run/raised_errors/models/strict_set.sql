{% if execute %}{{ set_strict(1) }}{% endif %}
