{{ config(tags=['nightly', 'money'], materialized='ephemeral') }}
select order_id, amount from {{ ref('stg_orders') }}
