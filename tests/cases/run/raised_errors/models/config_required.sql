{% if execute %}{{ config.require('nope') }}{% endif %}
