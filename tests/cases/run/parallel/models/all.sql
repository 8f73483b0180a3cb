{{ config(materialized='table') }}
select * from {{ ref('m0') }} union all select * from {{ ref('m1') }} union all select * from {{ ref('m2') }} union all select * from {{ ref('m3') }} union all select * from {{ ref('m4') }} union all select * from {{ ref('m5') }} union all select * from {{ ref('m6') }} union all select * from {{ ref('m7') }}
