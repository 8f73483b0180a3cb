{{ config(fail_calc='max(id)', error_if='>2', warn_if='>1') }}
select id from {{ ref('m') }} -- ends with a comment
