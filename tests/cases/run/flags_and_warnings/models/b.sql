{{ config(materialized='table', tags=['t']) }}select * from {{ ref('a') }} where '{{ flags.WHICH }}' != '' and {{ flags.FULL_REFRESH }} = {{ should_full_refresh() }}
