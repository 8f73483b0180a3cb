{{ config(pre_hook="{{ outer('in hook') }}") }}
select 1 as id
