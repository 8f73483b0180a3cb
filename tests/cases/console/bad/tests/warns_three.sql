{{ config(severity='warn') }} select * from {{ ref('fine') }}
