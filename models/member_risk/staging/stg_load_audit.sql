select
    entity,
    load_date,
    fingerprint,
    source_files,
    source_bytes,
    raw_rows,
    clean_rows,
    rejected_rows
from {{ source('lake_control', 'load_audit') }}
