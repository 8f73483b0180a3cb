{% if execute %}{{ not_there.at_all }}{% endif %}
