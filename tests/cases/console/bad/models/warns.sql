select 1 as a {% if execute %}{{ exceptions.warn('careful') }}{% endif %}
