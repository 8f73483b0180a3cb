select id, missing_column from {{ ref('numbers') }}
