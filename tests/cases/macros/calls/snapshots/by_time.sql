{% snapshot by_time %}
{{ config(strategy='timestamp', unique_key='id', updated_at='seen', hard_deletes='new_record', pre_hook="select 'in'", post_hook="select 'in'") }}
select id, name, seen from side.events
{% endsnapshot %}
