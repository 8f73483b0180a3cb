select
    entity,
    load_date,
    source_file,
    source_row,
    reason_code,
    column_name,
    reasons,
    raw_record
from {{ source('lake_control', 'rejects') }}
