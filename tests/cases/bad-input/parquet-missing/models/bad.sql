select *
from {{ source('lake', 'payments') }}
