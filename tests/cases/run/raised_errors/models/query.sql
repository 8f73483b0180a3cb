{% if execute %}{{ run_query('select nope') }}{% endif %}
