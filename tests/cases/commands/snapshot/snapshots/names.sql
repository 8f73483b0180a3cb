{% snapshot names_snapshot %}
{{ config(target_schema='snaps', unique_key='id', strategy='check', check_cols=['name']) }}
select id, name from {{ source('raw', 'people') }}
{% endsnapshot %}
