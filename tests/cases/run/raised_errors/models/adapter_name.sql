{% if execute %}{{ adapter.not_there() }}{% endif %}
