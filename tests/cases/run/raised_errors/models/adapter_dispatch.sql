{% if execute %}{{ adapter.dispatch('not_there') }}{% endif %}
