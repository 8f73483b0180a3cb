{% if execute %}{{ env_var('RAISED_NOT_SET') }}{% endif %}
