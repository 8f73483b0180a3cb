select id, country, ok, day, list from {{ ref('stg') }}
