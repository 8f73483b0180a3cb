{{ config(alias='people', schema='crm') }}
select 2 as customer_id, 'a' as kind
