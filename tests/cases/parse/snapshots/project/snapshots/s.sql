{% snapshot snap_a %}
{{ config(strategy='timestamp', unique_key='id', updated_at='ts', target_schema='snaps') }}
select * from {{ ref('a') }}
{% endsnapshot %}

{%- snapshot snap_b -%}{{ config(strategy='check', unique_key=['id'], check_cols='all', schema='s2', snapshot_meta_column_names={'dbt_valid_to': 'vt'}) }} select 1 as id{%- endsnapshot -%}