{% if execute %}{{ exceptions.raise_compiler_error('no') }}{% endif %}
