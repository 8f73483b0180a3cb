{% if execute %}{{ exceptions.column_type_missing(['a']) }}{% endif %}
