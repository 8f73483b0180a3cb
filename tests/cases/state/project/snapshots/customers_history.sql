{% snapshot customers_history %}
{{ config(unique_key='customer_id', strategy='check', check_cols=['name', 'country'], target_schema='history') }}
select * from {{ ref('stg_customers') }}
{% endsnapshot %}
