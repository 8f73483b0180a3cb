{{ config(materialized='incremental', post_hook="{{ add_log('inc post ' ~ is_incremental()) }}") }}
select * from {{ ref('v') }}
