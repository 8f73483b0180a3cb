{% snapshot seen %}
{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='snaps') }}
select 1 as id
{% endsnapshot %}
