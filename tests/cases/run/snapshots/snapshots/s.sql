{% snapshot people_history %}
{{ config(target_schema='hist', unique_key='id', strategy='check', check_cols=['name']) }}
select * from {{ source('raw', 'people') }}
{% endsnapshot %}
