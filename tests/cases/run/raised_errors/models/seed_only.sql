{% if execute %}{{ load_agate_table() }}{% endif %}
