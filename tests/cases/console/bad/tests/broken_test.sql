select nothing from {{ ref('fine') }}
