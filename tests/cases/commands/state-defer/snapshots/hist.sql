{% snapshot hist %}{{ config(unique_key='id', strategy='check', check_cols=['name', 'built_in'], schema=target.schema) }} select * from {{ ref('parent') }}{% endsnapshot %}
