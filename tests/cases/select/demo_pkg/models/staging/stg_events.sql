select id, id as event_id from {{ source('pkg_raw', 'events') }}
