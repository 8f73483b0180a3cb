{{ config(severity='warn', error_if='>1') }}
select * from {{ ref('m') }} where id = 1
