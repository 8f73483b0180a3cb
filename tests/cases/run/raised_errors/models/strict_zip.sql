{% if execute %}{{ zip_strict(1, 2) }}{% endif %}
