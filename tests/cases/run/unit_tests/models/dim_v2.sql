select id, country from {{ ref('stg') }}
