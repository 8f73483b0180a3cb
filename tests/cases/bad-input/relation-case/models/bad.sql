-- depends_on: {{ ref('orders') }}
{% if execute %}{% do adapter.get_relation(this.database, this.schema, 'ORDERS') %}{% endif %}
select 1 as id
