{% if execute %}{{ exceptions.raise_not_implemented('no') }}{% endif %}
