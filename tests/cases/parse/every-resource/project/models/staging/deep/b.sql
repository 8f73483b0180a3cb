{{ config(meta={'cfg': 1}, tags='inline', grants={'+select': ['u2'], 'insert': ['w']}, persist_docs={'columns': true}, custom_key='ck', pre_hook="select 3") }}
select * from {{ ref('a') }} join {{ ref('pk', 'pm') }} using (id)
