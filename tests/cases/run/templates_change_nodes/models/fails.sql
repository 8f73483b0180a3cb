-- depends_on: {{ ref('b') }}
{% if execute %}{{ called() }}{{ raises() }}{{ never() }}{% endif %}
