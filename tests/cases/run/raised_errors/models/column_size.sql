{% if execute %}{{ api.Column('a', 'integer').string_size() }}{% endif %}
