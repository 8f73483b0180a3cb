{{ config(alias='on_alias') }} select * from {{ source('psrc', 't1') }} join {{ ref('both') }}
