{{ config(group='g') }}
select * from {{ ref('m') }} join {{ ref('m', v=1) }} join {{ ref('m', version='3') }} join {{ ref('shop', 'm', v=4) }} join {{ ref('plain') }} join {{ ref('t') }} join {{ ref('t', v=2.5) }}
