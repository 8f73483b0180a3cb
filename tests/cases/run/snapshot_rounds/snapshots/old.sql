{% snapshot old_invalidate %}
{{ config(target_schema='old_history', unique_key="'p' || id", strategy='timestamp', updated_at='seen', invalidate_hard_deletes=true) }}
select * from {{ source('raw', 'people') }}
{% endsnapshot %}

{% snapshot old_alias %}
{{ config(target_schema='old_history', target_database='db', alias='people_hist', unique_key='id', strategy='check', check_cols=['name']) }}
select id, name, upper(name) as loud from {{ ref('ts_ignore') }} where dbt_valid_to is null
{% endsnapshot %}
