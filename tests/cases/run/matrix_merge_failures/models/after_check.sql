select count(*) as n from {{ ref('check_merge') }}
