select 1
from {{ source('raw', 'oders') }}