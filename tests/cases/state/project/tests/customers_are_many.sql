{{ config(severity='warn') }}
select 1 as missing where (select count(*) from {{ ref('customers') }}) <> 100
