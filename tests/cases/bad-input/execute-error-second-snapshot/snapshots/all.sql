{% snapshot orders_history %}
{{ config(strategy='check', unique_key='id', check_cols='all') }}
select 1 as id
{% endsnapshot %}

{% snapshot payments_history %}
{{ config(strategy='check', unique_key='id', check_cols='all') }}
select 1 as id, {{ 1 // (0 if execute else 1) }} as share
{% endsnapshot %}
