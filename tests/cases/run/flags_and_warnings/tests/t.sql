{{ config(severity='warn') }}select * from {{ ref('b') }}
