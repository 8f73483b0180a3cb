select * from {{ ref('v') }} union all select * from {{ ref('v', version=2) }}
