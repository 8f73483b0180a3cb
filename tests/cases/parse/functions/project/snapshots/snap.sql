{% snapshot snap %}{{ config(unique_key='x', strategy='check', check_cols='all') }}
select {{ function('plus') }}(1) as x{% endsnapshot %}
