{% if execute %}select * from {{ ref('codes') }}{% else %}select 1{% endif %}
