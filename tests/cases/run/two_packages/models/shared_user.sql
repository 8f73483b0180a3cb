select *, {{ whose() }} as here from {{ ref('pkg', 'shared') }} cross join {{ ref('letters') }}
