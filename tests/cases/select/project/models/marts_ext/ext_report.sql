select * from {{ ref('pkg_summary') }} cross join {{ ref('daily.report') }}
