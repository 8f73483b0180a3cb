select * from {{ source('kept', 't') }}
