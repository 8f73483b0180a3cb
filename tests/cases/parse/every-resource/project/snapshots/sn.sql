{% snapshot sn2 %}{{ config(strategy='timestamp', unique_key=['k','l'], updated_at='u', hard_deletes='new_record') }} select * from {{ source('raw', 'orders') }}{% endsnapshot %}
