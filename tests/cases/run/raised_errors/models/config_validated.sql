{% if execute %}{{ config.get('materialized', default='x', validator=validation.any('y')) }}{% endif %}
