{{ config(materialized='table', alias='final_down', schema='extra') }}
select sum(id2) as total from {{ ref('e') }}
